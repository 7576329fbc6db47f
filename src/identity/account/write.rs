//! Inviting somebody.

use entity::account::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::InviteAccountInput,
    rule::{self, AccountLanguage, AccountStatus},
    view::Account,
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::{
        person::{contact::Email, merged, rule::require_held},
        restriction,
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text,
    },
    identity::sign_in::{link::LinkKind, password},
};

/// Invites somebody: makes their account, and a link with which they set its first password.
pub struct InviteAccount {
    /// Who.
    pub input: InviteAccountInput,
    /// Whether the link goes to their address; else whoever asks delivers one.
    pub by_mail: bool,
}

impl Command for InviteAccount {
    type Output = Account;
    const ACTION: Action = Action::AccountInvite;

    async fn run(&self, work: &Work<'_>) -> Result<Account> {
        let input = &self.input;
        let mut faults = Faults::new();
        let home = Home::of(work, input, &mut faults).await?;
        let permit = work.permit(Self::ACTION, &home.place())?;
        let login = faults.take("/login", rule::login(&input.login));
        let name = faults.take("/name", text::line(&input.name, 200));
        let email = self.address(&mut faults);
        if let (Some(email), Some(known)) = (&email, &home.email) {
            // Else whoever invites could be whom they invite. The ministry corrects an address that is wrong.
            let theirs = known.to_lowercase() == *email || is_ministrys(work);
            faults.require(theirs, "/email", "email_not_the_persons");
        }
        if let Some(login) = &login {
            let taken = Entity::find().filter(Column::Login.eq(login)).one(work.db()).await?.is_some();
            faults.require(!taken, "/login", "login_taken");
        }
        if let Some(person) = home.person {
            let taken = Entity::find().filter(Column::PersonId.eq(person)).one(work.db()).await?.is_some();
            faults.require(!taken, "/personId", "person_has_account");
        }
        faults.done()?;
        let (Some(login), Some(name)) = (login, name) else { return Err(Error::invalid("", "invalid")) };
        let language = input.language.unwrap_or(AccountLanguage::Id);
        let row = Model { email, ..blank(work, home.person, login, name, language) };
        insert(work, &permit, row, self.by_mail, home.region).await
    }
}

impl InviteAccount {
    fn address(&self, faults: &mut Faults) -> Option<String> {
        if !self.by_mail && self.input.email.is_empty() {
            return None;
        }
        faults.take("/email", Email::parse(&self.input.email)).map(|email| email.as_str().to_lowercase())
    }
}

/// The person whose account it becomes, and where they belong.
struct Home {
    person: Option<Uuid>,
    region: Option<String>,
    /// Where they are written to, where that is known.
    email: Option<String>,
}

impl Home {
    async fn of(work: &Work<'_>, input: &InviteAccountInput, faults: &mut Faults) -> Result<Self> {
        let nobody = Self { person: None, region: None, email: None };
        let Some(asked) = input.person_id else { return Ok(nobody) };
        // Who was merged is who they became.
        let id = merged::resolve_all(work.db(), &[asked.uuid()]).await?.remove(&asked.uuid());
        let id = id.unwrap_or(asked.uuid());
        let found =
            scope::persons(work.actor)?.filter(entity::person::Column::Id.eq(id)).one(work.db()).await?;
        match found {
            Some(person) => {
                require_held(person.erased_at)?;
                restriction::require_use(work.actor, &person)?;
                Ok(Self { person: Some(person.id), region: person.region_code, email: person.email })
            }
            None if is_ministrys(work) => {
                faults.require(false, "/personId", "reference_unknown");
                Ok(nobody)
            }
            None => Err(Error::NotFound("person")),
        }
    }

    fn place(&self) -> Place {
        Place { region: self.region.clone(), person: self.person, ..Place::default() }
    }
}

/// Whether the caller may invite everywhere.
fn is_ministrys(work: &Work<'_>) -> bool {
    work.actor.permit(Action::AccountInvite, &Place::default()).is_ok()
}

fn blank(
    work: &Work<'_>,
    person: Option<Uuid>,
    login: String,
    name: String,
    language: AccountLanguage,
) -> Model {
    Model {
        id: work.new_id(),
        person_id: person,
        login,
        name,
        email: None,
        language: language.as_str().to_owned(),
        status: AccountStatus::Invited.as_str().to_owned(),
        status_reason: None,
        password_hash: None,
        password_changed_at: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        signed_in_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    row: Model,
    by_mail: bool,
    region: Option<String>,
) -> Result<Account> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    if by_mail {
        password::deliver(work.services, work.tx, &row, LinkKind::Invitation).await?;
    }
    let event = Event::new("account.invited", "account", row.id, row.version)
        .in_region(region)
        .with(json!({ "status": row.status, "personId": row.person_id }));
    work.emit(event).await?;
    row.try_into()
}

/// Tells what happened to an account: its state, and nothing about whose it is.
pub(super) async fn announce(
    work: &Work<'_>,
    kind: &'static str,
    row: &Model,
    region: Option<String>,
) -> Result<()> {
    let event = Event::new(kind, "account", row.id, row.version)
        .in_region(region)
        .with(json!({ "status": row.status }));
    work.emit(event).await?;
    Ok(())
}
