//! How a provider is asked: over TLS, without following it elsewhere, not for long, and not for much.

use std::{pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http::Response};
use url::{Host, Url};

use crate::access::provider::Provider;

/// The longest that a provider may take to be reached, and to answer.
const CONNECT: Duration = Duration::from_secs(4);
const ANSWER: Duration = Duration::from_secs(8);
/// The most bytes of an answer.
const MOST: usize = 256 * 1024;

/// One client for all providers; none where it cannot be made, which is logged.
pub(super) fn client() -> Option<reqwest::Client> {
    let built = reqwest::Client::builder()
        // A provider that sends us elsewhere is not the one that was configured.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .referer(false)
        .user_agent(concat!("sanggar/", env!("CARGO_PKG_VERSION")))
        .build();
    built.inspect_err(|error| tracing::error!(%error, "providers cannot be asked")).ok()
}

/// Asks one provider.
pub(super) struct Fetch {
    client: reqwest::Client,
    /// Whether the provider is on this machine and may be asked without TLS.
    plain: bool,
}

/// Why a provider gave no answer. Never holds what was sent or answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("the connection: {0}")]
    Connection(#[source] reqwest::Error),
    #[error("the answer is larger than {MOST} bytes")]
    TooLarge,
    #[error("the address is neither https nor on this machine as the issuer is")]
    Unsafe,
}

impl Fetch {
    pub(super) fn new(client: reqwest::Client, provider: &Provider) -> Self {
        Self { client, plain: provider.issuer.starts_with("http://") }
    }

    /// Whether something may be sent to `url`: only over TLS, or within this machine where the issuer is there.
    pub(super) fn may_ask(&self, url: &Url) -> bool {
        url.scheme() == "https" || (self.plain && url.scheme() == "http" && is_loopback(url))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let told = |error: reqwest::Error| FetchError::Connection(error.without_url());
        let request = reqwest::Request::try_from(request).map_err(told)?;
        if !self.may_ask(request.url()) {
            return Err(FetchError::Unsafe);
        }
        let mut answer = self.client.execute(request).await.map_err(told)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(told)? {
            if body.len().saturating_add(chunk.len()) > MOST {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
