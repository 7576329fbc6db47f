//! Everything that can be asked for, by its one name.
//!
//! `certificate.revoke` is the action; REST's operationId is `revoke_certificate`,
//! GraphQL's field `revokeCertificate`, the event `certificate.revoked`.

macro_rules! actions {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// One thing a caller can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = concat!("`", $text, "`")] $name),+
        }

        impl Action {
            /// Every action, in the order the policy is printed.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// `noun.verb`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

actions! {
    SchoolContacts = "school.contacts",
    SchoolUpdate = "school.update",
    OrganisationRead = "organisation.read",
    OrganisationCreate = "organisation.create",
    OrganisationUpdate = "organisation.update",
    PersonRead = "person.read",
    PersonCreate = "person.create",
    PersonUpdate = "person.update",
    PersonMerge = "person.merge",
    BurdenRead = "burden.read",
    ResourcePersonRead = "resource_person.read",
    ResourcePersonCreate = "resource_person.create",
    CompetenceClaim = "competence.claim",
    CompetenceVerify = "competence.verify",
    CompetenceRefuse = "competence.refuse",
    CompetenceWithdraw = "competence.withdraw",
    ProgramRead = "program.read",
    ProgramCreate = "program.create",
    ProgramUpdate = "program.update",
    ProgramPublish = "program.publish",
    ProgramUnpublish = "program.unpublish",
    ProgramArchive = "program.archive",
    BatchRead = "batch.read",
    BatchCreate = "batch.create",
    BatchUpdate = "batch.update",
    BatchOpen = "batch.open",
    BatchClose = "batch.close",
    BatchExtend = "batch.extend",
    BatchStart = "batch.start",
    BatchFinish = "batch.finish",
    BatchCancel = "batch.cancel",
    BatchRank = "batch.rank",
    BatchSelect = "batch.select",
    BatchComplete = "batch.complete",
    SessionCreate = "session.create",
    SessionUpdate = "session.update",
    SessionDelete = "session.delete",
    SessionClashes = "session.clashes",
    SessionAssign = "session.assign",
    SessionUnassign = "session.unassign",
    BurdenOverride = "burden.override",
    AttendanceRead = "attendance.read",
    AttendanceRecord = "attendance.record",
    EnrolmentRead = "enrolment.read",
    EnrolmentApply = "enrolment.apply",
    EnrolmentReapply = "enrolment.reapply",
    EnrolmentAccept = "enrolment.accept",
    EnrolmentWaitlist = "enrolment.waitlist",
    EnrolmentReject = "enrolment.reject",
    EnrolmentWithdraw = "enrolment.withdraw",
    EnrolmentScore = "enrolment.score",
    EnrolmentComplete = "enrolment.complete",
    EnrolmentReopen = "enrolment.reopen",
    CertificateRead = "certificate.read",
    CertificateIssue = "certificate.issue",
    CertificateRevoke = "certificate.revoke",
    ImportRead = "import.read",
    ImportStart = "import.start",
}
