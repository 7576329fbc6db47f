//! How much each kind of caller may ask for in a minute.

/// The numbers that whoever runs the service chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Requests a minute of one caller who is known.
    pub requests: u32,
    /// Requests a minute of one address without a token.
    pub requests_address: u32,
    /// Requests a minute of one system that acts for itself.
    pub requests_client: u32,
    /// Requests a minute of one app for all people together.
    pub requests_app: u32,
    /// Cost of GraphQL a minute of one caller who is known.
    pub cost: u32,
    /// Cost of GraphQL a minute of one address without a token.
    pub cost_address: u32,
    /// Cost of GraphQL a minute of one system that acts for itself.
    pub cost_client: u32,
    /// Requests of one caller that run at the same time.
    pub at_once: u32,
    /// Whether several nodes count together, through the database.
    pub shared: bool,
}

impl Rates {
    /// The most that can be set: a million a second.
    pub const MOST: u32 = 60_000_000;

    /// The least cost a minute that can be set: one operation may cost as much
    /// ([`crate::graphql::guard::Limits`]).
    pub const LEAST_COST: u32 = 20_000;

    /// As good as none, for where one caller stands for many: tests, measurements, the demo.
    pub const GENEROUS: Self = Self {
        requests: Self::MOST,
        requests_address: Self::MOST,
        requests_client: Self::MOST,
        requests_app: Self::MOST,
        cost: Self::MOST,
        cost_address: Self::MOST,
        cost_client: Self::MOST,
        at_once: 1_000_000,
        shared: false,
    };
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            requests: 1_200,
            requests_address: 300,
            requests_client: 6_000,
            requests_app: 60_000,
            cost: 200_000,
            cost_address: 40_000,
            cost_client: 1_000_000,
            at_once: 100,
            shared: false,
        }
    }
}
