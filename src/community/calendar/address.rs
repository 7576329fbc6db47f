//! The secret in the address of a calendar. It is stored nowhere: the table keeps its SHA-256, and what is kept
//! to answer a repeated request with the same address is no use without the service's own key.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{access::context::Services, foundation::transaction::hex};

/// Bytes of a secret: 160 bits.
const SECRET_BYTES: usize = 20;

/// The secret of the feed `id`, made of `nonce` and the service's key.
pub fn secret(services: &Services, id: Uuid, nonce: &[u8; 16]) -> String {
    let mac = services.keyring.cursor().mac(&[b"sanggar calendar feed", id.as_bytes(), nonce]);
    hex(mac.get(..SECRET_BYTES).unwrap_or(&mac))
}

/// What the table keeps of a secret. It is found by this, so that no comparison can be timed.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The address a calendar program is given.
pub fn url(services: &Services, secret: &str) -> String {
    format!("{}/calendar/{secret}.ics", services.settings.public_url)
}
