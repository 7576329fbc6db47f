//! Issuing certificates and taking them back.

mod community;
mod draft;
mod issue;
mod numbers;
mod occasion;
mod revoke;
mod store;

pub use community::{CommunityWork, issue_community_certificate};
pub use issue::{IssueBatchCertificates, IssueCertificate, IssueCertificateInput};
pub use revoke::{RevokeCertificate, RevokeCertificateInput};
