use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Made once: without optimisation the curve takes its time.
static RING: LazyLock<Keyring> = LazyLock::new(|| Keyring::ephemeral(1));
static SIGNED: LazyLock<Signed> = LazyLock::new(|| sample().sign(&RING).unwrap());

fn payload(name: &str, jp: u32, school: Option<String>) -> Payload {
    Payload {
        schema_version: SCHEMA_VERSION,
        certificate_id: Uuid::from_u128(1),
        number: "000001/BBGTK/2026".into(),
        verification_id: VerificationId::from_bytes([7; 16]),
        issuer: Issuer { id: Uuid::from_u128(2), name: "BBGTK Jawa Barat".into() },
        holder: Holder {
            id: Uuid::from_u128(3),
            name: name.into(),
            person_kind: "teacher".into(),
            employment: Some("honorary".into()),
            school_name: school,
            npsn: Some("20219321".into()),
            region_code: Some("32.73".into()),
        },
        program: Program {
            id: Uuid::from_u128(4),
            title: "Pembelajaran Berdiferensiasi".into(),
            form: "in_service".into(),
            jp,
        },
        batch: Some(Batch { id: Uuid::from_u128(5), name: None, kind: BatchKind::Direct, generation: 0 }),
        community: None,
        start_date: NaiveDate::from_ymd_opt(2026, 11, 3).unwrap(),
        end_date: NaiveDate::from_ymd_opt(2026, 11, 7).unwrap(),
        issued_at: WholeSeconds::of(DateTime::from_timestamp_nanos(1_795_355_040_123_456_789)),
        valid_until: None,
        completion: vec![CompletionLine {
            requirement: "attendance_minutes".into(),
            required: 1152,
            actual: Some(1440),
            met: true,
        }],
    }
}

pub(in crate::certification::certificate) fn sample() -> Payload {
    payload("Siti Nurhaliza, S.Pd.", 32, None)
}

#[test]
fn the_canonical_form_is_sorted_without_spaces_and_holds_no_empty_fields() {
    let text = sample().canonical().unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"batch":{"generation":0,"id":"00000000-0000-0000-0000-000000000005","kind":"direct"},"#,
            r#""certificateId":"00000000-0000-0000-0000-000000000001","#,
            r#""completion":[{"actual":1440,"met":true,"required":1152,"requirement":"attendance_minutes"}],"#,
            r#""endDate":"2026-11-07","#,
            r#""holder":{"employment":"honorary","id":"00000000-0000-0000-0000-000000000003","#,
            r#""name":"Siti Nurhaliza, S.Pd.","npsn":"20219321","personKind":"teacher","regionCode":"32.73"},"#,
            r#""issuedAt":"2026-11-22T13:44:00Z","#,
            r#""issuer":{"id":"00000000-0000-0000-0000-000000000002","name":"BBGTK Jawa Barat"},"#,
            r#""number":"000001/BBGTK/2026","#,
            r#""program":{"form":"in_service","id":"00000000-0000-0000-0000-000000000004","jp":32,"#,
            r#""title":"Pembelajaran Berdiferensiasi"},"#,
            r#""schemaVersion":1,"startDate":"2026-11-03","verificationId":"070W3GE1R70W3GE1R70W3GE1R7"}"#,
        )
    );
    assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(hash(&text), sample().sign(&RING).unwrap().hash);
}

#[test]
fn a_signed_certificate_proves_what_it_says() {
    let signed = sample().sign(&RING).unwrap();
    assert_eq!(verify(&RING, &signed.jws).unwrap().payload, sample());
    let header = BASE64.decode(signed.jws.split('.').next().unwrap()).unwrap();
    let value: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(value["typ"], "sanggar-certificate+jws");
    assert_eq!(value["kid"], signed.kid.as_str());
    assert_eq!(serde_json_canonicalizer::to_vec(&value).unwrap(), header, "the header is canonical too");
    assert_eq!(sample().sign(&RING).unwrap(), signed, "the same claim signs to the same bytes");
}

fn earned_in_a_community() -> Payload {
    Payload {
        schema_version: COMMUNITY_SCHEMA_VERSION,
        batch: None,
        community: Some(Community {
            id: Uuid::from_u128(6),
            name: "KKG Gugus Cengkeh".into(),
            kind: "kkg".into(),
            claim_id: Uuid::from_u128(7),
            scheme_code: "PKB-KKG".into(),
            scheme_edition: 1,
            components: vec![Component {
                code: "IN".into(),
                title: "Pertemuan tatap muka".into(),
                activities: 5,
                jp: 50,
            }],
        }),
        ..sample()
    }
}

#[test]
fn work_in_a_community_is_no_training_and_says_where_it_was_done() {
    let said = earned_in_a_community();
    let proven = verify(&RING, &said.sign(&RING).unwrap().jws).unwrap().payload;
    assert_eq!(proven, said);
    assert_eq!((proven.kind(), proven.generation()), (CertificateKind::Community, 0));
    assert!(!said.canonical().unwrap().contains("\"batch\""));
    assert_eq!(sample().kind(), CertificateKind::Direct);
}

#[test]
fn a_payload_without_the_fields_that_its_number_promises_proves_nothing() {
    let both = Payload { community: earned_in_a_community().community, ..sample() };
    let neither = Payload { community: None, ..earned_in_a_community() };
    let trained = Payload { schema_version: COMMUNITY_SCHEMA_VERSION, ..sample() };
    let shared = Payload { schema_version: SCHEMA_VERSION, ..earned_in_a_community() };
    let unknown = Payload { schema_version: 3, ..sample() };
    for odd in [both, neither, trained, shared, unknown] {
        assert_eq!(verify(&RING, &odd.sign(&RING).unwrap().jws), Err(Flaw::Malformed));
    }
}

#[test]
fn another_implementation_verifies_the_signature() {
    let signed = sample().sign(&RING).unwrap();
    let jwk = serde_json::from_value(RING.signer(Purpose::Certificate).public().jwk()).unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
    let (message, signature) = signed.jws.rsplit_once('.').unwrap();
    let es256 = jsonwebtoken::Algorithm::ES256;
    assert!(jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key, es256).unwrap());
}

#[test]
fn neither_another_key_nor_an_access_token_nor_another_spelling_proves_a_certificate() {
    let signed = sample().sign(&RING).unwrap();
    assert_eq!(verify(&Keyring::ephemeral(2), &signed.jws), Err(Flaw::Key));
    let token_key = jws::sign(RING.signer(Purpose::Token), TYP, signed.canonical.as_bytes());
    assert_eq!(verify(&RING, &token_key), Err(Flaw::Key));
    let token_type = jws::sign(RING.signer(Purpose::Certificate), "at+jwt", signed.canonical.as_bytes());
    assert_eq!(verify(&RING, &token_type), Err(Flaw::Type));
    let spaced = signed.canonical.replacen(':', ": ", 1);
    let spaced = jws::sign(RING.signer(Purpose::Certificate), TYP, spaced.as_bytes());
    assert_eq!(verify(&RING, &spaced), Err(Flaw::NotCanonical));
    let more = signed.canonical.replacen('{', r#"{"a":1,"#, 1);
    let more = jws::sign(RING.signer(Purpose::Certificate), TYP, more.as_bytes());
    assert_eq!(verify(&RING, &more), Err(Flaw::Malformed));
}

proptest! {
    #[test]
    fn canonical_form_is_its_own_canonical_form(
        name in any::<String>(), jp in any::<u32>(), school in proptest::option::of("\\PC*"),
    ) {
        let payload = payload(&name, jp, school);
        let text = payload.canonical().unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&serde_json_canonicalizer::to_string(&value).unwrap(), &text);
        let back: Payload = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&back, &payload);
        let signed = payload.sign(&RING).unwrap();
        prop_assert_eq!(verify(&RING, &signed.jws).unwrap().payload, payload);
    }

    #[test]
    fn any_flipped_bit_of_payload_or_signature_fails(part in 0usize..3, at in 0usize..4000, bit in 0u8..8) {
        let signed = &*SIGNED;
        let mut parts: Vec<Vec<u8>> = signed.jws.split('.').map(|p| BASE64.decode(p).unwrap()).collect();
        let at = at % parts[part].len();
        parts[part][at] ^= 1 << bit;
        let changed = parts.iter().map(|p| BASE64.encode(p)).collect::<Vec<_>>().join(".");
        prop_assert!(verify(&RING, &changed).is_err());
    }

    #[test]
    fn any_flipped_bit_of_the_text_fails(at in 0usize..4000, bit in 0u8..7) {
        let mut bytes = SIGNED.jws.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        prop_assert!(verify(&RING, &String::from_utf8(bytes).unwrap()).is_err());
    }
}
