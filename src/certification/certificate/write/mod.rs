//! Issuing certificates and taking them back.

mod draft;
mod issue;
mod numbers;
mod revoke;

pub use issue::{IssueBatchCertificates, IssueCertificate, IssueCertificateInput};
pub use revoke::{RevokeCertificate, RevokeCertificateInput};
