//! Libraries that others wrote, against the running service: `openid-client` and `jose` (npm), `authlib` (PyPI), run from
//! `tests/clients/oauth`. Where they cannot be installed this says so and does nothing, unless `CI=true` or
//! `SANGGAR_REQUIRE_CLIENTS` is set.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, OnceLock},
    time::Duration,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use p256::{
    SecretKey,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use sanggar::{
    access::keys::Keyring,
    config::Config,
    foundation::{clock::SystemClock, id::Ids, store::Store},
    startup,
};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::stage::{REDIRECT, account_row, client_row, key};
use crate::support::{
    database::{self, Leftover},
    directory::region_row,
    rows::person_row,
};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/oauth");
const TOOLS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/oauth-clients");
const PASSWORD: &str = "tiga gajah menyeberang sungai";

/// Where the clients are installed; `None`, loudly, where they cannot be.
fn tools() -> Option<&'static Path> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match INSTALLED.get_or_init(install) {
        Ok(tools) => Some(tools),
        Err(why) => {
            let needed = std::env::var("CI").is_ok_and(|ci| ci == "true")
                || std::env::var_os("SANGGAR_REQUIRE_CLIENTS").is_some();
            assert!(!needed, "the clients need node with npm and python3: {why}");
            println!("!!! Real clients did NOT sign in: {why}. !!!");
            None
        }
    }
}

/// Copies the scripts and installs what they need beside them, unless that stands there already.
fn install() -> Result<PathBuf, String> {
    let tools = PathBuf::from(TOOLS);
    let told = |e: std::io::Error| format!("{}: {e}", tools.display());
    std::fs::create_dir_all(&tools).map_err(told)?;
    let mut pinned = Vec::new();
    for file in std::fs::read_dir(SCRIPTS).map_err(told)? {
        let file = file.map_err(told)?;
        std::fs::copy(file.path(), tools.join(file.file_name())).map_err(told)?;
    }
    for name in ["package-lock.json", "requirements.txt"] {
        pinned.extend(std::fs::read(tools.join(name)).map_err(told)?);
    }
    if std::fs::read(tools.join("installed")).is_ok_and(|before| before == pinned) {
        return Ok(tools);
    }
    let run = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).current_dir(&tools).stdin(Stdio::null()).output();
        let output = output.map_err(|e| format!("{program}: {e}"))?;
        let why = || format!("{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr).trim());
        if output.status.success() { Ok(()) } else { Err(why()) }
    };
    run("npm", &["ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"])?;
    run("python3", &["-m", "venv", "venv"])?;
    run("venv/bin/pip", &["install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"])?;
    std::fs::write(tools.join("installed"), pinned).map_err(told)?;
    Ok(tools)
}

/// A service that is reached where it says it is, in the time of the clients.
struct Service {
    store: Store,
    url: String,
    _leftover: Leftover,
}

impl Service {
    async fn new() -> Self {
        let (database, leftover) = database::sqlite().await;
        let store = Store::open(&database, database::SIZES).await.unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("http://{free}");
        let settings = Config::usual(&url, leftover.data_dir()).settings();
        let (clock, ring) = (Arc::new(SystemClock), Keyring::ephemeral(7));
        let services =
            startup::assemble(store.clone(), clock, Ids::from_os(), ring, settings, database::SIZES.writers);
        let running =
            startup::Running::bind(Arc::new(services), None, free, Some(1), Duration::from_secs(1)).unwrap();
        tokio::spawn(running.until(std::future::pending()));
        Self { store, url, _leftover: leftover }
    }

    async fn put<M, A>(&self, row: M)
    where
        M: IntoActiveModel<A>,
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        let row = row.into_active_model();
        <A as ActiveModelTrait>::Entity::insert(row)
            .exec_without_returning(self.store.writer())
            .await
            .unwrap();
    }
}

/// Lets a script act on a stage, and expects its last word.
fn acts(tools: &Path, program: &str, script: &str, stage: &Value, last: &str) {
    let mut child = Command::new(program)
        .arg(script)
        .current_dir(tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    write!(child.stdin.take().unwrap(), "{stage}").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.trim().ends_with(last),
        "{script}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn libraries_that_others_wrote_sign_in_act_and_verify() {
    let Some(tools) = tokio::task::spawn_blocking(tools).await.unwrap() else { return };
    let service = Service::new().await;
    let [person, account, phone, system] = std::array::from_fn(|_| Uuid::now_v7());
    service.put(region_row("32", "province", "Jawa Barat")).await;
    service.put(person_row(person, "Siti Aminah", None, "32")).await;
    let salt = b"sixteen bytes :)";
    let hash: PasswordHash = Argon2::default().hash_password_with_salt(PASSWORD.as_bytes(), salt).unwrap();
    let row = account_row(account, Some(person), "siti");
    service.put(entity::account::Model { password_hash: Some(hash.to_string()), ..row }).await;
    service.put(client_row(phone, "Buku Guru")).await;
    let mut public = key(9).1;
    public["kid"] = json!("nine");
    public["alg"] = json!("ES256");
    let row = entity::oauth_client::Model {
        kind: "confidential".to_owned(),
        redirect_uris: json!([]),
        grant_types: json!(["client_credentials"]),
        auth_method: "private_key_jwt".to_owned(),
        jwks: Some(json!({ "keys": [public] })),
        ..client_row(system, "Dapodik")
    };
    service.put(row).await;
    let app = json!({
        "issuer": service.url, "clientId": phone, "redirectUri": REDIRECT, "subject": person,
        "login": "siti", "password": PASSWORD,
    });
    let pem = SecretKey::from_slice(&[9; 32]).unwrap().to_pkcs8_pem(LineEnding::LF).unwrap();
    let machine =
        json!({ "issuer": service.url, "clientId": system, "privateKey": pem.as_str(), "kid": "nine" });
    tokio::task::spawn_blocking(move || {
        acts(tools, "node", "sign-in.mjs", &app, "SIGNED IN");
        let python = tools.join("venv/bin/python");
        acts(tools, python.to_str().unwrap(), "act.py", &machine, "ACTED");
    })
    .await
    .unwrap();
}
