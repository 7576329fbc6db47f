//! Who is importing: a locked file beside the upload. The lock ends with the process that holds
//! it, however it ends, so nobody has to guess from clocks whether an import still runs.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::view::ImportId;
use crate::access::context::Ctx;
use crate::foundation::error::{Error, Result};

/// Says that this process carries out an import. Dropped, it removes the import's files.
pub struct Claim {
    stem: PathBuf,
    /// Locked as long as it is open.
    _held: File,
}

impl Claim {
    /// Claims a new import.
    ///
    /// # Errors
    /// `unavailable` when the disk does not take it.
    pub fn take(ctx: &Ctx, id: ImportId) -> Result<Self> {
        let folder = ctx.services.settings.data_dir.join("uploads");
        let stem = folder.join(id.to_string());
        let taken = std::fs::create_dir_all(&folder).and_then(|()| {
            // Locked before it has the name that others look for: they never find it unheld.
            let unnamed = stem.with_extension("new");
            let held = File::create_new(&unnamed)?;
            held.lock()?;
            std::fs::rename(&unnamed, stem.with_extension("lock"))?;
            Ok(held)
        });
        match taken {
            Ok(held) => Ok(Self { stem, _held: held }),
            Err(error) => {
                tracing::error!(%error, "the folder of uploads");
                Err(Error::Unavailable("uploads cannot be kept at the moment".into()))
            }
        }
    }

    /// Takes over the claim of a process that is gone; none while its holder lives.
    pub fn inherit(ctx: &Ctx, id: ImportId) -> Option<Self> {
        let stem = ctx.services.settings.data_dir.join("uploads").join(id.to_string());
        let open = |path: &Path| File::options().write(true).open(path);
        // A lock that is not there: from before its file had a name, or long removed.
        let held = open(&stem.with_extension("lock"))
            .or_else(|_| open(&stem.with_extension("new")))
            .or_else(|_| open(&stem.with_extension("part")))
            .ok()?;
        match held.try_lock() {
            Ok(()) => Some(Self { stem, _held: held }),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%error, import = %id, "whether an import still runs cannot be told");
                None
            }
        }
    }

    /// Where the uploaded file is kept.
    pub fn part(&self) -> PathBuf {
        self.stem.with_extension("part")
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        for extension in ["part", "new", "lock"] {
            match std::fs::remove_file(self.stem.with_extension(extension)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a file of an import could not be removed");
                }
                _ => {}
            }
        }
    }
}
