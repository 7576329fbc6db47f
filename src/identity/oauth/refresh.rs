//! Refresh tokens (RFC 6749, section 6), new at each use (RFC 9700, section 2.2.2).
//!
//! A family of them follows from one consent at one device. A token names its family and its generation and proves both
//! by a MAC, so nothing secret is stored: the row only says which generation is the newest. Whoever shows the newest gets
//! the next one. Whoever shows the one before gets the newest again, as long as its successor was never used: the answer
//! may have been lost on the way. A refresh token counts as used as soon as the access token that came with it was used,
//! so that two who have the same one and take turns are found out. Whoever shows one whose successor was used has what
//! somebody else has too: all of the family end.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use entity::token_family;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    access::{
        context::Services,
        keys::{Keyring, Secret},
    },
    foundation::{error::Result, transaction::Tx},
    identity::protocol,
};

/// How long a token may lie unused.
pub const IDLE: TimeDelta = TimeDelta::days(30);
/// How long a family lives, however often it is used.
pub const LONGEST: TimeDelta = TimeDelta::days(180);
/// How long after a refresh the same one may be shown again although what came of it was used: an app that does several
/// things at once shows it several times.
const AT_ONCE: TimeDelta = TimeDelta::seconds(30);
/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 128;
/// Keeps these MACs apart from all others under the same secret.
const LABEL: &[u8] = b"refresh";

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Which family.
    pub family: Uuid,
    /// Which one of it; 1 is the first.
    pub generation: i64,
}

impl Named {
    /// The token as the client keeps it.
    pub fn token(self, ring: &Keyring) -> String {
        let generation = self.generation.to_be_bytes();
        let mac = ring.refresh().mac(&[LABEL, self.family.as_bytes(), &generation]);
        let parts = [BASE64.encode(self.family), BASE64.encode(generation), BASE64.encode(mac)];
        parts.join(".")
    }

    /// What a token says, once its MAC holds (compared in constant time); `None` for everything else.
    pub fn read(ring: &Keyring, token: &str) -> Option<Self> {
        if token.len() > MAX_BYTES {
            return None;
        }
        let mut parts = token.split('.').map(|part| BASE64.decode(part).ok());
        let (family, generation, mac) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() {
            return None;
        }
        let named = Self {
            family: Uuid::from_slice(&family).ok()?,
            generation: i64::from_be_bytes(generation.try_into().ok()?),
        };
        proves(&ring.refresh(), named, &mac).then_some(named)
    }
}

fn proves(secret: &Secret, named: Named, mac: &[u8]) -> bool {
    let Ok(mut expected) = Hmac::<Sha256>::new_from_slice(secret.bytes()) else { return false };
    expected.update(LABEL);
    expected.update(named.family.as_bytes());
    expected.update(&named.generation.to_be_bytes());
    expected.verify_slice(mac).is_ok()
}

/// How a family stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The newest generation.
    pub generation: i64,
    /// The newest whose access token was used.
    pub confirmed: i64,
    /// Whether all were revoked.
    pub revoked: bool,
    /// When the newest was made.
    pub refreshed_at: DateTime<Utc>,
    /// From then on none is good.
    pub expires_at: DateTime<Utc>,
}

impl State {
    /// From when on the newest is no longer good, if nobody uses it before.
    pub fn good_until(&self) -> DateTime<Utc> {
        (self.refreshed_at + IDLE).min(self.expires_at)
    }
}

/// What becomes of a token that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was the newest: this one follows.
    Next(i64),
    /// Its successor was never used: the same again.
    Again(i64),
    /// It was used, and what came of it too: one of the two who have it should not.
    Reused,
    /// Revoked, too old, or of a future that this database does not know.
    Ended,
}

/// What becomes of generation `shown` of a family that stands like this.
pub fn judge(state: &State, shown: i64, now: DateTime<Utc>) -> Verdict {
    if state.revoked || now >= state.good_until() || shown < 1 || shown > state.generation {
        return Verdict::Ended;
    }
    match state.generation - shown {
        0 => Verdict::Next(state.generation + 1),
        1 if state.confirmed < state.generation || now < state.refreshed_at + AT_ONCE => {
            Verdict::Again(state.generation)
        }
        _ => Verdict::Reused,
    }
}

/// Takes down that the access token of this generation was used, beside the call that used it: no call waits for it or
/// fails by it. Where it could not be written, the next call with that token does.
pub fn confirm(services: &Arc<Services>, client: Uuid, family: Uuid, generation: i64) {
    let services = services.clone();
    tokio::spawn(async move {
        let subject = format!("client:{client}");
        let noted = protocol::write(&services, "token_family.confirm", &subject, "internal", move |tx| {
            Box::pin(confirmed(tx, family, generation))
        });
        if let Err(error) = noted.await {
            tracing::debug!(%error, "the use of an access token was not noted");
        }
    });
}

async fn confirmed(tx: &Tx, family: Uuid, generation: i64) -> Result<()> {
    token_family::Entity::update_many()
        .col_expr(token_family::Column::Confirmed, Expr::value(generation))
        .filter(token_family::Column::Id.eq(family))
        .filter(token_family::Column::Confirmed.lt(generation))
        .exec(tx.db())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-02T08:00:00Z".parse().unwrap()
    }

    fn fresh(generation: i64) -> State {
        State { generation, confirmed: 0, revoked: false, refreshed_at: now(), expires_at: now() + LONGEST }
    }

    #[test]
    fn a_token_is_read_as_it_was_written_and_in_no_other_spelling() {
        let ring = Keyring::ephemeral(7);
        let named = Named { family: Uuid::from_u128(9), generation: 3 };
        let token = named.token(&ring);
        assert_eq!(Named::read(&ring, &token), Some(named));
        assert_eq!(Named::read(&Keyring::ephemeral(8), &token), None);
        let other = Named { generation: 4, ..named }.token(&ring);
        let mixed =
            format!("{}.{}", &other[..other.rfind('.').unwrap()], &token[token.rfind('.').unwrap() + 1..]);
        for wrong in [
            mixed,
            format!("{token}."),
            format!("{token}="),
            format!("{token}.a"),
            String::new(),
            "a.b.c".into(),
        ] {
            assert_eq!(Named::read(&ring, &wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_ends_when_it_lies_unused_or_grows_old() {
        let state = fresh(1);
        assert_eq!(judge(&state, 1, now() + IDLE - TimeDelta::seconds(1)), Verdict::Next(2));
        assert_eq!(judge(&state, 1, now() + IDLE), Verdict::Ended);
        let old = State { expires_at: now() + TimeDelta::days(1), ..state };
        assert_eq!(judge(&old, 1, now() + TimeDelta::days(1)), Verdict::Ended);
        assert_eq!(judge(&State { revoked: true, ..state }, 1, now()), Verdict::Ended);
    }

    #[test]
    fn a_lost_answer_is_asked_for_again_until_somebody_used_it() {
        let (later, unused) = (now() + TimeDelta::hours(9), fresh(4));
        assert_eq!(judge(&unused, 3, later), Verdict::Again(4));
        assert_eq!(judge(&State { confirmed: 3, ..unused }, 3, later), Verdict::Again(4));
        let used = State { confirmed: 4, ..unused };
        assert_eq!(judge(&used, 3, now() + AT_ONCE - TimeDelta::seconds(1)), Verdict::Again(4));
        assert_eq!(judge(&used, 3, now() + AT_ONCE), Verdict::Reused);
        assert_eq!(judge(&used, 4, later), Verdict::Next(5));
        assert_eq!(judge(&used, 2, now()), Verdict::Reused, "in whatever time");
    }

    proptest! {
        /// Two who have the same token, each of whom refreshes and then calls, in whatever order and as often as they
        /// like: once both did, the second of them is found out.
        #[test]
        fn two_who_take_turns_are_found_out(turns in prop::collection::vec((any::<bool>(), 31_i64..86_400), 2..40)) {
            let mut state = fresh(1);
            let (mut has, mut at) = ([1_i64, 1], now());
            let mut found_out = false;
            for (who, pause) in &turns {
                at += TimeDelta::seconds(*pause);
                match judge(&state, has[usize::from(*who)], at) {
                    Verdict::Next(next) => {
                        state.generation = next;
                        state.refreshed_at = at;
                        has[usize::from(*who)] = next;
                        state.confirmed = next;
                    }
                    Verdict::Again(_) => prop_assert!(false, "its successor was used"),
                    Verdict::Reused => {
                        found_out = true;
                        break;
                    }
                    Verdict::Ended => prop_assert!(false, "nothing is that old"),
                }
            }
            let both = turns.iter().any(|turn| turn.0) && turns.iter().any(|turn| !turn.0);
            prop_assert_eq!(found_out, both);
        }

        /// However tokens are shown, there is one newest, it only grows, and what is older than its parent ends all.
        #[test]
        fn there_is_one_successor_however_tokens_are_shown(shown in prop::collection::vec(0_i64..12, 1..60)) {
            let mut state = fresh(1);
            for generation in shown {
                let before = state.generation;
                match judge(&state, generation, now()) {
                    Verdict::Next(next) => {
                        prop_assert!(generation == before && next == before + 1);
                        state.generation = next;
                    }
                    Verdict::Again(same) => prop_assert!(generation + 1 == before && same == before),
                    Verdict::Reused => {
                        prop_assert!(generation + 1 < before);
                        state.revoked = true;
                    }
                    Verdict::Ended => prop_assert!(state.revoked || generation < 1 || generation > before),
                }
            }
        }

        /// Many who show the same one at once get the same one back, in whatever order they come.
        #[test]
        fn many_at_once_get_the_same_successor(start in 1_i64..1000, times in 1_usize..40) {
            let mut state = fresh(start);
            for _ in 0..times {
                match judge(&state, start, now()) {
                    Verdict::Next(next) => state.generation = next,
                    Verdict::Again(same) => prop_assert_eq!(same, start + 1),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(state.generation, start + 1);
        }

        #[test]
        fn no_text_is_a_token_by_chance(text in "[A-Za-z0-9_.-]{0,120}") {
            prop_assert_eq!(Named::read(&Keyring::ephemeral(7), &text), None);
        }
    }
}
