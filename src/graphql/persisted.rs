//! Documents seen before. Clients send the same few documents for ever: one that was
//! read, measured and validated once need not be again, and a client may send only its
//! hash (automatic persisted queries, as Apollo's clients speak them).
//!
//! The store is in memory and bounded by bytes. Nothing depends on what it holds: a
//! document it has forgotten is read again, a hash it does not know is answered
//! `PersistedQueryNotFound`, upon which the client sends the text.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::parser::types::ExecutableDocument;
use sha2::{Digest, Sha256};

use super::{
    guard::{self, Limits, Shape},
    normal::{Normals, Types},
};
use crate::foundation::error::{Error, Result};

/// SHA-256 of a document's text.
pub type Hash = [u8; 32];

/// A document that passed the guard.
#[derive(Debug)]
pub struct Document {
    /// The document, as the executor takes it.
    pub parsed: ExecutableDocument,
    /// What it asks for, whatever its variables.
    pub shape: Shape,
    /// Its operations as they are run.
    pub normals: Normals,
    /// The hash of its text.
    pub hash: Hash,
    validated: AtomicBool,
    weight: usize,
}

impl Document {
    /// Reads and measures a text, and lays its operations out as they are run.
    ///
    /// # Errors
    /// Every refusal of the guard that needs no variables; `fields_conflict`.
    pub fn read(text: &str, limits: &Limits, types: &Types) -> Result<Self> {
        let (parsed, lexemes) = guard::read(text, limits)?;
        let shape = Shape::of(&parsed, limits)?;
        let normals = Normals::of(&parsed, types, limits.laid_out)?;
        // No token becomes more than one selection; names and values add their own text. Laid
        // out, a selection can stand in several places: once more for the answer, once to be run.
        let tokens = usize::try_from(lexemes.tokens).unwrap_or(usize::MAX / 2_048);
        let weight = 1_024 + 2 * text.len() + 512 * tokens + 1_024 * normals.selections();
        Ok(Self { parsed, shape, normals, hash: hash_of(text), validated: AtomicBool::new(false), weight })
    }

    /// Whether every rule of validation that does not look at values of variables has passed.
    pub fn is_validated(&self) -> bool {
        self.validated.load(Ordering::Acquire)
    }

    /// Notes that validation passed. The schema does not change while the process lives.
    pub fn mark_validated(&self) {
        self.validated.store(true, Ordering::Release);
    }
}

/// Why there is no document for a request.
#[derive(Debug)]
pub enum Miss {
    /// Only a hash came, and it is not known here: the client sends the text and goes on.
    NotFound,
    /// The guard, or the check of text against hash, says no.
    Refused(Error),
}

/// The store: two generations, the younger one filled until it holds half of the bytes.
/// Then the older one is dropped and the younger takes its place; what is used moves back
/// among the young. So what clients use stays, a flood of new documents pushes out
/// only what nobody asks for, and every step takes constant time.
#[derive(Debug)]
pub struct DocumentCache {
    generations: Mutex<Generations>,
    half: usize,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Hash, Arc<Document>>,
    old: HashMap<Hash, Arc<Document>>,
    young_bytes: usize,
}

impl DocumentCache {
    /// A store of at most `bytes` (an estimate from above of what its documents take).
    pub fn new(bytes: usize) -> Self {
        Self { generations: Mutex::default(), half: bytes / 2 }
    }

    /// The document of a request that brings a text, a hash, or both.
    ///
    /// # Errors
    /// [`Miss::NotFound`] for an unknown hash without a text; `persisted_query_mismatch`
    /// when they do not belong together; every refusal of [`Document::read`].
    pub fn resolve(
        &self,
        text: Option<&str>,
        hash: Option<Hash>,
        limits: &Limits,
        types: &Types,
    ) -> std::result::Result<Arc<Document>, Miss> {
        let Some(text) = text else {
            return hash.and_then(|hash| self.find(&hash)).ok_or(Miss::NotFound);
        };
        if text.len() > limits.text_bytes {
            // Too large to be worth hashing; reading refuses it by its code.
            return Document::read(text, limits, types).map(Arc::new).map_err(Miss::Refused);
        }
        let own = hash_of(text);
        if hash.is_some_and(|claimed| claimed != own) {
            let pointer = "/extensions/persistedQuery/sha256Hash";
            return Err(Miss::Refused(Error::malformed(pointer, "persisted_query_mismatch")));
        }
        if let Some(known) = self.find(&own) {
            return Ok(known);
        }
        let document = Arc::new(Document::read(text, limits, types).map_err(Miss::Refused)?);
        self.keep(own, &document);
        Ok(document)
    }

    /// Whether a hash alone would do now.
    pub fn holds(&self, hash: &Hash) -> bool {
        self.find(hash).is_some()
    }

    fn find(&self, hash: &Hash) -> Option<Arc<Document>> {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = generations.young.get(hash) {
            return Some(Arc::clone(found));
        }
        let found = generations.old.remove(hash)?;
        generations.insert(*hash, &found, self.half);
        Some(found)
    }

    fn keep(&self, hash: Hash, document: &Arc<Document>) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        generations.insert(hash, document, self.half);
    }
}

impl Generations {
    fn insert(&mut self, hash: Hash, document: &Arc<Document>, half: usize) {
        if document.weight > half {
            return;
        }
        if self.young_bytes + document.weight > half {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        if self.young.insert(hash, Arc::clone(document)).is_none() {
            self.young_bytes += document.weight;
        }
    }
}

/// The hash that names a text.
pub fn hash_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

/// Reads a hash as clients write it: 64 hexadecimal digits.
pub fn hash_from_hex(hex: &str) -> Option<Hash> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut hash = Hash::default();
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(bytes: usize) -> DocumentCache {
        DocumentCache::new(bytes)
    }

    fn resolve(
        cache: &DocumentCache,
        text: Option<&str>,
        hash: Option<Hash>,
    ) -> std::result::Result<Arc<Document>, Miss> {
        cache.resolve(text, hash, &Limits::default(), &Types::default())
    }

    #[test]
    fn a_hash_is_known_once_its_text_was_sent() {
        let cache = cache(1 << 20);
        let hash = hash_of("{ a }");
        assert!(matches!(resolve(&cache, None, Some(hash)), Err(Miss::NotFound)));
        let sent = resolve(&cache, Some("{ a }"), Some(hash)).unwrap();
        let again = resolve(&cache, None, Some(hash)).unwrap();
        assert!(Arc::ptr_eq(&sent, &again), "the same document, not read twice");
    }

    #[test]
    fn a_text_under_another_hash_is_refused_and_not_kept() {
        let cache = cache(1 << 20);
        let claimed = hash_of("{ a }");
        let Err(Miss::Refused(error)) = resolve(&cache, Some("{ b }"), Some(claimed)) else {
            panic!("taken")
        };
        assert_eq!(error.code(), "persisted_query_mismatch");
        assert!(matches!(resolve(&cache, None, Some(claimed)), Err(Miss::NotFound)));
    }

    #[test]
    fn what_the_guard_refuses_is_not_kept() {
        let cache = cache(1 << 20);
        let text = "{ ...A } fragment A on Q { ...A }";
        assert!(matches!(resolve(&cache, Some(text), None), Err(Miss::Refused(_))));
        assert!(matches!(resolve(&cache, None, Some(hash_of(text))), Err(Miss::NotFound)));
    }

    #[test]
    fn the_store_stays_within_its_bytes_and_keeps_what_is_used() {
        let cache = cache(64 * 1024);
        let used = hash_of("{ used }");
        resolve(&cache, Some("{ used }"), None).unwrap();
        for i in 0..2_000 {
            resolve(&cache, Some(&format!("{{ flood{i} }}")), None).unwrap();
            assert!(resolve(&cache, None, Some(used)).is_ok(), "pushed out after {i}");
            let generations = cache.generations.lock().unwrap();
            let held = |g: &HashMap<Hash, Arc<Document>>| g.values().map(|d| d.weight).sum::<usize>();
            assert_eq!(held(&generations.young), generations.young_bytes);
            assert!(held(&generations.young) + held(&generations.old) <= 64 * 1024);
        }
        assert!(matches!(resolve(&cache, None, Some(hash_of("{ flood0 }"))), Err(Miss::NotFound)));
    }

    #[test]
    fn a_selection_weighs_no_more_than_is_reckoned_for_a_token() {
        use async_graphql::{Positioned, parser::types};
        assert!(size_of::<Positioned<types::Selection>>() <= 512);
        assert!(size_of::<Positioned<types::Directive>>() <= 512);
        assert!(size_of::<Positioned<types::VariableDefinition>>() <= 512);
    }

    #[test]
    fn hashes_are_64_hexadecimal_digits() {
        let hash = hash_of("x");
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash_from_hex(&hex), Some(hash));
        for bad in
            ["", "ab", &"g".repeat(64), &format!("+{}", &hex[1..]), &format!("{hex}0"), &"é".repeat(32)]
        {
            assert_eq!(hash_from_hex(bad), None, "{bad}");
        }
    }
}
