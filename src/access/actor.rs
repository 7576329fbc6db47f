//! Who calls, and what they reach.

use sea_orm::{Condition, ExprTrait, sea_query::Expr};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    action::Action,
    grant::Grant,
    oauth_scope::{self, Scopes},
    policy::{POLICY, Reach},
};
use crate::foundation::{
    error::{Error, Result},
    transaction::hex,
};

/// A caller with its grants. No grants and no subject = the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `sub` of the token; `public` without one. Named in the audit trail.
    pub subject: String,
    /// What it holds.
    pub grants: Vec<Grant>,
    /// The app it came through and what that may do; none for tokens that an operator made.
    pub via: Option<Via>,
}

/// The app, or system, through which a caller came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Via {
    /// `client_id`.
    pub client: Uuid,
    /// The account that agreed; none when the system acts for itself.
    pub account: Option<Uuid>,
    /// What the token may be used for.
    pub scopes: Scopes,
    /// Whether whoever agreed proved a second factor when they signed in.
    pub second_factor: bool,
    /// Whether the app runs no other GraphQL documents than those registered for it.
    pub persisted_only: bool,
}

/// Proof that the policy allowed one action on one thing. Only [`Actor::permit`] makes
/// one, and the private step that changes a row asks for it.
#[derive(Debug)]
pub struct Permit {
    action: Action,
}

impl Permit {
    /// What was allowed.
    pub const fn action(&self) -> Action {
        self.action
    }
}

/// Where a thing belongs; what reach is measured against.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Region code.
    pub region: Option<String>,
    /// The organisation that runs it.
    pub organisation: Option<Uuid>,
    /// School.
    pub school: Option<Uuid>,
    /// The person it is about.
    pub person: Option<Uuid>,
    /// The persons who teach it.
    pub taught_by: Vec<Uuid>,
    /// The caller, where they are a member of the community it belongs to.
    pub member: Option<Uuid>,
    /// The caller, where they hold an office in that community.
    pub officer: Option<Uuid>,
    /// The account it belongs to.
    pub account: Option<Uuid>,
}

/// One part of what a caller reaches, with the place filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<'a> {
    /// All of it.
    Everywhere,
    /// What belongs to this region or one below it.
    Region(&'a str),
    /// What this organisation runs.
    Organisation(Uuid),
    /// What belongs to this school.
    School(Uuid),
    /// What is about this person.
    Own(Uuid),
    /// What this person teaches.
    Taught(Uuid),
    /// What belongs to the communities of which this person is a member.
    Member(Uuid),
    /// What belongs to the communities in which this person holds an office.
    Officer(Uuid),
    /// What belongs to this account.
    Account(Uuid),
}

impl Held<'_> {
    /// Whether it reaches persons by where they are enrolled, which no row of theirs says.
    pub const fn by_enrolment(self) -> bool {
        matches!(self, Self::Organisation(_) | Self::Taught(_))
    }

    /// Whether `place` lies within it.
    pub fn covers(self, place: &Place) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Region(code) => place.region.as_deref().is_some_and(|at| within(at, code)),
            Self::Organisation(id) => place.organisation == Some(id),
            Self::School(id) => place.school == Some(id),
            Self::Own(id) => place.person == Some(id),
            Self::Taught(id) => place.taught_by.contains(&id),
            Self::Member(id) => place.member == Some(id),
            Self::Officer(id) => place.officer == Some(id),
            Self::Account(id) => place.account == Some(id),
        }
    }
}

impl Actor {
    /// A caller of this name with these grants, through no app.
    pub fn new(subject: impl Into<String>, grants: Vec<Grant>) -> Self {
        Self { subject: subject.into(), grants, via: None }
    }

    /// A caller without a token.
    pub fn public() -> Self {
        Self::new("public", Vec::new())
    }

    /// The operator at the command line: the ministry's hands on this machine.
    pub fn operator() -> Self {
        Self::new("cli", vec![Grant::ministry()])
    }

    /// The service itself, where it does by itself what its time has come for.
    pub fn worker() -> Self {
        Self::new("worker", vec![Grant::ministry()])
    }

    /// Who calls with which rights, as one text: two callers who go by one name but hold other
    /// grants are two, and what the one was answered is not for the other.
    ///
    /// # Errors
    /// `internal` when a grant cannot be written.
    pub fn caller(&self) -> Result<String> {
        let grants =
            self.grants.iter().map(serde_json::to_string).collect::<std::result::Result<Vec<_>, _>>();
        let mut grants = grants.map_err(|e| Error::internal("write the grants", e))?;
        grants.sort();
        if let Some(via) = &self.via {
            grants.push(format!("{} {}", via.client, oauth_scope::line(&via.scopes)));
        }
        let hash = hex(&Sha256::digest(grants.join("\n")));
        Ok(format!("{hash} {}", self.subject))
    }

    /// Whether the caller came without a token. Who came through an app is known, even while holding no role.
    pub fn is_public(&self) -> bool {
        self.grants.is_empty() && self.via.is_none()
    }

    /// That the caller came with a token at all, before anything is looked up for it.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub fn require_token(&self) -> Result<()> {
        if self.is_public() { Err(Error::Unauthenticated("unauthenticated")) } else { Ok(()) }
    }

    /// What it holds that counts for `action`: all of it, or nothing where the app was not allowed to do such things.
    /// Whatever looks at grants by itself, beside the permission table, asks here.
    pub fn grants_for(&self, action: Action) -> &[Grant] {
        if self.app_covers(action) { &self.grants } else { &[] }
    }

    /// The person the caller is, where its grants say so, whatever the app may do: for what keeps something *from* a
    /// person (nobody decides about their own), and in commands, whose action was asked about before. What opens
    /// something to its owner asks [`person_for`](Self::person_for).
    pub fn person(&self) -> Option<Uuid> {
        self.grants.iter().find_map(|g| g.person)
    }

    /// The person whose own things are open to the caller by `action`; nobody where the app was not allowed to do it.
    pub fn person_for(&self, action: Action) -> Option<Uuid> {
        self.grants_for(action).iter().find_map(|g| g.person)
    }

    /// Everything the policy lets this caller do `action` on, where what the app may do covers it.
    pub fn reaches(&self, action: Action) -> Vec<Held<'_>> {
        if self.lacks_scope_for(action) { Vec::new() } else { self.holds(action) }
    }

    fn lacks_scope_for(&self, action: Action) -> bool {
        self.via.as_ref().is_some_and(|via| !via.scopes.contains(&action.scope()))
    }

    /// Whether the app through which the caller came may do such things at all; true where there is no app. It gives
    /// no right: the permission table does.
    pub fn app_covers(&self, action: Action) -> bool {
        !self.lacks_scope_for(action)
    }

    /// Why `action` is refused: the app may not, although the person may; or the person may not.
    fn refusal(&self, action: Action) -> Error {
        if self.lacks_scope_for(action) && !self.holds(action).is_empty() {
            Error::InsufficientScope(action.scope().as_str())
        } else {
            Error::Forbidden(action.name())
        }
    }

    /// Everything the caller's roles let it do `action` on, whatever the app may do: for saying why something is not
    /// shown, and for what keeps something from a caller. What opens something asks [`reaches`](Self::reaches).
    pub fn holds(&self, action: Action) -> Vec<Held<'_>> {
        let of = |grant: &'_ Grant| {
            POLICY
                .iter()
                .filter(|row| row.0 == grant.role && row.1 == action)
                .map(|r| r.2)
                .collect::<Vec<_>>()
        };
        self.grants
            .iter()
            .flat_map(|grant| {
                let via = self.via.as_ref();
                of(grant).into_iter().filter_map(move |reach| held(grant, reach, via))
            })
            .collect()
    }

    /// Whether the policy lists `action` for any of the caller's roles, wherever.
    pub fn may(&self, action: Action) -> bool {
        !self.reaches(action).is_empty()
    }

    /// Whether the caller does `action` by office, for a place, rather than as one of those whom it is about.
    pub fn by_office(&self, action: Action) -> bool {
        let office = |held: &Held<'_>| {
            matches!(held, Held::Everywhere | Held::Region(_) | Held::Organisation(_) | Held::School(_))
        };
        self.reaches(action).iter().any(office)
    }

    /// Refuses who could not do `action` to anything, before anything is looked up.
    ///
    /// # Errors
    /// `unauthenticated` without a token, `forbidden` when no role of the caller has the action,
    /// `insufficient_scope` when a role has it but the app may not use it.
    pub fn require_role_for(&self, action: Action) -> Result<()> {
        if self.is_public() {
            return Err(Error::Unauthenticated("unauthenticated"));
        }
        if self.may(action) { Ok(()) } else { Err(self.refusal(action)) }
    }

    /// The proof that this caller may do `action` at `place`.
    ///
    /// # Errors
    /// `unauthenticated` without a token, `forbidden` naming the action otherwise.
    pub fn permit(&self, action: Action, place: &Place) -> Result<Permit> {
        if self.is_public() {
            return Err(Error::Unauthenticated("unauthenticated"));
        }
        if self.reaches(action).iter().any(|held| held.covers(place)) {
            return Ok(Permit { action });
        }
        Err(self.refusal(action))
    }

    /// The condition that keeps a query inside what the caller reaches for `action`.
    /// `column` says what each kind of reach means for this table; `None` = nothing of it.
    ///
    /// # Errors
    /// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
    pub fn condition(
        &self,
        action: Action,
        column: impl Fn(Held<'_>) -> Option<Condition>,
    ) -> Result<Condition> {
        if self.is_public() {
            return Err(Error::Unauthenticated("unauthenticated"));
        }
        let reaches = self.reaches(action);
        if reaches.is_empty() {
            return Err(self.refusal(action));
        }
        if reaches.contains(&Held::Everywhere) {
            return Ok(Condition::all());
        }
        let any = reaches.into_iter().filter_map(column).fold(Condition::any(), Condition::add);
        // An empty `any` would be true; nothing reached must be nothing found.
        Ok(if any.is_empty() { Condition::all().add(Expr::value(1).eq(0)) } else { any })
    }
}

fn held<'a>(grant: &'a Grant, reach: Reach, via: Option<&Via>) -> Option<Held<'a>> {
    match reach {
        Reach::Everywhere => Some(Held::Everywhere),
        Reach::Region => grant.region.as_deref().map(Held::Region),
        Reach::Organisation => grant.organisation.map(Held::Organisation),
        Reach::School => grant.school.map(Held::School),
        Reach::Own => grant.person.map(Held::Own),
        Reach::Taught => grant.person.map(Held::Taught),
        Reach::Member => grant.person.map(Held::Member),
        Reach::Officer => grant.person.map(Held::Officer),
        // An account is what somebody signed in with, whatever role they hold; a token of an operator has none.
        Reach::Account => via.and_then(|via| via.account).map(Held::Account),
    }
}

/// Whether the region `code` is `ancestor` or lies below it.
pub fn within(code: &str, ancestor: &str) -> bool {
    code.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
