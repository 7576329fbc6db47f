//! The steps of a breach.

use chrono::{DateTime, Utc};
use entity::breach::{ActiveModel, Model};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{lock, update};
use crate::{
    access::{
        action::Action,
        actor::Place,
        context::{Command, Work},
    },
    foundation::{
        error::{Faults, Result},
        text::{self, Reason},
    },
    privacy::breach::{
        input::{
            CloseBreachInput, ContainBreachInput, NotifyBreachAuthorityInput, NotifyBreachPersonsInput,
            ReopenBreachInput,
        },
        rule::{self, BreachChannel, Persons},
        state::{BreachStatus, Ending},
        view::{self, Breach, BreachId},
    },
};

/// Says when a breach was stopped.
pub struct ContainBreach {
    /// Which one.
    pub id: BreachId,
    /// When.
    pub input: ContainBreachInput,
}

impl Command for ContainBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachContain;

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let next = view::status(&found)?.contain()?;
        let mut faults = Faults::new();
        let at = faults.take("/containedAt", rule::past(self.input.contained_at, work.now()));
        rule::check_contained(&mut faults, at, found.occurred_from);
        faults.done()?;
        let mut change = stepped(work, &found, next, None);
        change.contained_at = Set(at);
        update(work, &permit, &found, change, "breach.contained").await
    }
}

/// Says that the authority was told, or why it need not be.
pub struct NotifyBreachAuthority {
    /// Of which breach.
    pub id: BreachId,
    /// When and how, or why not.
    pub input: NotifyBreachAuthorityInput,
}

impl Command for NotifyBreachAuthority {
    type Output = Breach;
    const ACTION: Action = Action::BreachNotifyAuthority;

    fn why(&self) -> Option<&str> {
        self.input.not_needed_because.as_deref()
    }

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let already = view::clock(&found).authority;
        view::status(&found)?.tell(already, "breach_authority_told")?;
        let Self { input, .. } = self;
        let mut faults = Faults::new();
        let reference = input.reference.as_deref();
        let telling = Telling {
            notified_at: input.notified_at,
            channel: input.channel,
            not_needed: input.not_needed_because.as_deref(),
            more: ("/reference", reference.is_some()),
        };
        let told = telling.check(work, &found, &mut faults);
        let reference = reference.and_then(|raw| faults.take("/reference", text::line(raw, rule::REFERENCE)));
        faults.done()?;
        let mut change = found.clone().into_active_model();
        change.authority_notified_at = Set(told.at);
        change.authority_channel = Set(told.channel);
        change.authority_reference = Set(reference);
        change.authority_not_needed = Set(told.not_needed);
        update(work, &permit, &found, change, "breach.authority_notified").await
    }
}

/// Says that the persons were told, or why they need not be.
pub struct NotifyBreachPersons {
    /// Of which breach.
    pub id: BreachId,
    /// When, how and how many, or why not.
    pub input: NotifyBreachPersonsInput,
}

impl Command for NotifyBreachPersons {
    type Output = Breach;
    const ACTION: Action = Action::BreachNotifyPersons;

    fn why(&self) -> Option<&str> {
        self.input.not_needed_because.as_deref()
    }

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let already = view::clock(&found).persons;
        view::status(&found)?.tell(already, "breach_persons_told")?;
        let Self { input, .. } = self;
        let mut faults = Faults::new();
        let telling = Telling {
            notified_at: input.notified_at,
            channel: input.channel,
            not_needed: input.not_needed_because.as_deref(),
            more: ("/persons", input.persons.is_some()),
        };
        let told = telling.check(work, &found, &mut faults);
        let persons = input.persons.and_then(|many| faults.take("/persons", Persons::parse(many)));
        faults.done()?;
        let mut change = found.clone().into_active_model();
        change.persons_notified_at = Set(told.at);
        change.persons_channel = Set(told.channel);
        change.persons_notified = Set(persons.map(Persons::get));
        change.persons_not_needed = Set(told.not_needed);
        update(work, &permit, &found, change, "breach.persons_notified").await
    }
}

/// What is said of telling somebody: when, how and one thing more; or why not.
struct Telling<'a> {
    notified_at: Option<DateTime<Utc>>,
    channel: Option<BreachChannel>,
    not_needed: Option<&'a str>,
    /// Where the one thing more stands, and whether it is said.
    more: (&'static str, bool),
}

/// What is written down of it.
struct Noted {
    at: Option<DateTime<Utc>>,
    channel: Option<String>,
    not_needed: Option<String>,
}

impl Telling<'_> {
    /// Notes what is missing, and what is said besides a reason why not.
    fn check(&self, work: &Work<'_>, found: &Model, faults: &mut Faults) -> Noted {
        let fields =
            [("/notifiedAt", self.notified_at.is_some()), ("/channel", self.channel.is_some()), self.more];
        let (wanted, code) = match self.not_needed {
            None => (true, "field_missing"),
            Some(_) => (false, "breach_told_or_not_needed"),
        };
        for (pointer, said) in fields {
            faults.require(said == wanted, pointer, code);
        }
        let reason = self.not_needed.and_then(|raw| faults.take("/notNeededBecause", Reason::parse(raw)));
        let at = self
            .notified_at
            .and_then(|at| faults.take("/notifiedAt", rule::told(at, found.discovered_at, work.now())));
        Noted {
            at,
            channel: self.channel.map(|channel| channel.as_str().to_owned()),
            not_needed: reason.map(|reason| reason.as_str().to_owned()),
        }
    }
}

/// Ends a breach.
pub struct CloseBreach {
    /// Which one.
    pub id: BreachId,
    /// What was learnt.
    pub input: CloseBreachInput,
}

impl Command for CloseBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachClose;

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let clock = view::clock(&found);
        let learnt = !self.input.lessons.trim().is_empty();
        let ending = Ending { authority: clock.authority, persons: clock.persons, learnt };
        let next = view::status(&found)?.close(ending)?;
        let mut faults = Faults::new();
        let lessons = faults.take("/lessons", rule::said(&self.input.lessons));
        faults.done()?;
        let mut change = stepped(work, &found, next, None);
        change.lessons = Set(lessons);
        update(work, &permit, &found, change, "breach.closed").await
    }
}

/// Takes a breach one step back. What was said so far stays, but for when it was stopped where it goes on.
pub struct ReopenBreach {
    /// Which one.
    pub id: BreachId,
    /// Why.
    pub input: ReopenBreachInput,
}

impl Command for ReopenBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachReopen;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let next = view::status(&found)?.reopen()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let mut change = stepped(work, &found, next, reason);
        if next == BreachStatus::Open {
            change.contained_at = Set(None);
        }
        update(work, &permit, &found, change, "breach.reopened").await
    }
}

/// Says once that the time of a breach is running out: the service's own step. Where it was said already, or everybody
/// was told meanwhile, nothing happens.
pub struct WarnOfBreach(pub BreachId);

impl Command for WarnOfBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        if found.due_soon_at.is_some() || !view::clock(&found).is_due_soon(work.now()) {
            return Breach::at(found, work.now());
        }
        let mut change = found.clone().into_active_model();
        change.due_soon_at = Set(Some(work.now()));
        update(work, &permit, &found, change, "breach.due_soon").await
    }
}

/// The row in its next state.
fn stepped(work: &Work<'_>, found: &Model, next: BreachStatus, reason: Option<Reason>) -> ActiveModel {
    let mut change = found.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
    change.status_since = Set(work.now());
    change.closed = Set(i32::from(next == BreachStatus::Closed));
    change
}
