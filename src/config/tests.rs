use std::path::PathBuf;

use super::*;

/// A folder with these settings files, and what comes of it with these variables.
struct Setting {
    folder: tempfile::TempDir,
}

impl Setting {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn load(&self, file: Option<&str>, variables: &[(&str, &str)]) -> Result<Config, String> {
        let file = file.map(|name| self.path(name));
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::load_from(file.as_deref(), self.folder.path(), variables)
    }

    fn refused(&self, variables: &[(&str, &str)]) -> String {
        match self.load(None, variables) {
            Ok(_) => panic!("{variables:?} were taken"),
            Err(why) => why,
        }
    }
}

#[test]
fn without_anything_given_the_defaults_hold() {
    let config =
        Setting::new(&[]).load(None, &[("HOME", "/root"), ("SANGGAR_REQUIRE_POSTGRES", "1")]).unwrap();
    assert_eq!(config.listen, Config::default().listen);
    assert_eq!(config.public_url(), "http://127.0.0.1:8080");
}

#[test]
fn every_setting_is_taken_from_its_variable() {
    for (name, ..) in SETTINGS {
        let variable = format!("SANGGAR_{}", name.to_uppercase());
        // Some take any text, the others refuse this one by its name.
        match Setting::new(&[]).load(None, &[(&variable, "odd§")]) {
            Ok(config) => {
                assert!(serde_json::to_string(&config).unwrap().contains("odd§"), "{name} was not read");
            }
            Err(why) => assert!(why.contains(&variable), "{name}: {why}"),
        }
    }
}

#[test]
fn every_wrong_value_is_told_at_once_with_its_variable() {
    let why = Setting::new(&[]).refused(&[
        ("SANGGAR_READERS", "many"),
        ("SANGGAR_WRITERS", "0"),
        ("SANGGAR_LISTEN", "here"),
        ("SANGGAR_LOG", "[[["),
        ("SANGGAR_NUMBER_SCHEME", "abc"),
        ("SANGGAR_COLOUR", "red"),
    ]);
    for variable in ["READERS", "WRITERS", "LISTEN", "LOG", "NUMBER_SCHEME", "COLOUR"] {
        assert!(why.contains(&format!("from SANGGAR_{variable}:")), "{variable}: {why}");
    }
    assert_eq!(why.lines().count(), 6, "{why}");
    assert!(why.contains("readers = \"many\"") && why.contains("allowed is 1 to 200"), "{why}");
}

#[test]
fn a_wrong_value_of_a_file_names_the_file() {
    let setting = Setting::new(&[("sanggar.toml", "readers = \"many\"\nwriters = 0\n")]);
    let why = setting.refused(&[]);
    let file = setting.path("sanggar.toml").display().to_string();
    assert_eq!(why.matches(&file).count(), 2, "{why}");
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let setting = Setting::new(&[("broken.toml", "readers = = 3")]);
    let missing = setting.load(Some("nope.toml"), &[]).err().unwrap();
    assert!(missing.contains("nope.toml") && missing.contains("No such file"), "{missing}");
    let broken = setting.load(Some("broken.toml"), &[]).err().unwrap();
    assert!(broken.contains("broken.toml") && broken.contains("TOML"), "{broken}");
}

#[test]
fn variables_win_over_the_file_and_only_the_working_folder_has_one() {
    let setting = Setting::new(&[("sanggar.toml", "readers = 3\nwriters = 4\n"), ("below/other.toml", "")]);
    let config = setting.load(None, &[("SANGGAR_READERS", "5")]).unwrap();
    assert_eq!((config.readers, config.writers), (5, 4));
    let below = Config::load_from(None, &setting.path("below"), []).unwrap();
    assert_eq!(below.readers, Config::default().readers, "a folder above was looked at");
}

#[test]
fn our_own_variable_of_the_database_wins_and_a_password_is_never_repeated() {
    let both =
        [("SANGGAR_DATABASE_URL", "postgres://a:hush@own/x"), ("DATABASE_URL", "postgres://a:hush@other/x")];
    let config = Setting::new(&[]).load(None, &both).unwrap();
    assert_eq!(config.database(), "postgres://a:hush@own/x");
    let why = Setting::new(&[]).refused(&[("DATABASE_URL", "mysql://a:hush@host/x")]);
    assert!(why.contains("from DATABASE_URL") && !why.contains("hush"), "{why}");
}

#[test]
fn secrets_and_keys_are_checked_before_anything_starts_and_not_repeated() {
    for name in
        ["CURSOR_SECRET", "NIK_INDEX_SECRET", "NIK_ENCRYPTION_SECRET", "TOKEN_PEM", "CERTIFICATE_OLDER_PEM"]
    {
        let variable = format!("SANGGAR_{name}");
        let why = Setting::new(&[]).refused(&[(&variable, "zzz-garbage")]);
        assert!(why.contains(&format!("from {variable}:")) && !why.contains("zzz-garbage"), "{why}");
    }
}

#[test]
fn a_secret_of_digits_stays_text() {
    let digits = "1234567890123456789012345678901234567890123";
    // 43 letters of base64url are 32 bytes and two bits that must be nought.
    let why = Setting::new(&[]).load(None, &[("SANGGAR_CURSOR_SECRET", &digits.replace('3', "0"))]);
    assert!(why.is_ok(), "{:?}", why.err());
}

#[test]
fn a_public_address_is_a_scheme_a_host_and_nothing_more() {
    for good in ["https://sanggar.id", "http://127.0.0.1:8080", "https://sanggar.sekolah.id:8443"] {
        assert!(Setting::new(&[]).load(None, &[("SANGGAR_PUBLIC_URL", good)]).is_ok(), "{good}");
    }
    for bad in [
        "https://a b",
        "https://a.b/c",
        "https://a.b/",
        "https://a.b?c",
        "https://a.b#c",
        "https://a@b",
        "https://",
        "ftp://a.b",
        "a.b",
        "",
    ] {
        let why = Setting::new(&[]).refused(&[("SANGGAR_PUBLIC_URL", bad)]);
        assert!(why.contains("from SANGGAR_PUBLIC_URL"), "{bad}: {why}");
    }
}

#[test]
fn every_address_is_reached_at_localhost() {
    assert_eq!(reached_at("0.0.0.0:8080".parse().unwrap()), "http://localhost:8080");
    assert_eq!(reached_at("[::]:81".parse().unwrap()), "http://localhost:81");
    assert_eq!(reached_at("10.1.2.3:82".parse().unwrap()), "http://10.1.2.3:82");
}
