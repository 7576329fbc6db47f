//! One lesson of one teacher, watched by one colleague. Private to the two.

use sea_orm::entity::prelude::*;

/// One row of `observation`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "observation")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The community in which the two work together.
    pub community_id: Uuid,
    /// The activity it belongs to.
    pub activity_id: Option<Uuid>,
    /// Who watches.
    pub observer_id: Uuid,
    /// Whose lesson it is.
    pub observed_id: Uuid,
    /// Which of the two proposed the plan as it stands.
    pub proposed_by_id: Uuid,
    /// When the other agreed to it.
    pub agreed_at: Option<DateTimeUtc>,
    /// What they look at; none = the focus alone.
    pub instrument_id: Option<Uuid>,
    /// Where the lesson is.
    pub school_id: Option<Uuid>,
    /// When the lesson begins.
    pub lesson_at: DateTimeUtc,
    /// What is taught.
    pub subject: String,
    /// The class, as the school calls it; never a pupil.
    pub grade: String,
    /// What the observed teacher wants to be watched. [personal: professional; purpose: help a colleague grow]
    pub focus: String,
    /// planned, observed, feedback_given, reflected, closed, cancelled.
    pub status: String,
    /// Why it was cancelled. [personal: correspondence; purpose: tell the other of the two]
    pub status_reason: Option<String>,
    /// What the observer saw and heard. [personal: professional; purpose: help a colleague grow]
    pub evidence: Option<String>,
    /// List of `{criterion, level}`. [personal: professional; purpose: help a colleague grow; never shown to others, never added up]
    pub ratings: Json,
    /// What the observer says to the observed. [personal: professional; purpose: help a colleague grow]
    pub feedback: Option<String>,
    /// What the observed thinks of it. [personal: private; purpose: the author's own growth]
    pub reflection: Option<String>,
    /// Since when the observer lets the community read it.
    pub observer_shared_at: Option<DateTimeUtc>,
    /// Since when the observed does.
    pub observed_shared_at: Option<DateTimeUtc>,
    /// Since when the author of the reflection shares it.
    pub reflection_shared_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
    /// By `activity_id`.
    #[sea_orm(
        belongs_to = "super::activity::Entity",
        from = "Column::ActivityId",
        to = "super::activity::Column::Id"
    )]
    Activity,
    /// By `instrument_id`.
    #[sea_orm(
        belongs_to = "super::observation_instrument::Entity",
        from = "Column::InstrumentId",
        to = "super::observation_instrument::Column::Id"
    )]
    ObservationInstrument,
    /// By `observer_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::ObserverId",
        to = "super::person::Column::Id"
    )]
    Observer,
    /// By `observed_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::ObservedId",
        to = "super::person::Column::Id"
    )]
    Observed,
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::activity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Activity.def()
    }
}

impl Related<super::observation_instrument::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ObservationInstrument.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
