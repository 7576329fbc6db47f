//! Where GraphQL is served: `/graphql` for requests, `/graphql/ws` for subscriptions, `/schema.graphql` for the contract,
//! `/graphiql` for people.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};

use super::{
    Mutation, Query, Subscription, builder, console,
    gate::{CallerGate, Quotas},
    guard::Limits,
    http::{Edge, refuse},
    loader, ws,
};
use crate::rest::{asset, call};

/// The endpoint of our schema.
pub type Endpoint = Edge<Query, Mutation, Subscription>;

/// The schema, built once for the whole process.
static BUILT: LazyLock<Endpoint> = LazyLock::new(|| Edge::new(builder, Limits::default()));

/// An endpoint; one for each application, for what it remembers of documents.
pub fn endpoint() -> Endpoint {
    BUILT.again()
}

/// Serves `endpoint` and the pages around it.
pub fn configure(config: &mut ServiceConfig, endpoint: Data<Endpoint>) {
    config
        .app_data(endpoint)
        .service(web::resource("/graphql").to(answer))
        .service(web::resource("/graphql/ws").route(web::get().to(ws::upgrade)))
        .route("/schema.graphql", web::get().to(schema))
        .configure(console::configure);
}

/// One request, as the caller that its token names.
async fn answer(endpoint: Data<Endpoint>, http: HttpRequest, payload: web::Payload) -> HttpResponse {
    let mut ctx = match call::context(&http).await {
        Ok(ctx) => ctx,
        Err(error) => return refuse(&http, error),
    };
    let gate = CallerGate::new(&ctx, &Quotas::of(&http));
    let prepare = |request: async_graphql::Request, identity: &[u8]| {
        if !identity.is_empty() {
            ctx.idempotency = call::idempotency(&http, identity)?;
        }
        let loaders = loader::for_request(&ctx);
        Ok(request.data(ctx).data(loaders))
    };
    endpoint.handle(&http, payload, &gate, prepare).await
}

/// The contract as SDL, the same text as the committed `openapi/schema.graphql`.
async fn schema(endpoint: Data<Endpoint>, http: HttpRequest) -> HttpResponse {
    let sdl = endpoint.schema().sdl();
    let version = asset::version_of(&sdl);
    asset::answer(&http, "text/plain; charset=utf-8", &version, "public, no-cache", || sdl)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::{Request, Variables};
    use serde_json::Value;

    #[actix_web::test]
    async fn every_example_of_the_console_fits_the_schema() {
        let examples: Vec<Value> = serde_json::from_str(console::EXAMPLES).unwrap();
        assert!(examples.len() >= 4);
        for example in examples {
            let text = example["query"].as_str().unwrap();
            let request = Request::new(text).variables(Variables::from_json(example["variables"].clone()));
            let answered = endpoint().schema().execute(request).await;
            assert!(answered.errors.is_empty(), "{text}\n{:?}", answered.errors);
        }
    }
}
