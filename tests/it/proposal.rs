//! What members propose, by name or without one, and how it is voted on and decided; through both faces, on
//! both engines. Who wrote an anonymous proposal, and who voted how, is looked for everywhere.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        circle::{Circle, DISTRICT},
        directory::put,
        rows::membership_row,
        socket::Socket,
        voice,
    },
};

const NAME: &str = "Pengusul Sunyi";

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

pub async fn propose(circle: &Circle<'_>, face: Face, person: Uuid, anonymous: bool) -> Value {
    let input =
        json!({ "title": "Pindah ke Kamis", "body": "Sabtu untuk keluarga.", "anonymous": anonymous });
    let args = json!({ "id": circle.community, "input": input, "key": format!("kunci-{}", Uuid::now_v7()) });
    circle.ask(face, person, "create_proposal", args).await.ok()
}

pub async fn open(circle: &Circle<'_>, face: Face, id: &Value, rule: &str, quorum: i32) -> Value {
    let closes_at = circle.app.services.clock.now() + TimeDelta::days(7);
    let input = json!({ "closesAt": closes_at, "rule": rule, "quorumPercent": quorum });
    circle.ask(face, circle.chair, "open_proposal_voting", json!({ "id": id, "input": input })).await.ok()
}

pub async fn vote(circle: &Circle<'_>, face: Face, person: Uuid, id: &Value, choice: &str) -> Outcome {
    let args = json!({ "id": id, "input": { "choice": choice }, "key": format!("suara-{}", Uuid::now_v7()) });
    circle.ask(face, person, "vote_proposal", args).await
}

async fn named(app: &TestApp, person: Uuid) -> BTreeMap<String, usize> {
    voice::named(app, person, NAME).await
}

both_engines! {
    async fn nothing_leads_to_whoever_proposed_anonymously(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.person(NAME).await;
        circle.join(author).await;
        let mut sockets = Vec::new();
        for token in [circle.teacher(circle.chair), app.token(Grant::regional_officer(DISTRICT)), app.ministry()] {
            let mut socket = Socket::open(&app, &token).await;
            socket.follow("1", &circle.community.to_string(), None).await;
            socket.update().await;
            sockets.push(socket);
        }
        let before = named(&app, author).await;
        assert!(before.len() >= 2, "the look finds somebody who is there: {before:?}");
        for face in Face::BOTH {
            let made = propose(&circle, face, author, true).await;
            let id = made["id"].clone();
            assert_eq!((&made["mine"], &made["authorId"], &made["authorName"]), (&json!(true), &Value::Null, &Value::Null));
            let taken_back = propose(&circle, face, author, true).await["id"].clone();
            let args = json!({ "id": taken_back, "key": format!("tarik-{}", Uuid::now_v7()) });
            assert_eq!(circle.ask(face, circle.chair, "withdraw_proposal", args.clone()).await.refused(), "forbidden");
            let gone = circle.ask(face, author, "withdraw_proposal", args.clone()).await.ok();
            assert_eq!(gone["status"], "withdrawn");
            let again = circle.ask(face, author, "withdraw_proposal", args).await.ok();
            assert_eq!(again, gone, "the same request again has the same answer, and no second effect");
            open(&circle, face, &id, "simple_majority", 50).await;
            vote(&circle, face, author, &id, "yes").await.ok();
            vote(&circle, face, author, &id, "no").await.ok();
            let everybody = [
                circle.teacher(circle.chair), circle.teacher(circle.member), app.ministry(), app.token(Grant::ministry_system()),
                app.token(Grant::regional_officer("32")), app.token(Grant::moderator("32")),
                app.token(Grant::principal(circle.country.bandung, None)),
                app.token_of("all", vec![Grant::ministry(), Grant::regional_officer("32"), Grant::moderator("32"), Grant::teacher(circle.chair)]),
            ];
            for token in &everybody {
                for (operation, args) in [("get_proposal", json!({ "id": id })), ("list_proposals", json!({ "id": circle.community }))] {
                    let told = app.call(face, Some(token), operation, args).await.ok();
                    let text = told.to_string();
                    assert!(!text.contains(&author.to_string()) && !text.contains(NAME), "{text}");
                    assert!(!text.contains("\"mine\":true"), "{text}");
                }
            }
            let mine = circle.ask(face, author, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!((&mine["mine"], &mine["voting"]["myVote"]), (&json!(true), &json!("no")));
        }
        assert_eq!(named(&app, author).await, before, "a table names the author more often than before");
        for socket in &mut sockets {
            while let Some(told) = socket.hear_within(Duration::from_millis(600)).await {
                assert!(!told.to_string().contains(&author.to_string()), "{told}");
            }
        }
        for kind in ["proposal.created", "proposal.withdrawn", "proposal.voted"] {
            for event in app.events(kind).await {
                assert_eq!((event.actor.as_str(), event.request_id.as_str()), ("withheld", "withheld"), "{kind}");
            }
        }
        // Two proposals of one author have nothing in common.
        use sea_orm::EntityTrait;
        let rows = entity::proposal::Entity::find().all(app.services.store.reader()).await.unwrap();
        let marks: std::collections::HashSet<_> = rows.iter().map(|row| row.author_mark.clone().unwrap()).collect();
        assert_eq!(marks.len(), rows.len());
        // Nor have the answers that are kept anything in common with what the author did by name.
        let kept = entity::idempotency_key::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(kept.iter().all(|row| !row.key.starts_with("proposal.vote")), "how somebody voted is kept beside a time");
        let (veiled, named): (Vec<_>, Vec<_>) = kept.iter().partition(|row| row.key.starts_with("proposal.create"));
        assert!(veiled.len() >= 2 && !named.is_empty(), "{veiled:?}");
        let differ = |of: fn(&entity::idempotency_key::Model) -> &String| {
            let apart: std::collections::HashSet<_> = veiled.iter().map(|row| of(row)).collect();
            apart.len() == veiled.len() && named.iter().all(|row| !apart.contains(of(row)))
        };
        assert!(differ(|row| &row.caller), "answers to one caller are kept under one name");
        assert!(differ(|row| &row.request_hash), "what was sent with it tells who sent it");
    }

    async fn a_proposal_is_voted_on_and_what_the_vote_came_to_binds(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let made = propose(&circle, face, circle.member, false).await;
            assert_eq!((&made["authorName"], &made["status"], &made["voting"]), (&json!("Dewi"), &json!("open"), &Value::Null));
            let id = made["id"].clone();
            let decide = json!({ "id": id, "input": { "decision": "Mulai bulan depan." } });
            assert_eq!(vote(&circle, face, circle.member, &id, "yes").await.refused(), "proposal_not_voting");
            let args = json!({ "id": id, "input": { "closesAt": "2026-01-01T00:00:00Z", "rule": "two_thirds", "quorumPercent": 0 } });
            assert_eq!(circle.ask(face, circle.member, "open_proposal_voting", args.clone()).await.refused(), "forbidden");
            let outcome = circle.ask(face, circle.chair, "open_proposal_voting", args).await;
            assert_eq!(faults(&outcome), [("/closesAt", "voting_period_out_of_range"), ("/quorumPercent", "quorum_out_of_range")]);
            let opened = open(&circle, face, &id, "two_thirds", 75).await;
            assert_eq!((&opened["voting"]["eligible"], &opened["voting"]["result"]), (&json!(4), &Value::Null));
            assert_eq!(circle.ask(face, circle.member, "withdraw_proposal", json!({ "id": id })).await.refused(), "proposal_not_open");
            for (person, choice) in [(circle.member, "no"), (circle.member, "yes"), (circle.observer, "yes")] {
                vote(&circle, face, person, &id, choice).await.ok();
            }
            for person in [circle.outsider, circle.other_member] {
                assert_eq!(vote(&circle, face, person, &id, "yes").await.refused(), "not_found");
            }
            assert_eq!(circle.ask(face, circle.chair, "decide_proposal", decide.clone()).await.refused(), "voting_still_open");
            let seen = circle.ask(face, circle.chair, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!((&seen["voting"]["turnout"], &seen["voting"]["myVote"], &seen["voting"]["result"]), (&json!(2), &Value::Null, &Value::Null));
            app.pass(TimeDelta::days(8));
            assert_eq!(vote(&circle, face, circle.observed, &id, "yes").await.refused(), "voting_closed");
            let seen = circle.ask(face, circle.chair, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(seen["voting"]["result"]["outcome"], "no_quorum", "three of four had to vote: {seen}");

            let reopen = json!({ "id": id, "input": { "reason": "Terlalu sedikit." } });
            assert_eq!(circle.ask(face, circle.member, "reopen_proposal", reopen.clone()).await.refused(), "forbidden");
            let again = circle.ask(face, circle.chair, "reopen_proposal", reopen.clone()).await.ok();
            assert_eq!((&again["status"], &again["statusReason"], &again["voting"]), (&json!("open"), &json!("Terlalu sedikit."), &Value::Null));
            assert_eq!(open(&circle, face, &id, "two_thirds", 75).await["voting"]["turnout"], 0, "votes of the first time are gone");
            for (person, choice) in [(circle.member, "yes"), (circle.observer, "yes"), (circle.chair, "no")] {
                vote(&circle, face, person, &id, choice).await.ok();
            }
            app.pass(TimeDelta::days(8));
            assert_eq!(circle.ask(face, circle.chair, "reopen_proposal", reopen).await.refused(), "proposal_outcome_binds");
            assert_eq!(faults(&circle.ask(face, circle.chair, "decide_proposal", json!({ "id": id, "input": { "decision": " " } })).await), [("/decision", "reason_missing")]);
            let decided = circle.ask(face, circle.chair, "decide_proposal", decide.clone()).await.ok();
            assert_eq!((&decided["status"], &decided["statusReason"]), (&json!("accepted"), &json!("Mulai bulan depan.")));
            assert_eq!(decided["voting"]["result"], json!({ "yes": 2, "no": 1, "abstain": 0, "outcome": "accepted", "requirements": [
                { "requirement": "quorum", "required": 3, "actual": 3, "met": true },
                { "requirement": "majority", "required": 2, "actual": 2, "met": true } ] }));
            assert_eq!(circle.ask(face, circle.chair, "decide_proposal", decide).await.refused(), "proposal_not_voting");
        }
        assert_eq!(app.events("proposal.decided").await.len(), 2);
    }

    async fn the_moderator_alone_learns_who_it_was_and_the_author_is_told(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.person(NAME).await;
        circle.join(author).await;
        let (near, far) = (app.token(Grant::moderator("32")), app.token(Grant::moderator("35")));
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let id = propose(&circle, face, author, true).await["id"].clone();
            let before = named(&app, author).await;
            let args = json!({ "id": id, "key": format!("buka-{nth}"), "input": { "reason": "Ancaman terhadap rekan" } });
            for token in [app.ministry(), app.token(Grant::ministry_system()), app.token(Grant::regional_officer("32")), circle.teacher(circle.chair),
                circle.teacher(author), app.token(Grant::principal(circle.country.bandung, None)), app.token(Grant::provider_staff(circle.country.provider))] {
                assert_eq!(app.call(face, Some(&token), "unseal_proposal", args.clone()).await.refused(), "forbidden");
            }
            assert_eq!(app.call(face, Some(&far), "unseal_proposal", args.clone()).await.refused(), "not_found");
            let mut silent = args.clone();
            silent["input"]["reason"] = json!(" ");
            assert_eq!(faults(&app.call(face, Some(&near), "unseal_proposal", silent).await), [("/reason", "reason_missing")]);
            let told = app.call(face, Some(&near), "unseal_proposal", args.clone()).await.ok();
            assert_eq!(told, json!({ "proposalId": id, "personId": author, "personName": NAME }));
            assert_eq!(named(&app, author).await, before, "the name is kept somewhere");
            let own = circle.ask(face, author, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(own["unsealings"][0]["reason"], "Ancaman terhadap rekan");
            let seen = circle.ask(face, circle.chair, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(seen["unsealings"], json!([]));
            let by_name = propose(&circle, face, author, false).await["id"].clone();
            let args = json!({ "id": by_name, "input": { "reason": "Ingin tahu" } });
            assert_eq!(app.call(face, Some(&near), "unseal_proposal", args).await.refused(), "proposal_not_anonymous");
            let remove = json!({ "id": id, "input": { "reason": "Menyerang rekan" } });
            assert_eq!(circle.ask(face, circle.chair, "remove_proposal", remove.clone()).await.refused(), "forbidden");
            app.call(face, Some(&near), "remove_proposal", remove.clone()).await.ok();
            assert_eq!(app.call(face, Some(&near), "remove_proposal", remove).await.refused(), "proposal_removed");
            let seen = circle.ask(face, circle.chair, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!((&seen["status"], &seen["title"], &seen["body"]), (&json!("removed"), &Value::Null, &Value::Null));
            let own = circle.ask(face, author, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(own["title"], "Pindah ke Kamis");
        }
        let events = app.events("proposal.unsealed").await;
        assert_eq!(events.len(), 2);
        for event in events {
            assert!(event.actor.starts_with("moderator"), "it says by whom: {}", event.actor);
            assert_eq!(event.payload["reason"], "Ancaman terhadap rekan");
        }
    }

    async fn a_merged_author_still_owns_and_votes_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (old, new) = (circle.person(NAME).await, circle.person("Sri Baru").await);
        for person in [old, new] {
            circle.join(person).await;
        }
        let id = propose(&circle, Face::Rest, old, true).await["id"].clone();
        let voted = propose(&circle, Face::Rest, circle.chair, false).await["id"].clone();
        open(&circle, Face::Rest, &voted, "simple_majority", 10).await;
        for person in [old, new] {
            vote(&circle, Face::Rest, person, &voted, "yes").await.ok();
        }
        use sea_orm::EntityTrait;
        let row = async || entity::proposal::Entity::find_by_id(id.as_str().unwrap().parse::<Uuid>().unwrap()).one(app.services.store.reader()).await.unwrap();
        let before = row().await;
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        assert_eq!(row().await, before, "a merge that touched the proposal would tell whose it is");
        for (face, cast) in Face::BOTH.into_iter().zip(["yes", "no"]) {
            let seen = circle.ask(face, new, "get_proposal", json!({ "id": voted })).await.ok();
            assert_eq!((&seen["voting"]["turnout"], &seen["voting"]["myVote"]), (&json!(1), &json!(cast)), "one human, one vote");
            assert_eq!(vote(&circle, face, new, &voted, "no").await.ok()["voting"]["turnout"], 1);
            let own = circle.ask(face, new, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(own["mine"], true);
            let args = json!({ "id": id, "input": { "reason": "Ancaman" } });
            let told = app.call(face, Some(&app.token(Grant::moderator("32"))), "unseal_proposal", args).await.ok();
            assert_eq!(told["personId"], json!(new), "the record that the author has now");
        }
        let gone = circle.ask(Face::Rest, new, "withdraw_proposal", json!({ "id": id })).await.ok();
        assert_eq!(gone["status"], "withdrawn");
    }

    async fn who_joins_later_does_not_vote_and_no_running_vote_is_broken_off(app: TestApp) {
        let circle = Circle::new(&app).await;
        let late = circle.person("Sri Baru").await;
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            let id = propose(&circle, face, circle.member, false).await["id"].clone();
            open(&circle, face, &id, "simple_majority", 50).await;
            app.pass(TimeDelta::minutes(1));
            if nth == 0 {
                let joined_at = Some(app.services.clock.now());
                let row = membership_row(Uuid::now_v7(), circle.community, late);
                put(&app, entity::membership::Model { joined_at, ..row }).await;
                assert_eq!(vote(&circle, face, late, &id, "yes").await.refused(), "voting_for_earlier_members");
            } else {
                vote(&circle, face, late, &id, "yes").await.ok();
            }
            let reopen = json!({ "id": id, "input": { "reason": "Tidak suka." } });
            assert_eq!(circle.ask(face, circle.chair, "reopen_proposal", reopen).await.refused(), "voting_still_open");
        }
    }

    async fn a_merge_after_voting_has_closed_leaves_the_counts(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (old, new) = (circle.person(NAME).await, circle.person("Sri Baru").await);
        for person in [old, new] {
            circle.join(person).await;
        }
        let id = propose(&circle, Face::Rest, circle.chair, false).await["id"].clone();
        open(&circle, Face::Rest, &id, "simple_majority", 10).await;
        for person in [old, new] {
            vote(&circle, Face::Rest, person, &id, "yes").await.ok();
        }
        app.pass(TimeDelta::days(8));
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama." } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            let seen = circle.ask(face, circle.chair, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!(seen["voting"]["result"]["yes"], 2, "what was shown stays");
        }
    }

    async fn a_merge_while_a_vote_is_broken_off_leaves_one_vote_of_one_human(app: TestApp) {
        let circle = Circle::new(&app).await;
        let moderator = |name: &str| app.token_of(name, vec![Grant::moderator("32")]);
        for face in Face::BOTH {
            let (old, new) = (circle.person(NAME).await, circle.person("Sri Baru").await);
            for person in [old, new] {
                circle.join(person).await;
            }
            let id = propose(&circle, face, circle.member, false).await["id"].clone();
            open(&circle, face, &id, "simple_majority", 10).await;
            for person in [old, new] {
                vote(&circle, face, person, &id, "yes").await.ok();
            }
            app.pass(TimeDelta::days(1));
            let args = json!({ "id": id, "input": { "reason": "Menyerang rekan" } });
            app.call(face, Some(&moderator("m-1")), "remove_proposal", args).await.ok();
            // Long after the vote would have closed.
            app.pass(TimeDelta::days(10));
            let merge = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama." } });
            app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
            let args = json!({ "id": id, "input": { "words": "Tidak menyerang siapa pun." } });
            let appeal = circle.ask(face, circle.member, "appeal_proposal", args).await.ok()["id"].clone();
            let args = json!({ "id": appeal, "input": { "outcome": "upheld", "reason": "Benar" } });
            app.call(face, Some(&moderator("m-2")), "decide_appeal", args).await.ok();
            let seen = circle.ask(face, new, "get_proposal", json!({ "id": id })).await.ok();
            assert_eq!((&seen["status"], &seen["voting"]["turnout"], &seen["voting"]["myVote"]), (&json!("voting"), &json!(1), &json!("yes")));
        }
    }

    async fn a_seal_whose_key_is_gone_is_told_as_that(app: TestApp) {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
        let circle = Circle::new(&app).await;
        let near = app.token(Grant::moderator("32"));
        for face in Face::BOTH {
            let id = propose(&circle, face, circle.member, true).await["id"].clone();
            let uuid = id.as_str().unwrap().parse::<Uuid>().unwrap();
            let row = entity::proposal::Entity::find_by_id(uuid).one(app.services.store.reader()).await.unwrap().unwrap();
            let sealed = row.author_sealed.unwrap();
            let (_, body) = sealed.rsplit_once('.').unwrap();
            entity::proposal::Entity::update_many()
                .col_expr(entity::proposal::Column::AuthorSealed, Expr::value(format!("veil1.tiada.{body}")))
                .filter(entity::proposal::Column::Id.eq(uuid))
                .exec(app.services.store.writer())
                .await
                .unwrap();
            let args = json!({ "id": id, "input": { "reason": "Ancaman terhadap rekan" } });
            assert_eq!(app.call(face, Some(&near), "unseal_proposal", args).await.refused(), "proposal_seal_lost");
        }
        assert!(app.events("proposal.unsealed").await.is_empty());
    }

    async fn every_fault_of_a_proposal_is_told_at_once_and_members_propose(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            for anonymous in [true, false] {
                let args = json!({ "id": circle.community, "input": { "title": "a\u{202E}b", "body": "", "anonymous": anonymous } });
                let outcome = circle.ask(face, circle.member, "create_proposal", args.clone()).await;
                assert_eq!(faults(&outcome), [("/body", "text_missing"), ("/title", "text_has_direction_controls")]);
                assert_eq!(circle.ask(face, circle.outsider, "create_proposal", args.clone()).await.refused(), "forbidden");
                assert_eq!(app.call(face, Some(&app.ministry()), "create_proposal", args).await.refused(), "forbidden");
            }
        }
    }

    async fn a_key_stands_for_one_proposal_by_name_or_without(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.person(NAME).await;
        circle.join(author).await;
        let send = async |face: Face, key: &str, anonymous: bool| {
            let input = json!({ "title": "Pindah ke Kamis", "body": "Sabtu untuk keluarga.", "anonymous": anonymous });
            circle.ask(face, author, "create_proposal", json!({ "id": circle.community, "input": input, "key": key })).await
        };
        let count = async || {
            use sea_orm::{EntityTrait, PaginatorTrait};
            entity::proposal::Entity::find().count(app.services.store.reader()).await.unwrap()
        };
        for (face, anonymous, made) in [(Face::Rest, true, 1), (Face::Rest, false, 2), (Face::Graphql, true, 3), (Face::Graphql, false, 4)] {
            let key = format!("satu-{made}");
            let first = send(face, &key, anonymous).await.ok();
            let before = named(&app, author).await;
            assert_eq!(send(face, &key, !anonymous).await.refused(), "idempotency_key_reused", "{face:?} {anonymous}");
            assert_eq!(named(&app, author).await, before, "being refused leaves no name behind");
            assert_eq!(send(face, &key, anonymous).await.ok(), first, "the first one is still answered");
            assert_eq!(count().await, made);
        }
        // Another member's key of the same name is another key.
        let input = json!({ "title": "Tetap Sabtu", "body": "Kamis ada rapat.", "anonymous": true });
        circle.ask(Face::Rest, circle.member, "create_proposal", json!({ "id": circle.community, "input": input, "key": "satu-2" })).await.ok();
        for (nth, face) in [Face::Rest, Face::Graphql, Face::Rest, Face::Graphql].into_iter().enumerate() {
            let (key, before) = (format!("dua-{nth}"), count().await);
            let (one, other) = tokio::join!(send(face, &key, true), send(face, &key, false));
            let refused: Vec<_> = [one, other].into_iter().filter_map(|outcome| outcome.code).collect();
            assert!(refused.len() == 1 && refused[0].starts_with("idempotency_"), "{refused:?}");
            assert_eq!(count().await, before + 1);
        }
    }

    async fn a_page_of_proposals_costs_the_same_for_few_and_for_many(app: TestApp) {
        let circle = Circle::new(&app).await;
        for _ in 0..20 {
            let id = propose(&circle, Face::Rest, circle.member, true).await["id"].clone();
            open(&circle, Face::Rest, &id, "simple_majority", 10).await;
        }
        for face in Face::BOTH {
            let mut costs = Vec::new();
            for size in [2, 20] {
                let before = app.services.store.statements();
                let args = json!({ "id": circle.community, "first": size });
                circle.ask(face, circle.chair, "list_proposals", args).await.ok();
                costs.push(app.services.store.statements() - before);
            }
            println!("a page of proposals took {costs:?} statements");
            assert_eq!(costs[0], costs[1]);
        }
    }
}
