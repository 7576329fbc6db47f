//! `sanggar account`: the first accounts, and links for whoever cannot be mailed.

use std::sync::Arc;

use clap::{Args, Subcommand};
use uuid::Uuid;

use crate::{
    access::{
        actor::Actor,
        context::Ctx,
        grant::{Grant, Role},
    },
    config::Config,
    foundation::{error::Error, language, language::Language},
    identity::{
        account::{by_hand, input::InviteAccountInput, rule::AccountLanguage, write::InviteAccount},
        role::place,
    },
    startup,
};

/// What to do.
#[derive(Subcommand)]
pub enum AccountCommand {
    /// Make an account and print the link with which its owner sets a password.
    Invite(InviteArgs),
    /// Print a link with which the owner of an account sets a new password.
    Reset {
        /// What they sign in with.
        #[arg(long)]
        login: String,
    },
}

/// Who is invited.
#[derive(Args)]
pub struct InviteArgs {
    /// What they sign in with.
    #[arg(long)]
    login: String,
    /// What they are called.
    #[arg(long)]
    name: String,
    /// Where later mail goes.
    #[arg(long, default_value = "")]
    email: String,
    /// Who that is in the directory.
    #[arg(long)]
    person: Option<Uuid>,
    /// A role they hold from the start: ministry, regional_officer, moderator, provider_staff, principal, resource_person.
    #[arg(long)]
    role: Option<String>,
    /// Region code, for a regional officer or a moderator.
    #[arg(long)]
    region: Option<String>,
    /// Organisation id, for provider staff.
    #[arg(long)]
    organisation: Option<Uuid>,
    /// School id, for a principal.
    #[arg(long)]
    school: Option<Uuid>,
    /// Language of mail: id or en.
    #[arg(long, default_value = "id", value_parser = ["id", "en"])]
    language: String,
}

/// Does it.
///
/// # Errors
/// In words.
pub async fn run(config: &Config, command: &AccountCommand) -> Result<(), String> {
    let services = Arc::new(startup::services(config).await?);
    let done = match command {
        AccountCommand::Invite(args) => {
            let grant = args.grant()?;
            let ctx = Ctx::internal(services.clone(), Actor::operator());
            invite(&ctx, args, grant).await
        }
        AccountCommand::Reset { login } => match by_hand::of_login(&services, login).await {
            Ok(account) => by_hand::link(&services, account).await,
            Err(error) => Err(error),
        },
    };
    services.store.clone().close().await;
    println!("{}", done.map_err(|error| told(&error))?);
    Ok(())
}

fn told(error: &Error) -> String {
    match error {
        Error::Invalid(faults) => {
            let lines =
                faults.iter().map(|f| format!("{}: {}", f.pointer, language::of_fault(Language::English, f)));
            lines.collect::<Vec<_>>().join("\n")
        }
        other => language::of_error(Language::English, other),
    }
}

impl InviteArgs {
    fn grant(&self) -> Result<Option<Grant>, String> {
        let Some(name) = &self.role else { return Ok(None) };
        let role = Role::parse(name).ok_or_else(|| {
            let names = Role::ALL.map(Role::name).join(", ");
            format!("--role {name}: allowed is {names}")
        })?;
        let grant = Grant {
            role,
            region: self.region.clone(),
            organisation: self.organisation,
            school: self.school,
            person: self
                .person
                .filter(|_| matches!(role, Role::Teacher | Role::ResourcePerson | Role::Principal)),
        };
        grant.check().map_err(|fault| language::of_fault(Language::English, &fault))?;
        Ok(Some(grant))
    }
}

async fn invite(
    ctx: &Ctx,
    args: &InviteArgs,
    grant: Option<Grant>,
) -> crate::foundation::error::Result<String> {
    let language = AccountLanguage::parse(&args.language).unwrap_or(AccountLanguage::Id);
    let input = InviteAccountInput {
        login: args.login.clone(),
        name: args.name.clone(),
        email: args.email.clone(),
        person_id: args.person.map(Into::into),
        language: Some(language),
    };
    if let Some(grant) = &grant {
        place::check(&ctx.services, grant).await?;
    }
    let made = ctx.write(InviteAccount { input, by_mail: false }).await?;
    by_hand::link_with(&ctx.services, made.id, grant.as_ref()).await
}
