use proptest::prelude::*;

use super::*;

fn on(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 22).unwrap()
}

fn facts<'a>(provider: &'a str, program: &'a str) -> Facts<'a> {
    Facts { provider, program, issued_on: on(2026, 11) }
}

#[test]
fn a_number_follows_its_scheme() {
    for (scheme, number, scope) in [
        ("{seq:06}/{provider}/{year}", "000042/BBGTKJABAR/2026", "#/BBGTKJABAR/2026"),
        ("{seq}", "42", "#"),
        ("No.{seq:3}/{program}/{month_roman}/{year}", "No.042/PGP1/XI/2026", "No.#/PGP1/XI/2026"),
        ("{provider}{year}{month}-{seq:12}", "BBGTKJABAR202611-000000000042", "BBGTKJABAR202611-#"),
    ] {
        let scheme = NumberScheme::parse(scheme).unwrap();
        assert_eq!(scheme.render(&facts("bbgtk-jabar", "PGP 1"), 42).unwrap(), number);
        assert_eq!(scheme.scope(&facts("bbgtk-jabar", "PGP 1")).unwrap(), scope);
    }
}

#[test]
fn a_scheme_that_cannot_work_is_refused_by_name() {
    for (scheme, code) in [
        ("", "number_scheme_seq_missing"),
        ("{provider}/{year}", "number_scheme_seq_missing"),
        ("{seq}/{seq}", "number_scheme_seq_twice"),
        ("{seq}/{name}", "number_scheme_placeholder_unknown"),
        ("{seq}/{}", "number_scheme_placeholder_unknown"),
        ("{seq}/{year", "number_scheme_brace_open"),
        ("{seq:0}", "number_scheme_seq_width"),
        ("{seq:13}", "number_scheme_seq_width"),
        ("{seq:x}", "number_scheme_seq_width"),
        ("{seq}{year}", "number_scheme_seq_not_apart"),
        ("A{seq}", "number_scheme_seq_not_apart"),
        ("{provider}{seq}/A", "number_scheme_seq_not_apart"),
        ("{seq} {year}", "number_scheme_character"),
        ("{seq}/é", "number_scheme_character"),
        ("{seq}/}", "number_scheme_character"),
        ("{seq}/{provider}/{program}/{provider}/A{year}", "number_scheme_too_long"),
    ] {
        let fault = NumberScheme::parse(scheme).unwrap_err();
        assert_eq!(fault.code, code, "{scheme}");
    }
    let unknown = NumberScheme::parse("{seq}/{name}").unwrap_err();
    assert!(unknown.args.contains(&("placeholder", "name".to_owned())));
    assert!(unknown.args.contains(&("allowed", PLACEHOLDERS.to_owned())));
}

#[test]
fn a_code_without_letters_and_a_sequence_without_end_are_refused() {
    let scheme = NumberScheme::parse("{seq}/{provider}").unwrap();
    let code = |provider, seq| scheme.render(&facts(provider, ""), seq).map_err(|e| e.code());
    assert_eq!(code("--", 1), Err("certificate_number_code_missing"));
    assert_eq!(code("A", 999_999_999_999), Ok("999999999999/A".into()));
    assert_eq!(code("A", 1_000_000_000_000), Err("certificate_numbers_exhausted"));
}

/// Every code of up to three of these letters, two of which look like the scheme's own.
fn codes() -> Vec<String> {
    let letters = ["A", "1", "/"];
    let mut codes = vec![String::new()];
    for length in 0..3 {
        let longer: Vec<String> = codes.iter().filter(|c| c.len() == length).cloned().collect();
        codes.extend(longer.iter().flat_map(|c| letters.map(|l| format!("{c}{l}"))));
    }
    codes
}

#[test]
fn codes_that_look_like_the_scheme_cannot_make_two_numbers_alike() {
    for scheme in ["{provider}/{seq}/{program}", "{seq}/{provider}{program}", "{provider}{program}/{seq:2}"] {
        let scheme = NumberScheme::parse(scheme).unwrap();
        let mut seen = std::collections::HashMap::new();
        for (provider, program) in
            codes().iter().flat_map(|a| codes().into_iter().map(move |b| (a.clone(), b)))
        {
            let facts = facts(&provider, &program);
            let Ok(scope) = scheme.scope(&facts) else { continue };
            for seq in [1, 11, 111] {
                let counted = (scope.clone(), seq);
                let number = scheme.render(&facts, seq).unwrap();
                assert_eq!(*seen.entry(number).or_insert_with(|| counted.clone()), counted);
            }
        }
        assert!(seen.len() > 100, "the codes do make different numbers");
    }
}

fn scheme() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{provider}".to_owned()),
        Just("{program}".to_owned()),
        Just("{year}".to_owned()),
        Just("{month}".to_owned()),
        Just("{month_roman}".to_owned()),
        "[A-C0-2/.-]{1,2}",
    ];
    let side = proptest::collection::vec(piece, 0..3);
    let seq = prop_oneof![Just("{seq}"), Just("{seq:2}"), Just("{seq:06}")];
    (side.clone(), seq, side).prop_map(|(before, seq, after)| {
        let join =
            |side: &[String], glue: &str| if side.is_empty() { String::new() } else { glue.to_owned() };
        format!("{}{}{seq}{}{}", before.concat(), join(&before, "/"), join(&after, "-"), after.concat())
    })
}

fn code() -> impl Strategy<Value = String> {
    "[A-B0-2/-]{0,2}[A0-1][A-B0-2/.-]{0,3}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn different_scopes_or_sequences_never_share_a_number(
        scheme in scheme(), provider in [code(), code()], program in [code(), code()],
        year in [2000i32..2003, 2000i32..2003], month in [1u32..13, 1u32..13], seq in [1u64..30, 1u64..30],
    ) {
        let Ok(scheme) = NumberScheme::parse(&scheme) else {
            return Err(TestCaseError::reject("too long"));
        };
        let facts = [0, 1].map(|i| Facts {
            provider: &provider[i], program: &program[i], issued_on: on(year[i], month[i]),
        });
        let [one, two] = [0, 1].map(|i| scheme.render(&facts[i], seq[i]).unwrap());
        let scopes = facts.map(|f| scheme.scope(&f).unwrap());
        prop_assert!(one.chars().count() <= MAX_CHARS);
        prop_assert_eq!(one == two, scopes[0] == scopes[1] && seq[0] == seq[1], "{} {}", one, two);
    }
}
