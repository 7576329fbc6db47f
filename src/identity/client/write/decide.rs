//! Deciding about clients. A client that is not approved gets no tokens, and those that it has are good for nothing:
//! its status is read each time one is used.

use entity::oauth_client::Model;

use super::{lock, store};
use crate::{
    access::{
        action::Action,
        actor::Place,
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Faults, Result},
        text::Reason,
    },
    identity::client::{
        input::OAuthClientReasonInput,
        rule::{OAuthClientStatus, Step},
        view::{OAuthClient, OAuthClientId},
    },
};

/// Lets a client in.
pub struct ApproveOAuthClient(pub OAuthClientId);

impl Command for ApproveOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientApprove;

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        step(work, Self::ACTION, self.0, (Step::Approve, "oauth_client.approved"), None).await
    }
}

/// Turns a client away that waits for a decision.
pub struct RefuseOAuthClient {
    /// Which one.
    pub id: OAuthClientId,
    /// Why.
    pub input: OAuthClientReasonInput,
}

impl Command for RefuseOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientRefuse;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        let kind = (Step::Refuse, "oauth_client.refused");
        step(work, Self::ACTION, self.id, kind, Some(&self.input.reason)).await
    }
}

/// Stops a client, and with it every token that it has.
pub struct SuspendOAuthClient {
    /// Which one.
    pub id: OAuthClientId,
    /// Why.
    pub input: OAuthClientReasonInput,
}

impl Command for SuspendOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientSuspend;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        let kind = (Step::Suspend, "oauth_client.suspended");
        step(work, Self::ACTION, self.id, kind, Some(&self.input.reason)).await
    }
}

/// Lets a suspended client in again.
pub struct ResumeOAuthClient(pub OAuthClientId);

impl Command for ResumeOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientResume;

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        step(work, Self::ACTION, self.0, (Step::Resume, "oauth_client.resumed"), None).await
    }
}

async fn step(
    work: &Work<'_>,
    action: Action,
    id: OAuthClientId,
    (step, event): (Step, &'static str),
    reason: Option<&str>,
) -> Result<OAuthClient> {
    let found = lock(work, id).await?;
    let permit = work.permit(action, &Place::default())?;
    work.expect(found.version)?;
    let status = OAuthClientStatus::parse(&found.status);
    let status = status.map_err(|f| Error::internal("oauth_client.status", f.code))?.after(step)?;
    let mut faults = Faults::new();
    let reason = reason.map(|raw| faults.take("/reason", Reason::parse(raw)));
    faults.done()?;
    let row = Model {
        status: status.as_str().to_owned(),
        status_reason: reason.flatten().map(|reason| reason.as_str().to_owned()),
        decided_by: Some(work.actor.subject.clone()),
        decided_at: Some(work.now()),
        ..found.clone()
    };
    store(work, &permit, &found, row, event).await?.try_into()
}
