//! An app may do what its scopes say and nothing else, whoever it acts for: somebody with every role comes through an app
//! with every scope but the one that an operation needs, and is refused, or shown what the public sees.

use std::collections::BTreeSet;

use sanggar::access::{
    action::Action,
    grant::{Grant, Role},
    oauth_scope::{OAuthScope, Scopes},
};
use serde_json::{Value, json};

use super::{
    arguments::args,
    guarded,
    land::Land,
    operations::{COMMANDS, LISTS, READS},
    oracle::{Thing, found_by},
};
use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        face::dummy_args,
        identity::{all_but, every_scope},
    },
};

/// What an app must lack for a thing to be closed to it: one scope, or all of them where the public sees a part of it
/// and other nouns stand beside that part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lacking {
    One(OAuthScope),
    All,
}

impl Lacking {
    fn scopes(self) -> Scopes {
        match self {
            Self::One(scope) => all_but(scope),
            Self::All => Scopes::new(),
        }
    }
}

fn lacking(action: Option<Action>, thing: Thing) -> Option<Lacking> {
    let one = |action: Action| Lacking::One(action.scope());
    match (action, thing) {
        (Some(action), _) => Some(one(action)),
        (None, Thing::Artefact | Thing::DraftArtefact) => Some(one(Action::ArtefactRead)),
        (None, Thing::School | Thing::Organisation | Thing::Session) => Some(Lacking::All),
        (None, Thing::Program | Thing::DraftProgram | Thing::Batch | Thing::DraftBatch) => Some(Lacking::All),
        (None, other) => found_by(other).map(one),
    }
}

/// One way to ask for something, without the scopes that it needs.
struct Ask {
    name: &'static str,
    face: Face,
    args: Value,
    lacking: Lacking,
}

/// Every operation on what is the caller's own, of each thing that it is called on.
fn asks(land: &Land) -> Vec<Ask> {
    let side = &land.sides[0];
    let mut asks = Vec::new();
    for face in Face::BOTH {
        for (nth, operation) in READS.iter().chain(COMMANDS).enumerate() {
            let Some(lacking) = lacking(operation.1, operation.2) else { continue };
            asks.push(Ask { name: operation.0, face, args: args(operation, side, face, 700 + nth), lacking });
        }
        for listing in LISTS {
            let Some(lacking) = lacking(listing.2, listing.1) else { continue };
            let mut args = json!({ "first": 20 });
            if let Some(of) = listing.3 {
                args["id"] = json!(side.id(of));
            }
            asks.push(Ask { name: listing.0, face, args, lacking });
        }
    }
    asks
}

/// Every role there is, each as the caller of the matrix holds it.
fn every_role(land: &Land) -> Vec<Grant> {
    Role::ALL.into_iter().map(|role| land.grant(role)).collect()
}

/// Whether something came back that the public does not get.
fn leaks(outcome: &Outcome, public: &Outcome) -> bool {
    match outcome.code.as_deref() {
        Some("insufficient_scope" | "not_found") => false,
        // What a body names and the caller does not come to see is as unknown as what is not there.
        Some("invalid") => !outcome.faults.iter().any(|fault| fault.1 == "reference_unknown"),
        Some(_) => true,
        None if outcome.data.is_null() => false,
        None => public.code.is_some() || outcome.data != public.data,
    }
}

/// What leaks through an app with these scopes, in words.
async fn leaking(
    app: &TestApp,
    land: &Land,
    asks: &[Ask],
    scopes: impl Fn(Lacking) -> Scopes,
) -> BTreeSet<String> {
    let mut tokens = Vec::new();
    let one = OAuthScope::ALL.iter().copied().map(Lacking::One);
    for lacking in one.chain([Lacking::All]) {
        tokens.push((lacking, app.app_token(&every_role(land), scopes(lacking)).await));
    }
    let mut found = BTreeSet::new();
    for ask in asks {
        let token = &tokens.iter().find(|one| one.0 == ask.lacking).unwrap().1;
        let outcome = app.call(ask.face, Some(token), ask.name, ask.args.clone()).await;
        let public = app.call(ask.face, None, ask.name, ask.args.clone()).await;
        if leaks(&outcome, &public) {
            found.insert(format!(
                "{} through {:?} without {:?}: {:?}",
                ask.name, ask.face, ask.lacking, outcome.code
            ));
        }
    }
    found
}

both_engines! {
    async fn whatever_the_person_may_an_app_without_the_scope_may_not(app: TestApp) {
        let land = Land::new(&app).await;
        let before = entity_count(&app).await;
        let asks = asks(&land);
        assert!(asks.len() > 300, "only {} ways to ask", asks.len());
        let found = leaking(&app, &land, &asks, Lacking::scopes).await;
        assert!(found.is_empty(), "{found:#?}");
        // And nothing was done.
        let done = entity_count(&app).await;
        assert_eq!(done, before, "something was done through an app that may not");
    }

    async fn a_hole_in_the_scopes_is_seen_in_every_read_and_list(app: TestApp) {
        let land = Land::new(&app).await;
        // Commands change what others are asked about: what they let through, the matrix sees.
        let reads: BTreeSet<&str> =
            READS.iter().map(|one| one.0).chain(LISTS.iter().map(|one| one.0)).collect();
        let asks: Vec<_> = asks(&land).into_iter().filter(|ask| reads.contains(ask.name)).collect();
        let seen = leaking(&app, &land, &asks, |_| every_scope()).await;
        let unseen: BTreeSet<&str> = asks
            .iter()
            .map(|ask| ask.name)
            .filter(|name| !SEEN_BY_ALL.contains(name))
            .filter(|name| !seen.iter().any(|line| line.starts_with(&format!("{name} "))))
            .collect();
        assert!(unseen.is_empty(), "a hole would not be seen in {unseen:?}");
    }

    async fn through_an_app_without_any_scope_nothing_guarded_answers(app: TestApp) {
        let land = Land::new(&app).await;
        let token = app.app_token(&every_role(&land), Scopes::new()).await;
        for operation in guarded() {
            for face in Face::BOTH {
                let Some(args) = dummy_args(&operation, face) else { continue };
                let outcome = app.call(face, Some(&token), &operation, args).await;
                let code = outcome.code.clone();
                let nothing = code.is_none() && outcome.data.is_null();
                // What a body must have is told before it is known what it is for.
                let refused = matches!(code.as_deref(), Some("insufficient_scope" | "not_found" | "invalid"));
                assert!(nothing || refused, "{operation} through {face:?}: {code:?} {}", outcome.data);
            }
        }
    }

    async fn a_token_without_an_app_is_narrowed_by_no_scope(app: TestApp) {
        let land = Land::new(&app).await;
        let operator = app.token_of("semua", every_role(&land));
        let (mut asked, asks) = (0, asks(&land));
        let reads = READS.iter().map(|one| one.0).chain(LISTS.iter().map(|one| one.0)).collect::<BTreeSet<_>>();
        for ask in asks.iter().filter(|ask| reads.contains(ask.name)) {
            let outcome = app.call(ask.face, Some(&operator), ask.name, ask.args.clone()).await;
            assert_ne!(outcome.code.as_deref(), Some("insufficient_scope"), "{}", ask.name);
            asked += 1;
        }
        assert!(asked > 150, "only {asked}");
    }
}

/// Reads whose things on the caller's own side the public sees as the caller does.
const SEEN_BY_ALL: &[&str] =
    &["get_organisation", "get_school", "list_organisations", "list_schools", "get_session", "list_sessions"];

/// How many commands were done by anybody.
async fn entity_count(app: &TestApp) -> u64 {
    use sea_orm::{EntityTrait, PaginatorTrait};
    entity::audit_entry::Entity::find().count(app.services.store.reader()).await.unwrap()
}
