//! Whatever one face can do, the other can: both lists of operations are walked.

use std::collections::BTreeSet;

use crate::support::face::{graphql_field, graphql_fields, rest_operations};

/// What only one face has, each with its reason.
const REST_ONLY: &[(&str, &str)] = &[
    ("attach_artefact", "the bytes of a file travel as they are; GraphQL carries text"),
    ("get_attachment_content", "the bytes of a file travel as they are; GraphQL carries text"),
    ("get_jwks", "RFC 7517 fixes how keys are published"),
    ("get_calendar", "calendar programs fetch an address; RFC 5545 fixes what they read"),
    ("livez", "an orchestrator asks by address and status"),
    ("readyz", "an orchestrator asks by address and status"),
];
const GRAPHQL_ONLY: &[(&str, &str)] =
    &[("node", "Relay's global object identification"), ("nodes", "Relay's global object identification")];

#[test]
fn every_operation_of_rest_is_a_field_of_graphql_and_back() {
    let spared = |list: &[(&str, &str)], name: &str| list.iter().any(|(spared, _)| *spared == name);
    let rest: BTreeSet<String> = rest_operations()
        .into_iter()
        .filter(|name| !spared(REST_ONLY, name))
        .map(|name| graphql_field(&name))
        .collect();
    let graphql: BTreeSet<String> = ["Query", "Mutation"]
        .into_iter()
        .flat_map(graphql_fields)
        .filter(|name| !spared(GRAPHQL_ONLY, name))
        .collect();
    let only_rest: Vec<_> = rest.difference(&graphql).collect();
    let only_graphql: Vec<_> = graphql.difference(&rest).collect();
    assert!(
        only_rest.is_empty() && only_graphql.is_empty(),
        "only REST: {only_rest:?}; only GraphQL: {only_graphql:?}"
    );
    assert!(rest.len() > 50, "the walk found only {}", rest.len());
}

#[test]
fn nothing_is_spared_that_is_not_there() {
    let rest = rest_operations();
    for (name, _) in REST_ONLY {
        assert!(rest.iter().any(|r| r == name), "{name} is spared but not there");
    }
}
