//! `sanggar token`: an access token for operators and first integrations.

use chrono::TimeDelta;
use clap::Args;
use uuid::Uuid;

use crate::{
    access::{
        grant::{Grant, Role},
        keys::Keyring,
        token::{self, Claims},
    },
    config::Config,
    directory::region::code::RegionCode,
    foundation::{
        clock::{Clock, SystemClock},
        id::Ids,
        language,
    },
};

/// Whom the token is for.
#[derive(Args)]
pub struct TokenArgs {
    /// ministry, regional_officer, provider_staff, principal, resource_person, teacher, ministry_system or
    /// moderator.
    #[arg(long)]
    role: String,
    /// Region code, for a regional officer or a moderator.
    #[arg(long, value_parser = parse_region)]
    region: Option<RegionCode>,
    /// Organisation id, for provider staff.
    #[arg(long)]
    organisation: Option<Uuid>,
    /// School id, for a principal.
    #[arg(long)]
    school: Option<Uuid>,
    /// Person id, for a teacher or resource person.
    #[arg(long)]
    person: Option<Uuid>,
    /// Whom it stands for in the audit trail; the person, or the role with its place, unless said.
    #[arg(long)]
    subject: Option<String>,
    /// How long it is good for, hours.
    #[arg(long, default_value_t = 12)]
    hours: i64,
}

fn parse_region(text: &str) -> Result<RegionCode, String> {
    RegionCode::parse(text).map_err(|fault| language::of_fault(language::Language::English, &fault))
}

/// Prints the token.
///
/// # Errors
/// Every fault of what was asked for, in words.
pub fn run(config: &Config, args: &TokenArgs) -> Result<(), String> {
    let role = Role::parse(&args.role).ok_or_else(|| {
        let names = Role::ALL.map(Role::name).join(", ");
        format!("--role {}: allowed is {names}", args.role)
    })?;
    let grant = Grant {
        role,
        region: args.region.as_ref().map(ToString::to_string),
        organisation: args.organisation,
        school: args.school,
        person: args.person,
    };
    let keyring = Keyring::open(&config.keys()).map_err(|e| e.to_string())?;
    println!("{}", make(&keyring, &config.public_url(), grant, args.subject.clone(), args.hours)?);
    Ok(())
}

fn make(
    keyring: &Keyring,
    url: &str,
    grant: Grant,
    subject: Option<String>,
    hours: i64,
) -> Result<String, String> {
    let now = SystemClock.now();
    let subject = subject.unwrap_or_else(|| grant.subject());
    let lifetime = TimeDelta::try_hours(hours).ok_or("--hours: too many")?;
    let claims = Claims::new(url, url, subject, vec![grant], Ids::from_os().next(now), now, lifetime);
    token::issue(keyring, &claims, now).map_err(|e| language::of_error(language::Language::English, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_cannot_be_is_refused() {
        for wrong in ["99.99.9", "jabar", "32.7", ""] {
            assert!(parse_region(wrong).is_err(), "{wrong}");
        }
        assert_eq!(parse_region("32.73").unwrap().as_str(), "32.73");
    }
}
