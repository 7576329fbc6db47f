use chrono::{NaiveDate, TimeZone};
use chrono_tz::Asia::Jakarta;

use super::*;
use crate::certification::certificate::rule::CertificateKind;

const BOTH: [Language; 2] = [Language::Indonesian, Language::English];

fn sample(status: CertificateStatus) -> Verification {
    let at = |day, hour| Utc.with_ymd_and_hms(2026, 11, day, hour, 44, 0).unwrap();
    let decided = !matches!(status, CertificateStatus::Valid | CertificateStatus::Expired);
    Verification {
        verification_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV".into(),
        status,
        number: "000042/BBGTKJABAR/2026".into(),
        holder_name: "S*** N********, S.Pd.".into(),
        holder_name_is_whole: false,
        holder_erased: false,
        title: "Kiat Sukses Penerapan Pembelajaran Berdiferensiasi".into(),
        provider_name: "Balai Besar Guru dan Tenaga Kependidikan Jawa Barat".into(),
        hours_jp: 32,
        kind: CertificateKind::Direct,
        community_name: None,
        starts_on: NaiveDate::from_ymd_opt(2026, 11, 3).unwrap(),
        ends_on: NaiveDate::from_ymd_opt(2026, 11, 7).unwrap(),
        // Half past five on the next morning in Jakarta.
        issued_at: at(9, 22),
        valid_until: (status == CertificateStatus::Expired)
            .then(|| NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()),
        status_since: decided.then(|| at(15, 2)),
        superseded_by: (status == CertificateStatus::Superseded).then(|| "7ZZZZZZZZZZZZZZZZZZZZZZZZZ".into()),
        checked_at: at(22, 13),
    }
}

fn found(certificate: Verification, language: Language) -> String {
    render(&Shown::Found(Box::new(certificate)), language, Jakarta).unwrap()
}

fn unknown(asked: &str, language: Language) -> String {
    render(&Shown::Unknown { asked: asked.into() }, language, Jakarta).unwrap()
}

#[test]
fn every_standing_is_told_in_words_and_colour_in_both_languages() {
    for (status, tone, id, en) in [
        (CertificateStatus::Valid, "badge-valid", "asli dan berlaku", "genuine and valid"),
        (CertificateStatus::Revoked, "badge-revoked", "sudah dicabut", "has been revoked"),
        (CertificateStatus::Suspended, "badge-suspended", "sedang ditangguhkan", "is suspended"),
        (CertificateStatus::Superseded, "badge-suspended", "sudah diganti", "has been replaced"),
        (CertificateStatus::Expired, "badge-suspended", "sudah lewat", "has expired"),
    ] {
        for (language, words) in [(Language::Indonesian, id), (Language::English, en)] {
            let html = found(sample(status), language);
            assert!(html.contains(words) && html.contains(tone), "{status:?} {language:?}");
            assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert!(html.contains("href=\"/v1/verifications/01ARZ3NDEKTSV4RRFFQ69G5FAV\""));
            assert!(
                html.contains("01ARZ-3NDEK-TSV4RR-FFQ69-G5FAV") && html.contains("000042/BBGTKJABAR/2026")
            );
        }
    }
}

#[test]
fn only_a_valid_certificate_is_called_valid() {
    for status in CertificateStatus::ALL.iter().copied().filter(|s| *s != CertificateStatus::Valid) {
        for language in BOTH {
            let html = found(sample(status), language);
            assert!(!html.contains("badge-valid") && !html.contains("card-valid"), "{status:?}");
            assert!(!html.contains("asli dan berlaku") && !html.contains("genuine and valid"), "{status:?}");
        }
    }
}

#[test]
fn dates_are_in_words_and_in_the_issuers_zone() {
    let html = found(sample(CertificateStatus::Revoked), Language::Indonesian);
    assert!(html.contains("3–7 November 2026") && html.contains("10 November 2026"), "{html}");
    assert!(html.contains("22 November 2026, 20:44 WIB"));
    assert!(html.contains("<dt>Dicabut</dt><dd>15 November 2026</dd>"));
    let html = found(sample(CertificateStatus::Expired), Language::English);
    assert!(html.contains("<dt>Valid until</dt><dd>20 November 2026</dd>"));
    assert!(found(sample(CertificateStatus::Valid), Language::English).contains("No end date"));
}

#[test]
fn a_replaced_certificate_leads_to_the_new_one() {
    let html = found(sample(CertificateStatus::Superseded), Language::English);
    assert!(html.contains("href=\"/verify/7ZZZZZZZZZZZZZZZZZZZZZZZZZ?lang=en\""));
}

#[test]
fn the_other_language_is_one_step_away() {
    let html = found(sample(CertificateStatus::Valid), Language::Indonesian);
    assert!(
        html.contains("<a href=\"?lang=en\"") && html.contains("<span lang=\"id\" aria-current=\"true\">")
    );
    let html = unknown("X", Language::English);
    assert!(
        html.contains("<a href=\"/verify?id=X&#38;lang=id\"")
            && html.contains("<span lang=\"en\" aria-current=\"true\">")
    );
}

#[test]
fn the_language_is_asked_for_then_accepted_then_indonesian() {
    assert_eq!(language(Some("en"), Some("id")), Language::English);
    assert_eq!(language(Some("id"), Some("en")), Language::Indonesian);
    assert_eq!(language(Some("xx"), Some("en-GB,en;q=0.8")), Language::English);
    assert_eq!(language(None, Some("fr")), Language::Indonesian);
    assert_eq!(language(None, None), Language::Indonesian);
}

#[test]
fn an_erased_holder_is_told_of_in_words_and_not_by_an_empty_line() {
    for (language, words) in [
        (Language::Indonesian, "telah dihapus dari registri"),
        (Language::English, "erased from this registry"),
    ] {
        let erased = Verification {
            holder_name: String::new(),
            holder_erased: true,
            ..sample(CertificateStatus::Valid)
        };
        let html = found(erased, language);
        assert!(html.contains(words) && !html.contains("award-name"), "{html}");
        assert!(!found(sample(CertificateStatus::Valid), language).contains(words));
    }
}

#[test]
fn names_cannot_bring_html_onto_the_page() {
    let page = |text: &str, language| {
        let certificate = Verification {
            number: text.into(),
            holder_name: text.into(),
            title: text.into(),
            provider_name: text.into(),
            superseded_by: Some(text.into()),
            verification_id: text.into(),
            ..sample(CertificateStatus::Superseded)
        };
        found(certificate, language) + &unknown(text, language)
    };
    let evil = "<script>x('1')</script>\"><img src=x onerror=x()>&amp;";
    for language in BOTH {
        let (plain, hostile) = (page("harmless", language), page(evil, language));
        for mark in ['<', '>', '"', '\''] {
            assert_eq!(
                hostile.matches(mark).count(),
                plain.matches(mark).count(),
                "{mark} of a name got through"
            );
        }
        assert_eq!(
            hostile.matches("onerror=x()").count(),
            // The link to the other language has it encoded.
            plain.replace("id=harmless", "").matches("harmless").count(),
            "shown as text"
        );
    }
}

#[test]
fn what_was_asked_for_is_shown_short_and_without_controls() {
    let html = unknown(&format!("A\u{0}\n{}", "B".repeat(10_000)), Language::English);
    assert!(html.contains(&format!(">A{}<", "B".repeat(59))));
    assert!(html.contains("action=\"/verify\"") && html.contains("badge-unknown"));
}

#[test]
fn the_page_keeps_to_its_own_policy() {
    for html in
        [found(sample(CertificateStatus::Valid), Language::English), unknown("X", Language::Indonesian)]
    {
        for banned in ["<script", "<style", " style=", " onclick", "http://", "https://", "javascript:"] {
            assert!(!html.contains(banned), "{banned}");
        }
    }
}

fn earned_in_a_community() -> Verification {
    Verification {
        kind: CertificateKind::Community,
        community_name: Some("KKG Gugus Cengkeh".into()),
        ..sample(CertificateStatus::Valid)
    }
}

#[test]
fn what_was_earned_in_a_community_is_not_called_a_training() {
    for (language, words) in
        [(Language::Indonesian, "bukan pelatihan"), (Language::English, "not a training")]
    {
        let html = found(earned_in_a_community(), language);
        assert!(html.contains("KKG Gugus Cengkeh") && html.contains(words), "{html}");
        assert!(!html.contains("narasumber terverifikasi") && !html.contains("verified resource person"));
    }
}

#[test]
fn every_text_of_the_page_is_there_in_both_languages() {
    for language in BOTH {
        let mut pages: Vec<String> =
            CertificateStatus::ALL.iter().map(|s| found(sample(*s), language)).collect();
        pages.push(found(
            Verification { kind: CertificateKind::Cascade, ..sample(CertificateStatus::Valid) },
            language,
        ));
        pages.push(found(earned_in_a_community(), language));
        pages.push(unknown("X", language));
        pages.push(unknown("000042/BGTK/2026", language));
        pages.push(render(&Shown::Form, language, Jakarta).unwrap());
        let trouble = Shown::Trouble(StatusCode::SERVICE_UNAVAILABLE);
        pages.push(render(&trouble, language, Jakarta).unwrap());
        for html in pages {
            // A text that is missing shows its key, which starts with "verify-".
            let shown = html.replace("verify-foot\"", "");
            assert!(!shown.contains("verify-") && !shown.contains("verify_"), "{shown}");
        }
    }
}

#[test]
fn the_answer_is_never_stored_and_says_whether_it_was_found() {
    let valid = Shown::Found(Box::new(sample(CertificateStatus::Valid)));
    let answer = respond(&valid, Language::English, Jakarta).unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers().get("cache-control").unwrap(), "no-store");
    assert_eq!(answer.headers().get("content-language").unwrap(), "en");
    assert!(
        answer
            .headers()
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let unknown = Shown::Unknown { asked: "X".into() };
    assert_eq!(respond(&unknown, Language::English, Jakarta).unwrap().status(), 404);
}

#[test]
fn what_cannot_be_confirmed_is_never_called_valid_and_is_a_conflict() {
    let shown = Shown::Unconfirmed { asked: "01ARZ3NDEKTSV4RRFFQ69G5FAV".into() };
    for (language, words) in
        [(Language::Indonesian, "tidak dapat dipastikan"), (Language::English, "cannot be confirmed")]
    {
        let html = render(&shown, language, Jakarta).unwrap();
        assert!(html.contains(words) && html.contains("badge-revoked") && !html.contains("badge-valid"));
    }
    assert_eq!(respond(&shown, Language::English, Jakarta).unwrap().status(), 409);
}

#[test]
fn without_a_question_the_page_offers_one() {
    let html = render(&Shown::Form, Language::Indonesian, Jakarta).unwrap();
    assert!(!html.contains("badge-") && !html.contains("card-unknown"), "a question is no verdict");
    assert!(html.contains("Periksa sertifikat") && html.contains("action=\"/verify\""));
    assert_eq!(respond(&Shown::Form, Language::English, Jakarta).unwrap().status(), 200);
}

#[test]
fn what_turns_text_around_is_not_shown_back() {
    let html = unknown("A\u{202E}B\u{2066}C\u{200B}D", Language::English);
    assert!(html.contains(">ABCD<"), "{html}");
}

#[test]
fn a_printed_number_is_told_from_a_code() {
    for (language, words) in
        [(Language::Indonesian, "nomor sertifikat"), (Language::English, "certificate number")]
    {
        let html = unknown("000042/BGTKJABAR/2026", language);
        assert!(html.contains(words) && html.contains("action=\"/verify\""), "{html}");
        assert!(!unknown("00042", language).contains("verify?id=00042/"));
    }
}

#[test]
fn a_title_is_read_out_in_its_own_language() {
    assert!(found(sample(CertificateStatus::Valid), Language::English).contains("<h2 lang=\"id\">Kiat"));
    assert!(found(sample(CertificateStatus::Valid), Language::Indonesian).contains("<h2>Kiat"));
}
