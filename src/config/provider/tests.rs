use super::*;

const TABLES: &str = r#"
[[provider]]
name = "belajar-id"
label = "belajar.id"
issuer = "https://accounts.google.com"
client_id = "sanggar.apps.example"
client_secret = "hush-hush"
domains = ["belajar.id", "guru.sd.belajar.id"]

[[provider]]
name = "madrasah"
label = "Akun madrasah"
issuer = "https://masuk.madrasah.example/realms/guru"
client_id = "sanggar"
client_secret = "hush-too"
match = "nuptk"
scopes = ["profile", "nuptk"]
"#;

fn given(toml: &str, variables: &[(&str, &str)]) -> (Vec<Provider>, Vec<String>) {
    use figment::providers::{Format, Toml};
    let tables: Value =
        figment::Figment::from(Toml::string(toml)).extract_inner("provider").unwrap_or_default();
    let mut providers = Providers::default();
    if !tables.is_null() {
        providers.file(tables, "sanggar.toml");
    }
    for (name, value) in variables {
        let rest = name.strip_prefix("SANGGAR_PROVIDER_").unwrap().to_lowercase();
        providers.variable(&rest, (*value).to_owned(), name);
    }
    providers.done()
}

#[test]
fn several_providers_are_told_by_configuration_only() {
    let (providers, faults) = given(TABLES, &[]);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(providers.len(), 2);
    assert_eq!((providers[0].claim.as_str(), providers[1].claim.as_str()), ("email", "nuptk"));
    assert_eq!(providers[0].algorithms, ["RS256", "ES256"]);
    assert_eq!(providers[1].scopes, ["profile", "nuptk"]);
}

#[test]
fn one_provider_comes_from_variables_alone_and_variables_win_over_a_table() {
    let variables = [
        ("SANGGAR_PROVIDER_BELAJAR_ID_LABEL", "Akun belajar.id"),
        ("SANGGAR_PROVIDER_SCHOOL_ISSUER", "https://id.school.example"),
        ("SANGGAR_PROVIDER_SCHOOL_CLIENT_ID", "sanggar"),
        ("SANGGAR_PROVIDER_SCHOOL_CLIENT_SECRET", "1234567890"),
        ("SANGGAR_PROVIDER_SCHOOL_LABEL", "School"),
        ("SANGGAR_PROVIDER_SCHOOL_MATCH", "sub"),
        ("SANGGAR_PROVIDER_SCHOOL_DOMAINS", "a.example, b.example"),
    ];
    let (providers, faults) = given(TABLES, &variables);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(providers.len(), 3);
    assert_eq!(providers[0].label, "Akun belajar.id");
    assert_eq!((providers[2].name.as_str(), providers[2].claim.as_str()), ("school", "sub"));
    assert_eq!(providers[2].domains, ["a.example", "b.example"]);
}

#[test]
fn every_fault_is_told_at_once_and_no_value_is_repeated() {
    let wrong = r#"
[[provider]]
name = "Belajar ID"
issuer = "http://accounts.example"
client_id = ""
client_secret = "hush-hush"
match = "hush hush"
algorithms = ["none"]
language = "jv"
colour = "red"
"#;
    let (_, faults) = given(wrong, &[("SANGGAR_PROVIDER_X_HUSH", "hush-hush")]);
    let all = faults.join("\n");
    for field in ["name", "label", "issuer", "client_id", "match", "algorithms", "language"] {
        assert!(all.contains(&format!(": {field}, from")), "{field}: {all}");
    }
    assert!(all.contains("provider.colour") && all.contains("SANGGAR_PROVIDER_X_HUSH"), "{all}");
    assert!(!all.contains("hush-hush") && !all.contains("hush hush"), "{all}");
}

#[test]
fn a_shared_secret_never_signs_for_a_provider_and_plain_http_stays_here() {
    for algorithm in ["none", "HS256", "HS384", "HS512", "rs256"] {
        let (_, faults) = given(TABLES, &[("SANGGAR_PROVIDER_MADRASAH_ALGORITHMS", algorithm)]);
        assert_eq!(faults.len(), 1, "{algorithm}");
    }
    for (issuer, good) in [
        ("http://127.0.0.1:9000", true),
        ("http://localhost:9000/realm", true),
        ("http://10.0.0.1", false),
        ("https://a.example/?tenant=b", false),
        ("https://a.example/#b", false),
        ("https://user@a.example", false),
        ("ftp://a.example", false),
    ] {
        let (_, faults) = given(TABLES, &[("SANGGAR_PROVIDER_MADRASAH_ISSUER", issuer)]);
        assert_eq!(faults.is_empty(), good, "{issuer}");
    }
}

#[test]
fn two_tables_of_one_name_are_refused() {
    let (_, faults) = given(&TABLES.replace("madrasah\"\nlabel", "belajar-id\"\nlabel"), &[]);
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn a_secret_is_in_no_output() {
    let (providers, _) = given(TABLES, &[]);
    let shown = format!("{providers:?}{}", serde_json::to_string(&providers).unwrap());
    assert!(!shown.contains("hush"), "{shown}");
}
