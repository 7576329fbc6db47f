//! A redacted certificate is believed only as it was left, and only with the event of the erasure.

use sanggar::certification::certificate::{payload::hash, redact};

use super::*;
use crate::erasure::{Kenari, erased, kenari};

both_engines! {
    async fn an_edit_of_what_is_left_is_found_and_so_is_a_name_put_back(app: TestApp) {
        use certificate_payload::Column as P;
        let world = World::new(&app).await;
        let Kenari { id: person, made, jws, .. } = kenari(&world).await;
        let read = || certificate_payload::Entity::find_by_id(id(&made)).one(app.services.store.reader());
        let whole = read().await.unwrap().unwrap();
        erased(&world, Face::Rest, person).await;
        let left = read().await.unwrap().unwrap();
        assert!(redact::verify(&app.services.keyring, &left.jws).is_ok() && whole.jws == jws);
        let db = app.services.store.writer();
        let text = left.payload.replace("\"jp\":32", "\"jp\":64");
        assert_ne!(text, left.payload);
        let cases: Vec<Vec<(P, String)>> = vec![
            vec![(P::Payload, text.clone())],
            vec![(P::Hash, hash(&text)), (P::Payload, text)],
            vec![(P::Hash, whole.hash.clone())],
            vec![(P::Jws, whole.jws.clone())],
            vec![(P::Payload, whole.payload.clone()), (P::Hash, whole.hash.clone()), (P::Jws, whole.jws.clone())],
        ];
        for case in cases {
            let mut update = certificate_payload::Entity::update_many().filter(P::CertificateId.eq(id(&made)));
            for (column, value) in &case {
                update = update.col_expr(*column, Expr::value(value.as_str()));
            }
            update.exec(db).await.unwrap();
            assert_eq!(asked(&app, &made, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"), "{case:?}");
            assert!(faults(&app).await.iter().any(|fault| fault.contains(&id(&made).to_string())), "{case:?}");
            left.clone().into_active_model().reset_all().update(db).await.unwrap();
        }
        edit(&app, id(&made), &[(certificate::Column::HolderName, Expr::value("Kenari Sukmawati, S.Pd."))]).await;
        assert_eq!(asked(&app, &made, Face::Graphql).await.as_deref(), Some("certificate_integrity_failed"));
        edit(&app, id(&made), &[(certificate::Column::HolderName, Expr::value(""))]).await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
        // Nor does the redacted form pass where nobody was erased.
        let (other, _) = two(&world).await;
        let forged = left.payload.replace(&id(&made).to_string(), &id(&other).to_string());
        let mut update = certificate_payload::Entity::update_many().filter(P::CertificateId.eq(id(&other)));
        for (column, value) in [(P::Hash, hash(&forged)), (P::Payload, forged), (P::Jws, left.jws.clone())] {
            update = update.col_expr(column, Expr::value(value));
        }
        update.exec(db).await.unwrap();
        assert_eq!(asked(&app, &other, Face::Rest).await.as_deref(), Some("certificate_integrity_failed"));
    }

    async fn a_certificate_that_was_changed_before_is_not_signed_anew(app: TestApp) {
        let world = World::new(&app).await;
        let Kenari { id: person, made, .. } = kenari(&world).await;
        edit(&app, id(&made), &[(certificate::Column::HoursJp, Expr::value(320))]).await;
        let asked = crate::erasure::ask(&world, Face::Rest, person).await;
        let refused = app.call(Face::Rest, Some(&app.ministry()), "approve_erasure", json!({ "id": asked["id"] })).await;
        assert_eq!(refused.code.as_deref(), Some("certificate_integrity_failed"));
        assert!(app.events("person.erased").await.is_empty());
    }
}
