use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream;
use serde::Deserialize;
use serde_json::json;

use super::*;

static READ: AtomicUsize = AtomicUsize::new(0);

/// A body that counts how often it is read.
#[derive(Debug, ToSchema)]
#[schema(as = CountedForTest)]
#[allow(dead_code, reason = "only its schema counts")]
struct Counted {
    name: String,
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Plain {
            name: String,
        }
        READ.fetch_add(1, Ordering::Relaxed);
        Plain::deserialize(deserializer).map(|plain| Self { name: plain.name })
    }
}

#[test]
fn ten_thousand_unknown_fields_cost_one_reading_and_a_bounded_refusal() {
    let mut body = json!({ "name": "a" });
    for n in 0..10_000 {
        body[n.to_string()] = json!(0);
    }
    let refused = of_value::<super::super::call::Nothing>(&body).unwrap_err();
    let Error::Invalid(faults) = refused else { panic!("{refused}") };
    assert_eq!(faults.len(), fit::MOST_FAULTS);
    assert!(faults.iter().all(|fault| fault.code == "field_unknown"));
    let refused = of_value::<Counted>(&body).unwrap_err();
    let Error::Invalid(faults) = refused else { panic!("{refused}") };
    assert!(faults.len() <= fit::MOST_FAULTS);
    assert!(READ.load(Ordering::Relaxed) <= 1);
    assert!(of_value::<Counted>(&json!({ "name": "a" })).is_ok());
}

#[actix_web::test]
async fn a_client_that_falls_silent_is_not_waited_for() {
    let pace = Pace { idle: Duration::from_millis(20), whole: Duration::from_secs(60) };
    let first = stream::iter([Ok::<_, ()>(Bytes::from_static(b"a"))]);
    let mut silent = Box::pin(first.chain(stream::pending()));
    let end = pace.end();
    assert_eq!(pace.next(&mut silent, end).await.unwrap().as_deref(), Some(b"a".as_slice()));
    assert!(matches!(pace.next(&mut silent, end).await, Err(Error::TimedOut)));
}

#[actix_web::test]
async fn a_client_that_dribbles_is_not_waited_for_either() {
    let pace = Pace { idle: Duration::from_secs(60), whole: Duration::from_millis(20) };
    let drops = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        Some((Ok::<_, ()>(Bytes::from_static(b"a")), ()))
    });
    let (mut drops, end) = (Box::pin(drops), pace.end());
    let ended = loop {
        match pace.next(&mut drops, end).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(ended, Error::TimedOut));
}

#[actix_web::test]
async fn a_body_that_broke_off_is_told_apart_from_a_slow_one() {
    let mut broken = Box::pin(stream::iter([Err::<Bytes, ()>(())]));
    let ended = Pace::BODY.next(&mut broken, Pace::BODY.end()).await.unwrap_err();
    assert_eq!(ended.code(), "body_incomplete");
}
