//! Browsers in which an account signed in before: a cookie that only the service can make. It opens nothing; it only gives
//! the owner a budget of attempts that nobody else can spend. With a new password it is worth nothing any more.

use entity::account;
use uuid::Uuid;

use super::secret;
use crate::access::{
    context::Services,
    seal::{Seal, SealedFor},
};

/// How long a browser keeps it, seconds.
pub const LASTS: i64 = 365 * 24 * 3600;

/// A cookie for `account`, in a browser that knows none, or only others'.
pub fn make(services: &Services, account: &account::Model) -> String {
    let id = secret::fresh(&services.ids);
    format!("{}.{id}.{}", account.id.simple(), mark(services, account, &id))
}

/// The name of this browser, where the cookie is ours and for this account.
pub fn known(services: &Services, account: &account::Model, cookie: Option<&str>) -> Option<String> {
    let mut parts = cookie?.split('.');
    let (whose, id, given) = (parts.next()?, parts.next()?, parts.next()?);
    let ours = Uuid::try_parse(whose).is_ok_and(|whose| whose == account.id)
        && secret::is_one(id)
        && parts.next().is_none()
        && secret::same(given, &mark(services, account, id));
    ours.then(|| id.to_owned())
}

fn mark(services: &Services, account: &account::Model, id: &str) -> String {
    let since = account.password_changed_at.map_or(0, |at| at.timestamp_micros());
    Seal::new(&services.keyring, SealedFor::Device).mark(account.id, &format!("{id} {since}"))
}
