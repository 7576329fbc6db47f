//! The chapters of the document, in the order in which the explorer shows them.

use serde_json::{Value, json};

/// Name and what a newcomer finds there.
const TAGS: &[(&str, &str)] = &[
    (
        "Regions",
        "Provinces, regencies and districts by their official codes, former ones with their successors.",
    ),
    ("Schools", "Schools by national number (NPSN)."),
    ("Organisations", "Whoever offers trainings, verifies competence or looks after a region."),
    ("Accounts", "Who can sign in: invited, blocked, let back in."),
    ("Persons", "Teachers, pre-service teachers, principals, supervisors, administrators and experts."),
    (
        "Corrections",
        "What persons ask to have corrected in their records: answered within 72 hours, with a reason.",
    ),
    ("Resource persons", "Who teaches, what shows their competence, and who verified it."),
    ("Programs", "Curricula: form, hours, audience, pass rule."),
    ("Batches", "One running of a program: place, dates, seats, selection."),
    ("Sessions", "Meetings of a batch, who teaches them, and who was there."),
    ("Enrolments", "One person in one batch, from application to completion."),
    (
        "Certificates",
        "What was completed, signed and frozen; for ministry systems to pull and for anyone to check.",
    ),
    (
        "Communities",
        "Work groups of teachers (KKG, MGMP, school learning communities, book clubs): charter, officers, partners.",
    ),
    ("Memberships", "Who belongs to a community: asked, invited, admitted, gone."),
    ("Meetings", "When communities meet: rules, who could not come, calendars to subscribe to."),
    (
        "Activities",
        "What a community does on a day: planned, held, reported; who was there and what it cost.",
    ),
    (
        "Peer observations",
        "Lessons that colleagues watch for one another, private to the two; and what they agreed to look at.",
    ),
    (
        "Book readings",
        "Books that communities read together, chapter by chapter, with notes of their members.",
    ),
    (
        "Articles",
        "What communities read: articles that members share, pinned ones first, with how many have read each.",
    ),
    (
        "Improvement",
        "What communities set out to improve: a problem with its evidence, a measure before and after, and what was done for it.",
    ),
    (
        "Discussion",
        "What members say about something of their community: comments, replies, mentions, reactions, moderation.",
    ),
    (
        "Apps",
        "Apps and systems that ask for tokens (OAuth 2.1): who is let in, their secrets, how they are used.",
    ),
    ("Proposals", "What members propose, by name or anonymously, secret votes on it, and what was decided."),
    (
        "Moderation",
        "Reports of comments and proposals, the steps of their moderation, and what their authors say against it.",
    ),
    (
        "Artefacts",
        "What communities make: lesson plans, common assessments, good practice; versions, reviews, licences, forks.",
    ),
    (
        "Own learning",
        "What a person plans to learn: goals, evidence, reflections, private until shared; how they see themselves, shown to nobody; suggestions.",
    ),
    (
        "Community credit",
        "Rules by which what communities do adds up to credit hours, how a cycle stands for somebody, and the certificate of it.",
    ),
    (
        "Recognition",
        "How communities go on, month by month, and which are recognised for a year: by published criteria and their own past. No places, and nothing about persons.",
    ),
    (
        "Roles",
        "Roles that accounts and clients hold: given by whoever reaches further, with reason, end and history.",
    ),
    ("Apps of yours", "What you agreed that apps may do for you, and how to withdraw it."),
    ("Registered documents", "GraphQL documents that an app may send which sends no others."),
    ("Imports", "Regions, schools and persons from files as they are."),
    (
        "Sharing and restriction",
        "What a person agrees to share beyond what must be, in which words, and how they take it back; and how the use of a record is restricted.",
    ),
    ("Audit trail", "Who did what to which things, when, why, through which app, and what it changed."),
    (
        "Erasure",
        "Being erased: who asked, what it would do, and what came of it. Certificates stay verifiable, and receivers are told to delete.",
    ),
    (
        "Breaches",
        "Breaches of personal data: the register with its clock of 72 hours, and the notice to those whom one touches.",
    ),
    ("Retention", "How long what is held stays, why, and what of it is due to go."),
    (
        "Personal data",
        "What is held on a person: their own copy of it, and who saw what of it for which purpose.",
    ),
    ("Service", "The caller, keys and probes."),
];

/// As OpenAPI wants them.
pub fn all() -> Value {
    TAGS.iter().map(|(name, description)| json!({ "name": name, "description": description })).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rest::openapi::DOCUMENT;

    #[test]
    fn every_chapter_is_described_and_has_something_in_it() {
        let operations = DOCUMENT["paths"].as_object().unwrap().values();
        let used: BTreeSet<&str> = operations
            .flat_map(|item| item.as_object().unwrap().values())
            .flat_map(|operation| operation["tags"].as_array().unwrap())
            .map(|tag| tag.as_str().unwrap())
            .collect();
        let described: BTreeSet<&str> = TAGS.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, described);
        assert_eq!(described.len(), TAGS.len(), "a chapter is told twice");
    }
}
