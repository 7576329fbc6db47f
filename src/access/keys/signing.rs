use jsonwebtoken::{DecodingKey, EncodingKey};
use p256::SecretKey;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey as Ecdsa, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use serde_json::Value;

use super::{KeyError, Secret, jwk};

/// A private key of the service, with its public half.
pub struct SigningKey {
    secret: Ecdsa,
    public: PublicKey,
}

impl SigningKey {
    fn new(secret: &SecretKey) -> Self {
        Self { secret: Ecdsa::from(secret), public: PublicKey::new(secret.public_key().into()) }
    }

    /// A key from 32 random bytes, if they are a scalar of P-256 (all but 2⁻³² of them are).
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        SecretKey::from_slice(bytes).ok().map(|secret| Self::new(&secret))
    }

    /// The key that follows from `root` for `purpose`.
    pub(super) fn derive(root: &Secret, purpose: &str) -> Self {
        let mut attempt = 0u32;
        loop {
            let bytes = root.mac(&[b"signing ", &attempt.to_be_bytes(), purpose.as_bytes()]);
            if let Some(key) = Self::from_bytes(&bytes) {
                return key;
            }
            attempt = attempt.wrapping_add(1);
        }
    }

    /// Reads a private key as PKCS#8 PEM.
    ///
    /// # Errors
    /// [`KeyError`] naming `name` (a file or setting) when it is not one on P-256.
    pub fn from_pem(name: impl ToString, pem: &str) -> Result<Self, KeyError> {
        match SecretKey::from_pkcs8_pem(pem.trim()) {
            Ok(secret) => Ok(Self::new(&secret)),
            Err(_) => Err(KeyError::new(
                name,
                "is not a private key on P-256 in PKCS#8 PEM form (-----BEGIN PRIVATE KEY-----)",
                "Convert it with `openssl pkcs8 -topk8 -nocrypt -in KEY.pem`, or move it away and a new key is made at the next start",
            )),
        }
    }

    /// The key as PKCS#8 PEM, for a file of mode 0600 and nothing else.
    pub(super) fn to_pem(&self) -> Result<String, KeyError> {
        match self.secret.to_pkcs8_pem(LineEnding::LF) {
            Ok(pem) => Ok(pem.as_str().to_owned()),
            Err(e) => Err(KeyError::new(self.kid(), format!("cannot be written as PEM: {e}"), "Start again")),
        }
    }

    /// The RFC 7638 thumbprint that names this key.
    pub fn kid(&self) -> &str {
        self.public.kid()
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key in the form that signs JWTs.
    pub(in crate::access) fn for_jwt(&self) -> Result<EncodingKey, KeyError> {
        match self.secret.to_pkcs8_der() {
            Ok(der) => Ok(EncodingKey::from_ec_der(der.as_bytes())),
            Err(e) => Err(KeyError::new(self.kid(), format!("cannot be written as DER: {e}"), "Start again")),
        }
    }

    /// The ES256 signature (r ‖ s, 64 bytes) of `message`. Deterministic (RFC 6979).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.secret.sign(message);
        signature.to_bytes().into()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.kid())
    }
}

/// A public key that proves what the service signed.
#[derive(Debug, Clone)]
pub struct PublicKey {
    kid: String,
    key: VerifyingKey,
    jwt: DecodingKey,
}

impl PublicKey {
    fn new(key: VerifyingKey) -> Self {
        let jwt = DecodingKey::from_ec_der(key.to_encoded_point(false).as_bytes());
        Self { kid: jwk::thumbprint(&key), key, jwt }
    }

    /// Reads a public key as SPKI PEM, or takes the public half of a PKCS#8 private key.
    ///
    /// # Errors
    /// [`KeyError`] naming `name` (a file or setting) when it is neither, on P-256.
    pub fn from_pem(name: impl ToString, pem: &str) -> Result<Self, KeyError> {
        if pem.contains("PRIVATE KEY") {
            return SigningKey::from_pem(name, pem).map(|key| key.public);
        }
        match VerifyingKey::from_public_key_pem(pem.trim()) {
            Ok(key) => Ok(Self::new(key)),
            Err(_) => Err(KeyError::new(
                name,
                "is not a public key on P-256 in PEM form (-----BEGIN PUBLIC KEY-----)",
                "Restore it from a backup; without it nothing that it signed can be verified",
            )),
        }
    }

    /// The key as SPKI PEM.
    pub(super) fn to_pem(&self) -> Result<String, KeyError> {
        self.key
            .to_public_key_pem(LineEnding::LF)
            .map_err(|e| KeyError::new(&self.kid, format!("cannot be written as PEM: {e}"), "Start again"))
    }

    /// The RFC 7638 thumbprint that names this key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Whether `signature` (r ‖ s, 64 bytes) is this key's ES256 signature of `message`.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.key.verify(message, &s).is_ok())
    }

    /// The key in the form that checks JWTs.
    pub(in crate::access) fn for_jwt(&self) -> &DecodingKey {
        &self.jwt
    }

    /// The key as a JWK with `use`, `alg` and `kid`.
    pub fn jwk(&self) -> Value {
        jwk::public(&self.key, &self.kid)
    }
}
