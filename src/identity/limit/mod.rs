//! How much a caller may ask for: requests and cost of GraphQL in a minute, and requests at the same time.
//!
//! A minute is no calendar minute: what was used comes back evenly (GCRA, as `governor` reckons it), so a caller who
//! waits a second has a sixtieth of the quota again. One node counts in memory. Several nodes count together through
//! the database, each taking a handful at a time; while that is slow or away, each counts alone and more strictly.

mod local;
pub mod places;
pub mod shared;

use std::{net::IpAddr, sync::Arc};

use uuid::Uuid;

use self::{
    local::Local,
    places::{Place, Places},
    shared::Leases,
};
use crate::access::{actor::Actor, context::Services, grant::Role, rates::Rates};

/// Whom a quota belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// Whoever calls from there without a token.
    Address(IpAddr),
    /// An account, through whichever app, or whoever an operator's token names.
    Caller(String),
    /// A system that acts for itself.
    Client(String),
    /// An app, for all people together.
    App(Uuid),
    /// All those for whom there is no place of their own any more.
    Others,
}

impl Key {
    /// The key of a row: who, without a name or address that can be read.
    fn text(&self) -> String {
        match self {
            Self::Address(address) => format!("address {address}"),
            Self::Caller(name) => format!("caller {name}"),
            Self::Client(name) => format!("client {name}"),
            Self::App(id) => format!("app {id}"),
            Self::Others => "others".to_owned(),
        }
    }
}

/// What a caller has left, told in every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What there is in a minute.
    pub limit: u32,
    /// What is left now.
    pub remaining: u32,
    /// Seconds until all of it is there again.
    pub reset: u64,
    /// Seconds until what was asked fits; none when it was granted.
    pub wait: Option<u64>,
}

impl Standing {
    /// What is left of `limit` once `used` microseconds of the minute are taken.
    fn of(limit: u32, remaining: u32, wait: Option<u64>) -> Self {
        let used = u64::from(limit.saturating_sub(remaining));
        let reset = used.saturating_mul(60).div_ceil(u64::from(limit.max(1)));
        Self { limit, remaining, reset, wait }
    }

    /// Whichever leaves less room.
    fn tighter(self, other: Self) -> Self {
        let share =
            |s: &Self| (s.wait.is_none(), u64::from(s.remaining) * 1_000_000 / u64::from(s.limit.max(1)));
        if share(&other) < share(&self) { other } else { self }
    }
}

/// One quota of one kind of caller.
struct Window {
    name: &'static str,
    alone: Local,
    strict: Local,
    leases: Leases,
}

/// Alone, a node grants this part of what all grant together: it does not know how many others there are.
const STRICT: u32 = 4;

impl Window {
    /// `least`: what a caller must have whatever happens.
    fn new(name: &'static str, limit: u32, least: u32, services: &Services) -> Self {
        Self {
            name,
            alone: Local::new(limit, services.clock.clone()),
            strict: Local::new((limit / STRICT).max(least).min(limit).max(1), services.clock.clone()),
            leases: Leases::new(limit),
        }
    }

    async fn take(&self, services: &Arc<Services>, key: &Key, units: u32) -> Standing {
        if !services.settings.rates.shared {
            return self.alone.take(key, units);
        }
        match self.leases.take(services, self.name, key, units).await {
            Some(standing) => standing,
            None => self.strict.take(key, units),
        }
    }
}

/// The quotas of one node.
pub struct Limiter {
    services: Arc<Services>,
    requests: Windows,
    cost: Windows,
    systems: Window,
    places: Arc<Places>,
}

/// One quota for each kind of key.
struct Windows {
    address: Window,
    caller: Window,
    client: Window,
    app: Option<Window>,
}

impl Windows {
    fn of(&self, key: &Key) -> Option<&Window> {
        match key {
            Key::Address(_) | Key::Others => Some(&self.address),
            Key::Caller(_) => Some(&self.caller),
            Key::Client(_) => Some(&self.client),
            Key::App(_) => self.app.as_ref(),
        }
    }
}

impl Limiter {
    /// The quotas that the settings of `services` name, all of them unused.
    pub fn new(services: Arc<Services>) -> Self {
        let Rates { requests, requests_address, requests_client, requests_app, .. } = services.settings.rates;
        let Rates { cost, cost_address, cost_client, at_once, .. } = services.settings.rates;
        let window = |name, limit| Window::new(name, limit, 1, &services);
        // Below this there are operations that nobody could run at all.
        let costing = |name, limit| Window::new(name, limit, Rates::LEAST_COST, &services);
        Self {
            requests: Windows {
                address: window("requests address", requests_address),
                caller: window("requests caller", requests),
                client: window("requests client", requests_client),
                app: Some(window("requests app", requests_app)),
            },
            cost: Windows {
                address: costing("cost address", cost_address),
                caller: costing("cost caller", cost),
                client: costing("cost client", cost_client),
                app: None,
            },
            systems: window("requests systems", requests_client),
            places: Arc::new(Places::new(at_once)),
            services,
        }
    }

    /// Counts one request. Where it came through an app, both quotas must have room; the tighter is told.
    pub async fn request(&self, actor: &Actor, address: IpAddr) -> Standing {
        let own = self.take(&self.requests, &key_of(actor, address), 1).await;
        match app_of(actor) {
            Some(app) if own.wait.is_none() => own.tighter(self.take(&self.requests, &app, 1).await),
            _ => own,
        }
    }

    /// Counts one request of a system that says only in the request who it is: under its address, as much as a system
    /// has, for behind one address there are many and each of its people's tokens is asked for there.
    pub async fn system(&self, address: IpAddr) -> Standing {
        self.systems.take(&self.services, &Key::Address(address), 1).await
    }

    /// Counts what a GraphQL operation costs, before it is run.
    pub async fn cost(&self, actor: &Actor, address: IpAddr, points: u64) -> Standing {
        let points = u32::try_from(points).unwrap_or(u32::MAX).max(1);
        self.take(&self.cost, &key_of(actor, address), points).await
    }

    /// A place among the caller's requests that run now, unless all are taken.
    pub fn enter(&self, actor: &Actor, address: IpAddr) -> Option<Place> {
        Places::enter(&self.places, key_of(actor, address))
    }

    async fn take(&self, windows: &Windows, key: &Key, units: u32) -> Standing {
        match windows.of(key) {
            Some(window) => window.take(&self.services, key, units).await,
            None => Standing::of(u32::MAX, u32::MAX, None),
        }
    }
}

/// Whose quota a call uses.
fn key_of(actor: &Actor, address: IpAddr) -> Key {
    match &actor.via {
        Some(via) => match via.account {
            Some(account) => Key::Caller(account.to_string()),
            None => Key::Client(via.client.to_string()),
        },
        None if actor.is_public() => Key::Address(address),
        None if actor.grants.iter().any(|grant| grant.role == Role::MinistrySystem) => {
            Key::Client(actor.subject.clone())
        }
        None => Key::Caller(actor.subject.clone()),
    }
}

/// The app through which a person calls.
fn app_of(actor: &Actor) -> Option<Key> {
    actor.via.as_ref().filter(|via| via.account.is_some()).map(|via| Key::App(via.client))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_with_less_room_is_told() {
        let (roomy, tight) = (Standing::of(100, 90, None), Standing::of(1_000, 10, None));
        assert_eq!(roomy.tighter(tight), tight);
        assert_eq!(tight.tighter(roomy), tight);
        let closed = Standing::of(10, 0, Some(6));
        assert_eq!(tight.tighter(closed), closed);
    }

    #[test]
    fn all_of_a_quota_is_back_after_as_long_as_it_took() {
        assert_eq!(Standing::of(60, 60, None).reset, 0);
        assert_eq!(Standing::of(60, 30, None).reset, 30);
        assert_eq!(Standing::of(1_200, 1_199, None).reset, 1);
        assert_eq!(Standing::of(60, 0, Some(1)).reset, 60);
    }
}
