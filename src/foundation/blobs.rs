//! Where files are kept that people bring: a folder, or an object store that speaks S3.
//!
//! A file is kept under the SHA-256 of its bytes: the same file twice is kept once, what is kept never
//! changes, and whoever reads it can tell that it is what was brought.

use std::{
    path::{Path as FilePath, PathBuf},
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};

use super::{
    error::{Error, Result},
    transaction::hex,
};

/// The store of files. It is opened when it is first needed.
#[derive(Clone)]
pub struct Blobs {
    place: Arc<Place>,
    opened: Arc<OnceLock<Opened>>,
}

enum Place {
    Folder(PathBuf),
    #[cfg(feature = "s3")]
    S3(String),
}

#[derive(Clone)]
struct Opened {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl Blobs {
    /// In the folder, or where `url` says instead: `s3://bucket/prefix`, with the keys and the endpoint that the
    /// usual variables `AWS_…` hold. Settings that name what this program was not built for were refused.
    pub fn new(folder: PathBuf, url: Option<&str>) -> Self {
        #[cfg(feature = "s3")]
        let place = url.map_or(Place::Folder(folder), |url| Place::S3(url.to_owned()));
        #[cfg(not(feature = "s3"))]
        let place = {
            let _ = url;
            Place::Folder(folder)
        };
        Self { place: Arc::new(place), opened: Arc::default() }
    }

    /// Opens the store, so that what is wrong with it is known before it is needed.
    ///
    /// # Errors
    /// In words: where, and what is wrong.
    pub fn open(&self) -> std::result::Result<(), String> {
        self.opened().map(|_| ())
    }

    fn opened(&self) -> std::result::Result<Opened, String> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened.clone());
        }
        let opened = match &*self.place {
            Place::Folder(folder) => in_folder(folder),
            #[cfg(feature = "s3")]
            Place::S3(url) => in_s3(url),
        }?;
        Ok(self.opened.get_or_init(|| opened).clone())
    }

    fn store(&self) -> Result<Opened> {
        self.opened().map_err(|error| {
            tracing::warn!(error, "the store of files");
            Error::Unavailable("the store of files cannot be opened".into())
        })
    }

    /// Keeps these bytes; answers the SHA-256 they are found by again.
    ///
    /// # Errors
    /// `unavailable` when the store does not take them.
    pub async fn put(&self, bytes: Bytes) -> Result<String> {
        let hash = hex(&Sha256::digest(&bytes));
        let opened = self.store()?;
        opened.store.put(&opened.place(&hash)?, PutPayload::from_bytes(bytes)).await.map_err(|e| away(&e))?;
        Ok(hash)
    }

    /// The bytes with this hash, piece by piece; nothing when they are not there.
    ///
    /// # Errors
    /// `unavailable` when the store does not answer.
    pub async fn get(&self, hash: &str) -> Result<Option<BoxStream<'static, Result<Bytes>>>> {
        let opened = self.store()?;
        match opened.store.get(&opened.place(hash)?).await {
            Ok(found) => Ok(Some(found.into_stream().map(|piece| piece.map_err(|e| away(&e))).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(away(&error)),
        }
    }

    /// Whether bytes with this hash are kept.
    ///
    /// # Errors
    /// `unavailable` when the store does not answer.
    pub async fn has(&self, hash: &str) -> Result<bool> {
        let opened = self.store()?;
        match opened.store.head(&opened.place(hash)?).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(away(&error)),
        }
    }

    /// Lets go of the bytes with this hash. Those that are not there are gone already.
    ///
    /// # Errors
    /// `unavailable` when the store does not answer.
    pub async fn forget(&self, hash: &str) -> Result<()> {
        let opened = self.store()?;
        match opened.store.delete(&opened.place(hash)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(away(&error)),
        }
    }
}

impl Opened {
    /// `ab/cd/abcd…`: no folder grows too large.
    fn place(&self, hash: &str) -> Result<Path> {
        let bad = || Error::internal("a file's hash", "is none");
        let (one, two) = (hash.get(..2).ok_or_else(bad)?, hash.get(2..4).ok_or_else(bad)?);
        Ok([one, two, hash].into_iter().fold(self.prefix.clone(), |path, part| path.join(part)))
    }
}

fn in_folder(folder: &FilePath) -> std::result::Result<Opened, String> {
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", folder.display());
    std::fs::create_dir_all(folder).map_err(|e| told(&e))?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| told(&e))?.with_fsync(true);
    Ok(Opened { store: Arc::new(store), prefix: Path::default() })
}

#[cfg(feature = "s3")]
fn in_s3(url: &str) -> std::result::Result<Opened, String> {
    // The one in the tree already; a second one would be two sets of ciphers to keep up to date.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let rest = url.strip_prefix("s3://").unwrap_or_default();
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let builder = object_store::aws::AmazonS3Builder::from_env().with_bucket_name(bucket);
    let store = builder.build().map_err(|e| format!("{url}: {e}"))?;
    let prefix = Path::parse(prefix).map_err(|e| format!("{url}: {e}"))?;
    Ok(Opened { store: Arc::new(store), prefix })
}

fn away(error: &object_store::Error) -> Error {
    tracing::warn!(%error, "the store of files");
    Error::Unavailable("the store of files does not answer".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_kept_is_found_again_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::new(folder.path().join("files"), None);
        let hash = blobs.put(Bytes::from_static(b"isi")).await.unwrap();
        assert_eq!(hash, blobs.put(Bytes::from_static(b"isi")).await.unwrap(), "kept once");
        let mut pieces = blobs.get(&hash).await.unwrap().unwrap();
        let mut read = Vec::new();
        while let Some(piece) = pieces.next().await {
            read.extend_from_slice(&piece.unwrap());
        }
        assert_eq!(read, b"isi");
        assert!(blobs.get(&"0".repeat(64)).await.unwrap().is_none());
        assert!(blobs.get("x").await.is_err());
        assert!(blobs.has(&hash).await.unwrap());
        for _ in 0..2 {
            blobs.forget(&hash).await.unwrap();
            assert!(!blobs.has(&hash).await.unwrap(), "gone, also for whoever says so twice");
        }
    }
}
