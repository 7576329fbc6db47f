//! What is particular to an activity, as both faces show it: one shape for each kind, told apart by `kind`.

use async_graphql::{SimpleObject, Union};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    community::{
        activity::rule::ActivityKind, artefact::view::ArtefactId, article::view::ArticleId,
        book::view::BookReadingId, coaching::view::CoachingDetail,
    },
    directory::person::view::PersonId,
};

/// A colleague by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
}

/// What a meeting is to speak about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingDetail {
    /// `meeting`.
    pub kind: ActivityKind,
    /// Its points in order.
    #[schema(max_items = 20)]
    pub agenda: Vec<String>,
}

/// That lessons were observed. Whose, by whom and what was seen is the two's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeerObservationDetail {
    /// `peer_observation`.
    pub kind: ActivityKind,
    /// How many lessons were observed as part of it, counted once the observer has written down what was seen.
    #[schema(minimum = 0)]
    pub lessons_observed: i32,
}

/// One chapter that a meeting is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadChapter {
    /// Of which reading.
    #[schema(value_type = String, format = "uuid")]
    pub reading_id: BookReadingId,
    /// The book's title.
    #[schema(max_length = 300)]
    pub book_title: String,
    /// The chapter's number.
    #[schema(minimum = 1, maximum = 100)]
    pub number: i32,
    /// The chapter's title.
    #[schema(max_length = 200)]
    pub chapter_title: String,
}

/// What a book club speaks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BookClubDetail {
    /// `book_club_meeting`.
    pub kind: ActivityKind,
    /// The chapters whose reading names this meeting, in order.
    #[schema(max_items = 100)]
    pub chapters: Vec<ReadChapter>,
}

/// An artefact by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeArtefact {
    /// Which one.
    #[schema(value_type = String, format = "uuid")]
    pub artefact_id: ArtefactId,
    /// What it is called.
    #[schema(max_length = 200)]
    pub title: String,
}

/// What was made together: of `collaborative_planning`, `curriculum_alignment` and `common_assessment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JointWorkDetail {
    /// Which of the three.
    pub kind: ActivityKind,
    /// How many artefacts name this activity, of those you see.
    #[schema(minimum = 0)]
    pub artefact_count: i32,
    /// The first three of them, the oldest first.
    #[schema(max_items = 3)]
    pub artefacts: Vec<MadeArtefact>,
}

/// What worked, told to colleagues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BestPracticeDetail {
    /// `best_practice_sharing`.
    pub kind: ActivityKind,
    /// What the practice is called.
    #[schema(max_length = 200)]
    pub title: String,
    /// Where it was tried.
    #[schema(max_length = 200)]
    pub context: String,
    /// What the problem was.
    #[schema(max_length = 2000)]
    pub problem: String,
    /// What was done.
    #[schema(max_length = 4000)]
    pub done: String,
    /// What changed.
    #[schema(max_length = 4000)]
    pub changed: String,
    /// Who told of it, in order.
    #[schema(max_items = 10)]
    pub presenters: Vec<Colleague>,
    /// An artefact that shows it; null where none was named.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub artefact_id: Option<ArtefactId>,
}

/// What pupils showed teachers. Who they are is nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentLedIctDetail {
    /// `student_led_ict`.
    pub kind: ActivityKind,
    /// What they showed.
    #[schema(max_length = 200)]
    pub topic: String,
    /// With which tool.
    #[schema(max_length = 120)]
    pub tool: String,
    /// Of which grade they are.
    #[schema(max_length = 40)]
    pub grade: String,
    /// How many pupils led it.
    #[schema(minimum = 1, maximum = 100)]
    pub pupils: i32,
    /// The teacher who looked after them.
    pub supervisor: Option<Colleague>,
}

/// An article by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SharedArticle {
    /// Which one.
    #[schema(value_type = String, format = "uuid")]
    pub article_id: ArticleId,
    /// What it is called.
    #[schema(max_length = 300)]
    pub title: String,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// How many members have read it. Who they are is told to nobody.
    #[schema(minimum = 0)]
    pub reads: i32,
    /// Whether you have.
    pub read_by_me: bool,
}

/// What was read: articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArticleSharingDetail {
    /// `article_sharing`.
    pub kind: ActivityKind,
    /// How many were shared.
    #[schema(minimum = 0)]
    pub article_count: i32,
    /// The first three of them, the oldest first.
    #[schema(max_items = 3)]
    pub articles: Vec<SharedArticle>,
}

/// What is particular to an activity, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Union, ToSchema)]
#[serde(untagged)]
#[schema(discriminator(property_name = "kind", mapping(
    ("meeting" = "#/components/schemas/MeetingDetail"),
    ("peer_observation" = "#/components/schemas/PeerObservationDetail"),
    ("book_club_meeting" = "#/components/schemas/BookClubDetail"),
    ("collaborative_planning" = "#/components/schemas/JointWorkDetail"),
    ("curriculum_alignment" = "#/components/schemas/JointWorkDetail"),
    ("common_assessment" = "#/components/schemas/JointWorkDetail"),
    ("best_practice_sharing" = "#/components/schemas/BestPracticeDetail"),
    ("student_led_ict" = "#/components/schemas/StudentLedIctDetail"),
    ("article_sharing" = "#/components/schemas/ArticleSharingDetail"),
    ("coaching" = "#/components/schemas/CoachingDetail"),
)))]
pub enum ActivityDetail {
    /// Of a meeting.
    Meeting(MeetingDetail),
    /// Of lessons observed.
    PeerObservation(PeerObservationDetail),
    /// Of a book club.
    BookClub(BookClubDetail),
    /// Of what is made together.
    JointWork(JointWorkDetail),
    /// Of a practice that worked.
    BestPractice(BestPracticeDetail),
    /// Of what pupils showed.
    StudentLedIct(StudentLedIctDetail),
    /// Of articles.
    ArticleSharing(ArticleSharingDetail),
    /// Of a coaching.
    Coaching(CoachingDetail),
}

/// What is particular to one activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DescribedActivity {
    /// Which activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: crate::community::activity::view::ActivityId,
    /// Its kind.
    pub kind: ActivityKind,
    /// What is particular to it; null while nobody has said it.
    pub detail: Option<ActivityDetail>,
}
