//! The newest thing said about each of many activities, with the statement that finds them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{
    activity,
    comment::{Column, Entity, Relation},
    person,
};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    RelationTrait, Select,
    sea_query::{CaseStatement, Expr, ExprTrait, SelectStatement},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{rule::CommentSubject, state::CommentStatus};
use crate::{
    access::{action::Action, context::Ctx, scope},
    foundation::error::Result,
};

/// How many characters of it are shown.
const SHOWN: usize = 200;

/// The newest comment on something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewestComment {
    /// The name of who said it.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub author_name: String,
    /// The first 200 characters of what was said.
    #[schema(example = "Waktunya cukup di kelas saya.", max_length = 200)]
    pub beginning: String,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// What is said about an activity: how many comments stand on it, none hidden and none withdrawn, and the newest.
#[derive(Debug, Default)]
pub struct Talk {
    /// How many; none for whoever reads no discussion there.
    pub comments: Option<i32>,
    /// The newest.
    pub newest: Option<NewestComment>,
}

/// Has every activity of a query bring along what is said about it: an index is asked for each row of a page, and no
/// further statement.
///
/// # Errors
/// `internal` when the caller's reach cannot be told.
pub fn beside(ctx: &Ctx, activities: Select<activity::Entity>) -> Result<SelectStatement> {
    let reads = ctx.actor.may(Action::CommentRead);
    let (said, heard) = if reads {
        let column = activity::Column::CommunityId;
        let within = scope::within_communities(&ctx.actor, Action::CommentRead, column, |_| None)?;
        let heard = CaseStatement::new().case(within, Expr::cust("1")).finally(Expr::cust("0"));
        (scope::comments(&ctx.actor)?, Expr::Case(Box::new(heard)))
    } else {
        (Entity::find().filter(Column::Id.is_null()), Expr::cust("0"))
    };
    let said = said
        .filter(Column::SubjectKind.eq(CommentSubject::Activity.as_str()))
        .filter(Expr::col((Entity, Column::SubjectId)).equals((activity::Entity, activity::Column::Id)))
        .filter(Column::Status.eq(CommentStatus::Visible.as_str()))
        .select_only();
    let scalar = |select: SelectStatement| Expr::SubQuery(None, Box::new(select.into()));
    let newest = |column: Expr| {
        let newest = said
            .clone()
            .join(JoinType::InnerJoin, Relation::Person.def())
            .expr(column)
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(1);
        scalar(newest.into_query())
    };
    let count = said.clone().expr(Expr::col((Entity, Column::Id)).count()).into_query();
    let own = |column: Column| newest(Expr::col((Entity, column)));
    let mut all = activities.into_query();
    all.expr_as(heard, "talk_heard")
        .expr_as(scalar(count), "talk_comments")
        .expr_as(own(Column::Body), "talk_body")
        .expr_as(own(Column::CreatedAt), "talk_at")
        .expr_as(newest(Expr::col((person::Entity, person::Column::Name))), "talk_author");
    Ok(all)
}

impl Talk {
    /// What [`beside`] brought along.
    ///
    /// # Errors
    /// `internal` when it is not there.
    pub fn of(row: &QueryResult) -> Result<Self> {
        if row.try_get::<i32>("", "talk_heard")? == 0 {
            return Ok(Self::default());
        }
        let comments = i32::try_from(row.try_get::<i64>("", "talk_comments")?).unwrap_or(i32::MAX);
        let author: Option<String> = row.try_get("", "talk_author")?;
        let body: Option<String> = row.try_get("", "talk_body")?;
        let at: Option<DateTime<Utc>> = row.try_get("", "talk_at")?;
        let newest = author.zip(body).zip(at).map(|((author_name, body), at)| NewestComment {
            author_name,
            beginning: body.chars().take(SHOWN).collect(),
            at,
        });
        Ok(Self { comments: Some(comments), newest })
    }
}
