//! GraphQL over HTTP (2025 draft): GET for queries, POST of `application/json`, two media
//! types of answers and the status codes of each, persisted queries, and the guard before
//! anything is validated or run.

mod accept;
mod answer;
mod bounded;
mod gate;
mod incoming;
mod only_validation;
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
    ObjectType, Request, Response, Schema, SchemaBuilder, SubscriptionType, ValidationMode, Variables,
    parser::types::OperationType,
};

use futures_util::{StreamExt, stream::BoxStream};

pub use accept::Media;
pub use answer::{Body, response_of};
pub use gate::{Gate, Known, Open};
pub use incoming::{Incoming, Persisted};

use super::{
    guard::{self, Limits, Measure},
    normal::{self, Normal, Types},
    persisted::{Document, DocumentCache, Miss},
};
use crate::{
    foundation::error::{Error, Fault, Result},
    rest::{body, problem::status},
};

/// Bytes of a request body, as many as REST takes. A query text has its own, smaller limit in [`Limits`].
pub const BODY_BYTES: usize = body::MAX_BODY;

/// Bytes that documents seen before may take.
pub const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// The GraphQL endpoint: one schema, the guard's limits and the documents seen before.
///
/// The schema is built twice. `strict` validates documents not seen before and runs
/// nothing; `fast` runs, without validation, what passed, in its normal form (see
/// [`normal`]). An extension that skips validation would do the same with one schema, but
/// any extension makes each resolved field half as expensive again (measured: 447 against
/// 295 µs for 100 rows of 10 fields).
pub struct Edge<Query, Mutation, Subscription> {
    strict: Schema<Query, Mutation, Subscription>,
    fast: Schema<Query, Mutation, Subscription>,
    types: Arc<Types>,
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
    pub fn new(build: impl Fn() -> SchemaBuilder<Q, M, S>, limits: Limits) -> Self {
        let finish = |builder: SchemaBuilder<Q, M, S>, mode| {
            // Laid out for validation or to be run, a document is at most twice as deep.
            let nesting = usize::try_from(limits.nesting).unwrap_or(usize::MAX / 2).saturating_mul(2);
            builder.validation_mode(mode).disable_suggestions().limit_recursive_depth(nesting).finish()
        };
        let strict = finish(build().extension(only_validation::OnlyValidation), ValidationMode::Strict);
        let sdl = strict.sdl();
        let types = Arc::new(Types::of(&sdl));
        Self {
            fast: finish(build(), ValidationMode::Fast),
            documents: DocumentCache::new(CACHE_BYTES),
            limits: limits.of_schema(&sdl, types.lengths()),
            strict,
            types,
        }
    }

    /// An endpoint of the same schema that remembers nothing yet. To build one anew takes a quarter of a second.
    pub fn again(&self) -> Self {
        Self {
            strict: self.strict.clone(),
            fast: self.fast.clone(),
            types: self.types.clone(),
            documents: DocumentCache::new(CACHE_BYTES),
            limits: self.limits.clone(),
        }
    }

    /// The schema with all rules, for its SDL and to validate documents: it runs nothing.
    pub fn schema(&self) -> &Schema<Q, M, S> {
        &self.strict
    }

    /// Answers one HTTP request of any method that `gate` lets through. `prepare` gives the request what resolvers
    /// read from the context (the actor, loaders); it receives what makes a POST with an
    /// idempotency key the same request as another (its document, however it was sent, its
    /// operation and its values), nothing for any other, and is called only if something
    /// is to be run.
    pub async fn handle(
        &self,
        http: &HttpRequest,
        payload: web::Payload,
        gate: &impl Gate,
        prepare: impl FnOnce(Request, &[u8]) -> Result<Request>,
    ) -> HttpResponse {
        let Some(media) = Media::negotiate(http) else {
            let error = Error::malformed("/Accept", "media_type_not_acceptable");
            let builder = HttpResponse::build(StatusCode::NOT_ACCEPTABLE);
            return answer::of_refusal(http, builder, Media::GraphqlResponse, error);
        };
        let answered = async {
            let refused = |error| Refusal::Error(status(&error), error);
            let incoming = receive(http, payload).await?;
            let incoming = gate.admit(incoming, &|hash| self.documents.holds(hash)).await.map_err(refused)?;
            let plan = self.plan(http.method(), media, incoming)?;
            if plan.normal.ty() == OperationType::Subscription {
                let error = Error::malformed("", "subscription_over_http");
                return Err(Refusal::Error(media.request_error(), error));
            }
            let budget = gate.charge(plan.measure.cost).await.map_err(refused)?;
            let keyed = *http.method() == Method::POST && http.headers().contains_key("idempotency-key");
            let identity = if keyed { plan.identity() } else { Ok(Vec::new()) };
            let request = identity.and_then(|identity| prepare(plan.request(), &identity));
            let request = request.map_err(refused)?;
            let response = self.run(&plan, request).await;
            gate.shown().await.map_err(|error| match plan.normal.ty() {
                // What was changed stays changed.
                OperationType::Mutation => refused(Error::OutcomeUnknown),
                _ => refused(error),
            })?;
            Ok((response, (plan.measure, budget)))
        };
        match answered.await {
            Ok((response, told)) => answer::of_response(http, media, response, told, &self.limits),
            Err(refusal) => Refusal::answer(refusal, http, media),
        }
    }

    /// Begins the subscription of a request that did not come over HTTP: one answer for each event.
    /// `gate` lets it through, `prepare` gives the request what resolvers read from the context.
    ///
    /// # Errors
    /// Everything that is refused before it begins, as an answer without data.
    pub async fn subscribe(
        &self,
        incoming: Incoming,
        gate: &impl Gate,
        prepare: impl FnOnce(Request) -> Request,
    ) -> std::result::Result<BoxStream<'static, Response>, Box<Response>> {
        let told = |error| Box::new(answer::response_of(error));
        let incoming = gate.admit(incoming, &|hash| self.documents.holds(hash)).await.map_err(told)?;
        let plan = self.plan(&Method::POST, Media::GraphqlResponse, incoming);
        let plan = plan.map_err(|refusal| Box::new(refusal.response()))?;
        let refused = match (plan.normal.ty(), plan.normal.roots()) {
            (OperationType::Subscription, 1) => None,
            (OperationType::Subscription, _) => Some("subscription_single_field"),
            _ => Some("operation_not_subscription"),
        };
        if let Some(code) = refused {
            return Err(Box::new(answer::response_of(Error::malformed("", code))));
        }
        gate.charge(plan.measure.cost).await.map_err(told)?;
        if let Some(invalid) = self.invalid(&plan).await {
            return Err(Box::new(invalid));
        }
        let answers = self.fast.execute_stream(prepare(plan.request()));
        Ok(answers
            .map(move |mut response| {
                if !answer::is_request_error(&response) {
                    normal::complete(&mut response, &plan.normal.set);
                }
                response
            })
            .boxed())
    }

    /// That a document could be run: it passes the guard and every rule of validation that looks at no values.
    ///
    /// # Errors
    /// As [`Document::read`]; `graphql_invalid` with the first thing that does not fit the schema.
    pub async fn check(&self, text: &str) -> Result<()> {
        let document = Document::read(text, &self.limits, &self.types)?;
        let mut request = Request::new("");
        let first = document.parsed.operations.iter().next();
        request.operation_name = first.and_then(|(name, _)| name.map(ToString::to_string));
        request.set_parsed_query(normal::for_validation(&document.parsed));
        let validated = Box::pin(self.strict.execute(request)).await;
        match validated.errors.into_iter().next() {
            Some(wrong) => {
                let fault = Fault::new("/query", "graphql_invalid").with("detail", wrong.message);
                Err(Error::Malformed(Box::new(fault)))
            }
            None => Ok(()),
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
        let text = incoming.query.as_deref();
        let document = match self.documents.resolve(text, hash, &self.limits, &self.types) {
            Ok(document) => document,
            Err(Miss::NotFound) => return Err(Refusal::PersistedNotFound),
            Err(Miss::Refused(error)) => return Err(invalid(error)),
        };
        let (name, operation) =
            guard::select(&document.parsed, incoming.operation_name.as_deref()).map_err(invalid)?;
        if *method == Method::GET && operation.node.ty != OperationType::Query {
            return Err(Refusal::Method("POST", Error::malformed("", "mutation_over_get")));
        }
        let mut values = incoming.variables;
        let normal = variables::check(&operation.node, &mut values, &self.types)
            .and_then(|()| guard::cost(&document.parsed, &operation.node, &values, &self.limits))
            .and_then(|cost| {
                let chosen = (name, operation);
                let (parsed, limit) = (&document.parsed, self.limits.laid_out);
                let normal = document.normals.choose(parsed, chosen, &values, &self.types, limit)?;
                variables::check_ids(&normal, &values, &self.types)?;
                Ok((normal, cost))
            });
        let (normal, cost) = normal.map_err(invalid)?;
        Ok(Plan {
            measure: document.shape.with_cost(cost),
            normal,
            document,
            operation_name: incoming.operation_name,
            values,
        })
    }

    /// What is wrong with a document that was not validated before.
    async fn invalid(&self, plan: &Plan) -> Option<Response> {
        if plan.document.is_validated() {
            return None;
        }
        let validated = Box::pin(self.strict.execute(plan.validation())).await;
        if answer::is_request_error(&validated) {
            return Some(validated);
        }
        plan.document.mark_validated();
        None
    }

    /// Validates what was not validated before, runs it and completes the answer.
    async fn run(&self, plan: &Plan, request: Request) -> Response {
        if let Some(invalid) = self.invalid(plan).await {
            return invalid;
        }
        let mut response = Box::pin(self.fast.execute(request)).await;
        if !answer::is_request_error(&response) {
            normal::complete(&mut response, &plan.normal.set);
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
    normal: Arc<Normal>,
    operation_name: Option<String>,
    values: Variables,
    measure: Measure,
}

impl Plan {
    fn request(&self) -> Request {
        let mut request = Request::new("").variables(self.values.clone());
        request.set_parsed_query(self.normal.executable());
        request
    }

    fn validation(&self) -> Request {
        let mut request = Request::new("").variables(self.values.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(normal::for_validation(&self.document.parsed));
        request
    }

    /// The same bytes for the same request, whether it came with its text or only its hash.
    fn identity(&self) -> Result<Vec<u8>> {
        let values = serde_json_canonicalizer::to_vec(&self.values)
            .map_err(|error| Error::internal("write a request's values", error))?;
        let name = self.operation_name.as_deref().unwrap_or_default();
        Ok([self.document.hash.as_slice(), name.as_bytes(), &[0], &values].concat())
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
    /// The answer where there is no HTTP.
    fn response(self) -> Response {
        match self {
            Self::Error(_, error) | Self::Method(_, error) => answer::response_of(named(error)),
            Self::PersistedNotFound => {
                answer::persisted_response("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
            }
            Self::PersistedUnsupported => {
                answer::persisted_response("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
            }
        }
    }

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

/// The request in the body of a POST or the address of a GET.
async fn receive(http: &HttpRequest, payload: web::Payload) -> std::result::Result<Incoming, Refusal> {
    let refused = |error: Error| {
        let status =
            if matches!(error, Error::Invalid(_)) { StatusCode::BAD_REQUEST } else { status(&error) };
        Refusal::Error(status, error)
    };
    match *http.method() {
        Method::GET => Incoming::from_query_string(http).map_err(refused),
        Method::POST if !accept::is_json(http) || accept::is_encoded(http) => {
            Err(refused(Error::UnsupportedMedia))
        }
        Method::POST => {
            let body = body::read(http, &mut payload.into_inner(), BODY_BYTES).await.map_err(refused)?;
            Incoming::from_body(&body).map_err(refused)
        }
        _ => Err(Refusal::Method("GET, POST", Error::malformed("", "method_not_allowed"))),
    }
}
