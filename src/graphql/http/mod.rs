//! GraphQL over HTTP (2025 draft): GET for queries, POST of `application/json`, two media
//! types of answers and the status codes of each, persisted queries, and the guard before
//! anything is validated or run.

mod accept;
mod answer;
mod incoming;
#[cfg(test)]
mod tests;
mod variables;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{Method, StatusCode, header},
    web,
};
use async_graphql::{
    ObjectType, Request, Response, Schema, SchemaBuilder, SubscriptionType, ValidationMode,
    parser::types::{OperationDefinition, OperationType},
};

pub use accept::Media;

use self::incoming::{Incoming, Persisted};
use super::{
    guard::{self, Limits, Measure},
    persisted::{Document, DocumentCache, Miss},
};
use crate::{
    foundation::error::{Error, Result},
    rest::{call, problem::status},
};

/// Bytes of a request body. A query text has its own, smaller limit in [`Limits`].
pub const BODY_BYTES: usize = 256 * 1024;

/// Bytes that documents seen before may take.
pub const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// The GraphQL endpoint: one schema, the guard's limits and the documents seen before.
///
/// The schema is built twice. `strict` runs every rule of validation, on documents not
/// seen before; `fast` runs those that passed. An extension that skips validation would
/// do the same with one schema, but any extension makes each resolved field half as
/// expensive again (measured: 447 against 295 µs for 100 rows of 10 fields).
pub struct Edge<Query, Mutation, Subscription> {
    strict: Schema<Query, Mutation, Subscription>,
    fast: Schema<Query, Mutation, Subscription>,
    documents: DocumentCache,
    limits: Limits,
}

impl<Q, M, S> Edge<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// An endpoint for the schema that `build` gives; it is asked twice and must give the same.
    ///
    /// Suggestions of names are off: they compare every unknown name of a document with
    /// every known one, byte by byte. The console completes names instead.
    pub fn new(build: impl Fn() -> SchemaBuilder<Q, M, S>, mut limits: Limits) -> Self {
        let nesting = usize::try_from(limits.nesting).unwrap_or(usize::MAX).saturating_add(1);
        let finish = |mode| {
            build().validation_mode(mode).disable_suggestions().limit_recursive_depth(nesting).finish()
        };
        let strict = finish(ValidationMode::Strict);
        limits.sizeless_lists.extend(guard::sizeless_lists(&strict.sdl()));
        Self {
            strict,
            fast: finish(ValidationMode::Fast),
            documents: DocumentCache::new(CACHE_BYTES),
            limits,
        }
    }

    /// The schema with all rules, for its SDL and for calls from inside.
    pub fn schema(&self) -> &Schema<Q, M, S> {
        &self.strict
    }

    /// Answers one HTTP request of any method. `prepare` gives the request what resolvers
    /// read from the context (the actor, loaders); it receives the body as it came, for
    /// its idempotency key, and is called only if something is to be run.
    pub async fn handle(
        &self,
        http: &HttpRequest,
        payload: web::Payload,
        prepare: impl FnOnce(Request, &[u8]) -> Result<Request>,
    ) -> HttpResponse {
        let Some(media) = Media::negotiate(http) else {
            let error = Error::malformed("/Accept", "media_type_not_acceptable");
            let builder = HttpResponse::build(StatusCode::NOT_ACCEPTABLE);
            return answer::of_refusal(http, builder, Media::GraphqlResponse, error);
        };
        let answered = async {
            let (body, incoming) = receive(http, payload).await?;
            let mut plan = self.plan(http.method(), media, incoming)?;
            let request = plan.request();
            let request = prepare(request, &body).map_err(|error| Refusal::Error(status(&error), error))?;
            Ok((self.run(&plan, request).await, plan.measure))
        };
        match answered.await {
            Ok((response, measure)) => answer::of_response(http, media, response, &measure, &self.limits),
            Err(refusal) => Refusal::answer(refusal, http, media),
        }
    }

    /// Everything before execution: which document, which operation, and what it costs.
    fn plan(&self, method: &Method, media: Media, incoming: Incoming) -> std::result::Result<Plan, Refusal> {
        let hash = match incoming.persisted {
            Persisted::Absent => None,
            Persisted::Hash(hash) => Some(hash),
            Persisted::Unsupported => return Err(Refusal::PersistedUnsupported),
        };
        let invalid = |error| Refusal::Error(media.request_error(), error);
        let document = match self.documents.resolve(incoming.query.as_deref(), hash, &self.limits) {
            Ok(document) => document,
            Err(Miss::NotFound) => return Err(Refusal::PersistedNotFound),
            Err(Miss::Refused(error)) => return Err(invalid(error)),
        };
        let name = incoming.operation_name;
        let operation = guard::select(&document.parsed, name.as_deref()).map_err(invalid)?;
        if *method == Method::GET && operation.ty != OperationType::Query {
            return Err(Refusal::Method("POST", Error::malformed("", "mutation_over_get")));
        }
        let (cost, variables_checked) =
            self.weigh(&document, operation, &incoming.variables).map_err(invalid)?;
        Ok(Plan {
            measure: document.shape.with_cost(cost),
            fast: document.is_validated() && variables_checked,
            document,
            operation_name: name,
            variables: incoming.variables,
        })
    }

    fn weigh(
        &self,
        document: &Document,
        operation: &OperationDefinition,
        values: &async_graphql::Variables,
    ) -> Result<(u64, bool)> {
        let complete = variables::check(operation, values)?;
        guard::cost(&document.parsed, operation, values, &self.limits).map(|cost| (cost, complete))
    }

    async fn run(&self, plan: &Plan, request: Request) -> Response {
        let schema = if plan.fast { &self.fast } else { &self.strict };
        let response = Box::pin(schema.execute(request)).await;
        if !plan.fast && !answer::is_request_error(&response) {
            plan.document.mark_validated();
        }
        response
    }
}

/// Answers an error of before or beside GraphQL (a token that is no good, too many
/// requests) in the shape and media type that the client of `/graphql` reads.
pub fn refuse(http: &HttpRequest, error: Error) -> HttpResponse {
    let media = Media::negotiate(http).unwrap_or(Media::GraphqlResponse);
    answer::of_refusal(http, HttpResponse::build(status(&error)), media, error)
}

/// A request that may be run.
struct Plan {
    document: Arc<Document>,
    operation_name: Option<String>,
    variables: async_graphql::Variables,
    measure: Measure,
    /// Whether validation can be left out: it passed before, and every value was checked.
    fast: bool,
}

impl Plan {
    fn request(&mut self) -> Request {
        let mut request = Request::new("").variables(std::mem::take(&mut self.variables));
        request.operation_name = self.operation_name.take();
        request.set_parsed_query(self.document.parsed.clone());
        request
    }
}

enum Refusal {
    Error(StatusCode, Error),
    /// The method is not for this; the other names those that are.
    Method(&'static str, Error),
    PersistedNotFound,
    PersistedUnsupported,
}

impl Refusal {
    fn answer(self, http: &HttpRequest, media: Media) -> HttpResponse {
        let (builder, error) = match self {
            Self::PersistedNotFound => {
                let code = "PERSISTED_QUERY_NOT_FOUND";
                return answer::of_persisted(http, media, "PersistedQueryNotFound", code);
            }
            Self::PersistedUnsupported => {
                let code = "PERSISTED_QUERY_NOT_SUPPORTED";
                return answer::of_persisted(http, media, "PersistedQueryNotSupported", code);
            }
            Self::Error(status, error) => (HttpResponse::build(status), error),
            Self::Method(allow, error) => (with_allow(allow), error),
        };
        answer::of_refusal(http, builder, media, named(error))
    }
}

/// A single fault goes by its own code; several are told together.
fn named(error: Error) -> Error {
    match error {
        Error::Invalid(mut faults) if faults.len() == 1 => match faults.pop() {
            Some(only) => Error::Malformed(Box::new(only)),
            None => Error::Invalid(faults),
        },
        other => other,
    }
}

fn with_allow(allow: &'static str) -> HttpResponseBuilder {
    let mut builder = HttpResponse::build(StatusCode::METHOD_NOT_ALLOWED);
    builder.insert_header((header::ALLOW, allow));
    builder
}

/// The body as it came (nothing for a GET) and the request in it.
async fn receive(
    http: &HttpRequest,
    payload: web::Payload,
) -> std::result::Result<(web::Bytes, Incoming), Refusal> {
    let refused = |error: Error| {
        let status =
            if matches!(error, Error::Invalid(_)) { StatusCode::BAD_REQUEST } else { status(&error) };
        Refusal::Error(status, error)
    };
    match *http.method() {
        Method::GET => Ok((web::Bytes::new(), Incoming::from_query_string(http).map_err(refused)?)),
        Method::POST if !accept::is_json(http) => Err(refused(Error::UnsupportedMedia)),
        Method::POST => {
            let body = call::read(http, &mut payload.into_inner(), BODY_BYTES).await.map_err(refused)?;
            let incoming = Incoming::from_body(&body).map_err(refused)?;
            Ok((body, incoming))
        }
        _ => Err(Refusal::Method("GET, POST", Error::malformed("", "method_not_allowed"))),
    }
}
