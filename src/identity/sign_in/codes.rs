//! The second factor: codes of an app (RFC 6238), and ten codes on paper for when the phone is lost.

use chrono::{DateTime, Utc};
use entity::{account, recovery_code, role_grant};
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr,
};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::{
    access::{
        context::Services,
        grant::Role,
        policy::needs_second_factor,
        seal::{NONCE, Seal, SealedFor},
    },
    foundation::{
        error::{Error, Result},
        transaction::{Tx, hex},
    },
};

/// Codes on paper.
const PAPER: usize = 10;

/// What somebody needs to set up their app.
pub struct Offer {
    /// The secret as it is typed, base32.
    pub typed: String,
    /// The same for a camera: an SVG of ours.
    pub picture: String,
}

fn of_secret(secret: &[u8]) -> Result<Totp> {
    // Six digits, thirty seconds, SHA-1: what every app can; one step of grace to each side (RFC 6238, section 5.2).
    Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(1)
        .build()
        .map_err(|_| Error::internal("a second factor", "its secret is too short"))
}

/// A new secret for an account, sealed for its row.
///
/// # Errors
/// `internal` when the cipher refuses.
pub fn new_secret(services: &Services, tx: &Tx, account: Uuid) -> Result<String> {
    let secret = tx.random::<20>();
    Seal::new(&services.keyring, SealedFor::SecondFactor).seal(account, &secret, tx.random::<NONCE>())
}

fn opened(services: &Services, account: &account::Model) -> Result<Option<Vec<u8>>> {
    let Some(sealed) = &account.totp_sealed else { return Ok(None) };
    Seal::new(&services.keyring, SealedFor::SecondFactor).open(account.id, sealed)
}

/// The secret that waits in the account's row, for its owner to take over.
///
/// # Errors
/// `internal` when the row was changed behind the service's back.
pub fn offer(services: &Services, account: &account::Model) -> Result<Option<Offer>> {
    let Some(secret) = opened(services, account)? else { return Ok(None) };
    let typed = Secret::from(secret).to_base32();
    let login: String = url::form_urlencoded::byte_serialize(account.login.as_bytes()).collect();
    let login = login.replace('+', "%20");
    let address = format!("otpauth://totp/Sanggar:{login}?secret={typed}&issuer=Sanggar");
    let code = QRBuilder::new(address).build().map_err(|_| Error::internal("a QR code", "too long"))?;
    Ok(Some(Offer { typed, picture: SvgBuilder::default().to_str(&code) }))
}

/// The time step of a code, where it is right now and later than the last one that was taken.
///
/// # Errors
/// `internal` when the row was changed behind the service's back.
pub fn step(
    services: &Services,
    account: &account::Model,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let Some(secret) = opened(services, account)? else { return Ok(None) };
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = of_secret(&secret)?.check(&code, seconds).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| account.totp_last_step.is_none_or(|last| *step > last)))
}

/// New codes on paper in place of all older ones; shown this once.
///
/// # Errors
/// When the database does not answer.
pub async fn new_paper(services: &Services, tx: &Tx, account: Uuid) -> Result<Vec<String>> {
    use recovery_code::Column;
    recovery_code::Entity::delete_many().filter(Column::AccountId.eq(account)).exec(tx.db()).await?;
    let seal = Seal::new(&services.keyring, SealedFor::Recovery);
    let codes: Vec<String> = (0..PAPER).map(|_| hex(&tx.random::<8>())).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        account_id: Set(account),
        hash: Set(seal.mark(account, code)),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// A code as it is written down, in groups of four.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Uses a code on paper up; whether it was good.
///
/// # Errors
/// When the database does not answer.
pub async fn take_paper(services: &Services, tx: &Tx, account: Uuid, code: &str) -> Result<bool> {
    use recovery_code::Column;
    let code: String = code.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
    if code.len() != 16 {
        return Ok(false);
    }
    let hash = Seal::new(&services.keyring, SealedFor::Recovery).mark(account, &code);
    let used = recovery_code::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.now()))
        .filter(Column::AccountId.eq(account).and(Column::Hash.eq(hash)).and(Column::UsedAt.is_null()))
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}

/// The codes on paper of an account go.
///
/// # Errors
/// When the database does not answer.
pub async fn burn_paper(tx: &Tx, account: Uuid) -> Result<()> {
    let own = recovery_code::Column::AccountId.eq(account);
    recovery_code::Entity::delete_many().filter(own).exec(tx.db()).await?;
    Ok(())
}

/// Whether a role that the account holds asks for a second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn needed(db: &impl ConnectionTrait, account: Uuid, now: DateTime<Utc>) -> Result<bool> {
    use role_grant::Column;
    let live = Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now));
    let rows = role_grant::Entity::find()
        .filter(Column::AccountId.eq(account).and(Column::WithdrawnAt.is_null()).and(live))
        .all(db)
        .await?;
    Ok(rows.iter().filter_map(|row| Role::parse(&row.role)).any(needs_second_factor))
}
