//! How much a caller may ask for, as whoever runs the service sets it.

use serde::{Deserialize, Serialize};

use super::load::Sources;
use crate::access::rates::Rates;

/// Whether several nodes count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shared {
    /// Each node counts for itself: right for a single one.
    None,
    /// Through the database.
    Database,
}

/// Every setting about limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LimitSettings {
    /// Requests of one known caller.
    pub requests_per_minute: u32,
    /// Requests of one address without a token.
    pub requests_per_minute_address: u32,
    /// Requests of one system.
    pub requests_per_minute_client: u32,
    /// Requests of one app for all people together.
    pub requests_per_minute_app: u32,
    /// Cost of GraphQL of one known caller.
    pub graphql_cost_per_minute: u32,
    /// Cost of GraphQL of one address without a token.
    pub graphql_cost_per_minute_address: u32,
    /// Cost of GraphQL of one system.
    pub graphql_cost_per_minute_client: u32,
    /// Requests of one caller at the same time.
    pub requests_at_once: u32,
    /// Whether several nodes count together.
    pub limits_shared: Shared,
    /// Open connections.
    pub connections: usize,
}

impl LimitSettings {
    fn of(rates: &Rates, connections: usize) -> Self {
        Self {
            requests_per_minute: rates.requests,
            requests_per_minute_address: rates.requests_address,
            requests_per_minute_client: rates.requests_client,
            requests_per_minute_app: rates.requests_app,
            graphql_cost_per_minute: rates.cost,
            graphql_cost_per_minute_address: rates.cost_address,
            graphql_cost_per_minute_client: rates.cost_client,
            requests_at_once: rates.at_once,
            limits_shared: if rates.shared { Shared::Database } else { Shared::None },
            connections,
        }
    }

    /// As good as none.
    pub fn generous() -> Self {
        Self::of(&Rates::GENEROUS, CONNECTIONS)
    }

    pub(super) fn fill(&mut self, sources: &mut Sources) {
        sources.take("requests_per_minute", &mut self.requests_per_minute);
        sources.take("requests_per_minute_address", &mut self.requests_per_minute_address);
        sources.take("requests_per_minute_client", &mut self.requests_per_minute_client);
        sources.take("requests_per_minute_app", &mut self.requests_per_minute_app);
        sources.take("graphql_cost_per_minute", &mut self.graphql_cost_per_minute);
        sources.take("graphql_cost_per_minute_address", &mut self.graphql_cost_per_minute_address);
        sources.take("graphql_cost_per_minute_client", &mut self.graphql_cost_per_minute_client);
        sources.take("requests_at_once", &mut self.requests_at_once);
        sources.take("limits_shared", &mut self.limits_shared);
        sources.take("connections", &mut self.connections);
    }

    pub(super) fn check(&self, sources: &mut Sources) {
        for (setting, value, least) in [
            ("requests_per_minute", self.requests_per_minute, 1),
            ("requests_per_minute_address", self.requests_per_minute_address, 1),
            ("requests_per_minute_client", self.requests_per_minute_client, 1),
            ("requests_per_minute_app", self.requests_per_minute_app, 1),
            ("graphql_cost_per_minute", self.graphql_cost_per_minute, Rates::LEAST_COST),
            ("graphql_cost_per_minute_address", self.graphql_cost_per_minute_address, Rates::LEAST_COST),
            ("graphql_cost_per_minute_client", self.graphql_cost_per_minute_client, Rates::LEAST_COST),
        ] {
            sources.require((least..=Rates::MOST).contains(&value), setting, &value);
        }
        let at_once = self.requests_at_once;
        sources.require((1..=1_000_000).contains(&at_once), "requests_at_once", &at_once);
        let connections = self.connections;
        sources.require((100..=1_000_000).contains(&connections), "connections", &connections);
    }

    /// What the limiter needs of it.
    pub fn rates(&self) -> Rates {
        Rates {
            requests: self.requests_per_minute,
            requests_address: self.requests_per_minute_address,
            requests_client: self.requests_per_minute_client,
            requests_app: self.requests_per_minute_app,
            cost: self.graphql_cost_per_minute,
            cost_address: self.graphql_cost_per_minute_address,
            cost_client: self.graphql_cost_per_minute_client,
            at_once: self.requests_at_once,
            shared: self.limits_shared == Shared::Database,
        }
    }
}

/// Connections that one process keeps open, unless said otherwise.
const CONNECTIONS: usize = 20_000;

impl Default for LimitSettings {
    fn default() -> Self {
        Self::of(&Rates::default(), CONNECTIONS)
    }
}
