//! The whole application as actix sees it: both faces, the pages, the probes.

use std::sync::Arc;

use actix_web::web::{Data, PathConfig, ServiceConfig, to};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    access::context::Services,
    foundation::error::Error,
    graphql::endpoint::{self, Endpoint, endpoint},
    identity::limit::Limiter,
    identity::upstream::Upstream,
    rest::{self, problem::Failure},
};

/// What every worker shares.
#[derive(Clone)]
pub struct Application {
    /// The service's own things.
    pub services: Arc<Services>,
    recorder: Option<PrometheusHandle>,
    graphql: Data<Endpoint>,
    upstream: Data<Upstream>,
    limiter: Data<Limiter>,
}

impl Application {
    /// An application over `services`.
    pub fn new(services: Arc<Services>, recorder: Option<PrometheusHandle>) -> Self {
        let limiter = Data::new(Limiter::new(services.clone()));
        let upstream = Data::new(Upstream::new());
        Self { services, recorder, graphql: Data::new(endpoint()), upstream, limiter }
    }

    /// Registers every route.
    pub fn configure(&self, config: &mut ServiceConfig) {
        if let Some(recorder) = &self.recorder {
            config.app_data(Data::new(recorder.clone()));
        }
        config.app_data(self.limiter.clone());
        config.app_data(
            PathConfig::default()
                .error_handler(|_, _| Failure(Error::malformed("/id", "id_malformed")).into()),
        );
        rest::register(config);
        config
            .app_data(self.upstream.clone())
            .configure(rest::sign_in_with::configure)
            .configure(rest::linked_sign_ins::configure);
        endpoint::configure(config, self.graphql.clone());
        config.configure(rest::landing::configure).configure(rest::explorer::configure);
        config
            .configure(rest::verify_page::configure)
            .configure(rest::sign_in_page::configure)
            .configure(rest::oauth::configure)
            .configure(rest::oauth_registration::configure)
            .configure(rest::probe::configure)
            .default_service(to(rest::probe::nobody));
    }
}
