//! The documentation states facts; here they are compared with the code.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use sanggar::{
    certification::certificate::state::CertificateStatus,
    community::activity::state::ActivityStatus,
    community::artefact::rule::ArtefactStatus,
    community::credit::{rule::CreditReason, scheme::state::CreditSchemeStatus},
    community::series::state::MeetingSeriesStatus,
    community::{
        book::state::ReadingStatus,
        observation::{instrument::state::InstrumentStatus, state::ObservationStatus},
    },
    community::{
        discussion::state::CommentStatus,
        moderation::state::{AppealStatus, ReportStatus},
        proposal::state::ProposalStatus,
    },
    community::{group::state::CommunityStatus, membership::state::MembershipStatus},
    config::SETTINGS,
    directory::{correction::rule::CorrectionStatus, resource_person::rule::CompetenceStatus},
    identity::account::rule::AccountStatus,
    identity::client::rule::OAuthClientStatus,
    identity::role::view::RoleGrantState,
    privacy::breach::state::BreachStatus,
    rest::openapi::DOCUMENT,
    training::{batch::state::BatchStatus, enrolment::rule::EnrolmentStatus, program::rule::ProgramStatus},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every page, with its path.
fn pages() -> Vec<(PathBuf, String)> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md"].iter().map(|name| root().join(name)).collect();
    for folder in ["docs", "docs/adr", "docs/id"] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        paths.extend(entries.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The text between two-level headings named `title`.
fn section<'a>(page: &'a str, title: &str) -> &'a str {
    let start = page.split_once(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("no section {title}")).1;
    start.split("\n## ").next().unwrap()
}

/// The first cells of a table's rows that are in backticks.
fn row_names(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name))
        .collect()
}

/// The words in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_states_page_names_every_state_and_no_other() {
    let page = read("docs/states.md");
    fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> BTreeSet<&'static str> {
        all.iter().copied().map(name).collect()
    }
    for (title, states) in [
        ("Program", names(ProgramStatus::ALL, ProgramStatus::as_str)),
        ("Batch", names(BatchStatus::ALL, BatchStatus::as_str)),
        ("Enrolment", names(EnrolmentStatus::ALL, EnrolmentStatus::as_str)),
        ("Certificate", names(CertificateStatus::ALL, CertificateStatus::as_str)),
        ("Activity", names(ActivityStatus::ALL, ActivityStatus::as_str)),
        ("Credit scheme", names(CreditSchemeStatus::ALL, CreditSchemeStatus::as_str)),
        ("Meeting series", names(MeetingSeriesStatus::ALL, MeetingSeriesStatus::as_str)),
        ("Artefact", names(ArtefactStatus::ALL, ArtefactStatus::as_str)),
        ("Community", names(CommunityStatus::ALL, CommunityStatus::as_str)),
        ("Membership", names(MembershipStatus::ALL, MembershipStatus::as_str)),
        ("Competence of a resource person", names(CompetenceStatus::ALL, CompetenceStatus::as_str)),
        ("Observation instrument", names(InstrumentStatus::ALL, InstrumentStatus::as_str)),
        ("Peer observation", names(ObservationStatus::ALL, ObservationStatus::as_str)),
        ("Book reading", names(ReadingStatus::ALL, ReadingStatus::as_str)),
        ("Comment", names(CommentStatus::ALL, CommentStatus::as_str)),
        ("Proposal", names(ProposalStatus::ALL, ProposalStatus::as_str)),
        ("Appeal", names(AppealStatus::ALL, AppealStatus::as_str)),
        ("Account", names(AccountStatus::ALL, AccountStatus::as_str)),
        ("Report", names(ReportStatus::ALL, ReportStatus::as_str)),
        ("Given role", names(RoleGrantState::ALL, RoleGrantState::as_str)),
        ("Correction", names(CorrectionStatus::ALL, CorrectionStatus::as_str)),
        ("App or system", names(OAuthClientStatus::ALL, OAuthClientStatus::as_str)),
        ("Breach", names(BreachStatus::ALL, BreachStatus::as_str)),
    ] {
        assert_eq!(row_names(section(&page, title)).into_iter().collect::<BTreeSet<_>>(), states, "{title}");
    }
}

#[test]
fn the_page_about_credit_explains_every_reason() {
    let page = read("docs/earn-credit.md");
    let told: BTreeSet<&str> = row_names(&page).into_iter().filter(|name| *name != "reason").collect();
    assert_eq!(told, CreditReason::ALL.iter().map(|reason| reason.as_str()).collect());
}

#[test]
fn every_code_the_pages_name_has_words() {
    let english: String = std::fs::read_dir(root().join("locales/en"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let mut named = 0;
    for (path, text) in pages() {
        for part in text.split("Refusals:").skip(1) {
            let end = part.find("\n\n").unwrap_or(part.len());
            for code in quoted(&part[..end]) {
                let key = format!("\n{} =", code.replace('_', "-"));
                assert!(english.contains(&key), "{}: {code} is no code of ours", path.display());
                named += 1;
            }
        }
    }
    assert!(named > 20, "only {named} codes were found");
}

#[test]
fn the_operations_page_explains_every_setting() {
    let page = read("docs/operate.md");
    let told: BTreeSet<&str> = row_names(section(&page, "Settings")).into_iter().collect();
    let settings: Vec<String> =
        SETTINGS.iter().map(|(name, ..)| format!("SANGGAR_{}", name.to_uppercase())).collect();
    assert_eq!(told, settings.iter().map(String::as_str).collect());
}

#[test]
fn every_address_the_pages_name_is_served() {
    let served: Vec<&String> = DOCUMENT["paths"].as_object().unwrap().keys().collect();
    let mut named = 0;
    for (path, text) in pages() {
        for (at, _) in text.match_indices("/v1/") {
            let end = |c: char| c.is_whitespace() || "`\"'?,;:)\\".contains(c);
            let address = text[at..].split(end).next().unwrap().trim_end_matches(['/', '.']);
            assert!(
                served.iter().any(|template| fits(template, address)),
                "{}: {address} is not served",
                path.display()
            );
            named += 1;
        }
    }
    assert!(named > 5, "only {named} addresses were found");
}

/// Whether `address` is one of `template`'s; a variable or a placeholder stands for any part.
fn fits(template: &str, address: &str) -> bool {
    let (template, address): (Vec<_>, Vec<_>) = (template.split('/').collect(), address.split('/').collect());
    template.len() == address.len()
        && template.iter().zip(&address).all(|(t, a)| (t.starts_with('{') && !a.is_empty()) || t == a)
}

/// What is pasted into the explorer and what a shell runs must not drift apart.
#[test]
fn every_body_to_paste_is_the_body_of_the_command_below_it() {
    let page = read("docs/run-a-training-from-the-explorer.md");
    let (mut bodies, mut found) = (Vec::new(), 0);
    for part in page.split("\n```").filter(|part| part.starts_with("json\n") || part.starts_with("sh\n")) {
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        if let Some(json) = part.strip_prefix("json\n") {
            serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|e| panic!("{e}: {json}"));
            bodies.push(squeezed(json));
            continue;
        }
        // A variable of the shell stands where the page has its name.
        let shell = squeezed(part).replace("\"'\"$", "\"").replace("\"'\"", "\"");
        for body in bodies.drain(..) {
            assert!(shell.contains(&body), "{body} is not in {shell}");
            found += 1;
        }
    }
    assert!(bodies.is_empty() && found >= 6, "{found} bodies were compared, {} left over", bodies.len());
}

/// A refused row says that the page lists the values, so it does.
#[test]
fn the_import_page_lists_every_value_that_a_column_takes() {
    use sanggar::directory::{
        person::rule::{Employment, PersonKind, Sex},
        school::rule::{Ownership, SchoolLevel},
    };
    let page = read("docs/import-files.md");
    let values: BTreeSet<&str> = quoted(section(&page, "Values")).collect();
    for listed in [
        PersonKind::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>(),
        Employment::ALL.iter().map(|v| v.as_str()).collect(),
        Sex::ALL.iter().map(|v| v.as_str()).collect(),
        SchoolLevel::ALL.iter().map(|v| v.as_str()).collect(),
        Ownership::ALL.iter().map(|v| v.as_str()).collect(),
    ]
    .concat()
    {
        assert!(values.contains(listed), "docs/import-files.md does not list {listed}");
    }
}

#[test]
fn the_operations_page_names_every_metric() {
    let page = read("docs/operate.md");
    let told: BTreeSet<&str> = quoted(&page).filter(|word| word.starts_with("sanggar_")).collect();
    let mut counted = BTreeSet::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(&entry).unwrap();
            for part in text.split("metrics::").skip(1).filter_map(|part| part.split_once("!(\"")) {
                if ["counter", "gauge", "histogram"].contains(&part.0) {
                    counted.insert(part.1.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    assert_eq!(told, counted.iter().map(String::as_str).collect());
}

#[test]
fn every_link_leads_somewhere() {
    for (path, text) in pages() {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            assert!(path.parent().unwrap().join(file).exists(), "{}: {target}", path.display());
        }
    }
}

#[test]
fn the_page_about_roles_has_every_role_and_every_scope() {
    use sanggar::access::{grant::Role, oauth_scope::OAuthScope};
    let page = read("docs/roles.md");
    let roles: BTreeSet<&str> = row_names(section(&page, "Roles")).into_iter().collect();
    assert_eq!(roles, Role::ALL.into_iter().map(Role::name).collect());
    let scopes: BTreeSet<&str> = row_names(section(&page, "Scopes of apps")).into_iter().collect();
    assert_eq!(scopes, OAuthScope::ALL.iter().map(|scope| scope.as_str()).collect());
}
