//! Who may do what: the printed policy, and every operation called by those who may not.

mod app_scopes;
mod arguments;
mod asked;
mod expected;
mod land;
mod matrix;
mod operations;
mod oracle;
mod peers;
mod recognised;
mod registered;
mod rows;

use sanggar::{
    access::{action::Action, grant::Role, policy::POLICY},
    rest::openapi::PUBLIC,
};

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        face::{dummy_args, rest_operations},
    },
};

/// Served without a token and without being a command: nothing to refuse.
fn guarded() -> Vec<String> {
    rest_operations().into_iter().filter(|name| !PUBLIC.contains(&name.as_str())).collect()
}

#[test]
fn the_policy_reads_as_it_was_reviewed() {
    let mut lines = Vec::new();
    for action in Action::ALL {
        let cells = Role::ALL.map(|role| {
            let reaches: Vec<_> = POLICY
                .iter()
                .filter(|r| r.0 == role && r.1 == *action)
                .map(|r| format!("{:?}", r.2))
                .collect();
            if reaches.is_empty() { "-".to_owned() } else { reaches.join("+") }
        });
        lines.push(
            format!("{:<24} {}", action.name(), cells.map(|c| format!("{c:<14}")).join(" "))
                .trim_end()
                .to_owned(),
        );
    }
    let head = format!(
        "{:<24} {}",
        "",
        Role::ALL.map(|r| format!("{:<14}", r.name().chars().take(14).collect::<String>())).join(" ")
    );
    insta::assert_snapshot!("policy", format!("{}\n{}", head.trim_end(), lines.join("\n")));
}

both_engines! {
    async fn without_a_token_every_guarded_operation_is_refused_in_both_faces(app: TestApp) {
        for operation in guarded() {
            for face in Face::BOTH {
                if let Some(args) = dummy_args(&operation, face) {
                    let outcome = app.call(face, None, &operation, args).await;
                    assert_eq!(outcome.refused(), "unauthenticated", "{operation} through {face:?}");
                }
            }
        }
    }

    async fn a_token_of_another_service_or_time_is_refused_not_ignored(app: TestApp) {
        let token = app.ministry();
        let (status, _) = app.get("/v1/organisations", Some(&token)).await;
        assert_eq!(status, 200);
        let (body, signature) = token.rsplit_once('.').unwrap();
        let other = if signature.starts_with('A') { 'B' } else { 'A' };
        let forged = format!("{body}.{other}{}", &signature[1..]);
        let (status, problem) = app.get("/v1/organisations", Some(&forged)).await;
        assert_eq!((status, problem["code"].as_str()), (401, Some("token_signature_invalid")));
        app.pass(chrono::TimeDelta::days(400));
        let (status, problem) = app.get("/v1/organisations", Some(&token)).await;
        assert_eq!((status, problem["code"].as_str()), (401, Some("token_expired")));
    }
}
