//! A database and the keys it depends on belong together.

use std::{
    fs,
    path::{Path, PathBuf},
};

use entity::key_fingerprint;
use sanggar::{
    access::{context::Services, keys::Purpose},
    config::Config,
    startup,
};
use sea_orm::EntityTrait;
use tempfile::TempDir;

use crate::support::database::{self, Leftover};

/// A node: its folder, and the database it shares with others.
struct Node {
    folder: TempDir,
    url: String,
}

impl Node {
    fn on(url: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), url: url.to_owned() }
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("data/keys")
    }

    async fn start(&self) -> Result<Services, String> {
        let config = Config {
            database_url: Some(self.url.clone()),
            data_dir: self.folder.path().join("data"),
            readers: 2,
            writers: 2,
            ..Config::default()
        };
        startup::services(&config).await
    }

    async fn starts(&self) -> String {
        let services = self.start().await.unwrap();
        let kid = services.keyring.signer(Purpose::Certificate).kid().to_owned();
        services.store.close().await;
        kid
    }

    async fn refused(&self) -> String {
        match self.start().await {
            Ok(_) => panic!("started"),
            Err(why) => why,
        }
    }

    /// The same keys as `other`.
    fn copy(&self, other: &Self) {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o700).recursive(true).create(self.keys()).unwrap();
        for file in files(&other.keys()) {
            fs::copy(&file, self.keys().join(file.file_name().unwrap())).unwrap();
        }
    }

    fn remove(&self, part: &str) {
        let found: Vec<_> =
            files(&self.keys()).into_iter().filter(|f| f.to_string_lossy().contains(part)).collect();
        assert!(!found.is_empty(), "{part}");
        found.iter().for_each(|file| fs::remove_file(file).unwrap());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map(|all| all.map(|one| one.unwrap().path()).collect()).unwrap_or_default()
}

async fn databases() -> Vec<(String, Leftover)> {
    let mut found = vec![database::sqlite().await];
    found.extend(database::postgres().await);
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_without_the_keys_that_a_database_depends_on_does_not_start() {
    for (url, _leftover) in databases().await {
        let (first, second) = (Node::on(&url), Node::on(&url));
        let kid = first.starts().await;
        assert_eq!(first.starts().await, kid, "again");
        let why = second.refused().await;
        for told in ["certificate.pem", kid.as_str(), "SANGGAR_CERTIFICATE_PEM", "backup"] {
            assert!(why.contains(told), "{told}: {why}");
        }
        assert_eq!(files(&second.keys()), Vec::<PathBuf>::new(), "no key was made");
        second.copy(&first);
        for (file, setting) in [
            ("nik-index.key", "SANGGAR_NIK_INDEX_SECRET"),
            ("nik-encryption.key", "SANGGAR_NIK_ENCRYPTION_SECRET"),
            ("cursor.key", "SANGGAR_CURSOR_SECRET"),
        ] {
            second.remove(file);
            let why = second.refused().await;
            assert!(why.contains(file) && why.contains(setting), "{why}");
            assert!(!second.keys().join(file).exists(), "{file} was made anew");
            second.copy(&first);
        }
        assert_eq!(second.starts().await, kid);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_follows_another_is_taken_where_the_older_one_is_still_known() {
    for (url, _leftover) in databases().await {
        let (first, second) = (Node::on(&url), Node::on(&url));
        let old = first.starts().await;
        second.copy(&first);
        first.remove("certificate.pem");
        let new = first.starts().await;
        assert_ne!(old, new);
        let why = second.refused().await;
        assert!(why.contains(&format!("certificate-{new}.pub.pem")), "{why}");
        second.copy(&first);
        assert_eq!(second.starts().await, new);
        first.remove("certificate.pem");
        first.remove(&format!("certificate-{old}.pub.pem"));
        assert!(first.refused().await.contains(&old), "what proves old certificates is never given up");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_token_key_can_be_given_up_by_saying_so() {
    for (url, _leftover) in databases().await {
        let node = Node::on(&url);
        let services = node.start().await.unwrap();
        let stolen = services.keyring.signer(Purpose::Token).kid().to_owned();
        node.remove("token");
        let why = node.refused().await;
        let says = format!("token-{stolen}.retired");
        assert!(why.contains(&says), "{why}");
        fs::write(node.keys().join(says), "").unwrap();
        let services = node.start().await.unwrap();
        assert!(services.keyring.public(Purpose::Token, &stolen).is_none());
        fs::write(node.keys().join("nik-index-0.retired"), "").unwrap();
        node.remove("nik-index.key");
        assert!(node.refused().await.contains("nik-index"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_at_once_on_an_empty_database_all_come_up() {
    let Some((url, _leftover)) = database::empty_postgres().await else { return };
    let (other, _kept) = database::postgres().await.unwrap();
    let model = Node::on(&other);
    model.starts().await;
    let nodes: Vec<Node> = (0..4)
        .map(|_| {
            let node = Node::on(&url);
            node.copy(&model);
            node
        })
        .collect();
    let started = futures_util::future::join_all(nodes.iter().map(Node::start)).await;
    for services in &started {
        assert!(services.is_ok(), "{:?}", services.as_ref().err());
    }
    let reader = started[0].as_ref().unwrap().store.reader();
    let known = key_fingerprint::Entity::find().all(reader).await.unwrap();
    assert!(known.len() >= 5 && known.iter().all(|row| row.generation == 1), "each key once: {known:?}");
}
