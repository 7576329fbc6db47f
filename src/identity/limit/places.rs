//! How many requests of one caller run at the same time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::Key;

/// Who has how many requests under way. It holds no more keys than there are such requests.
#[derive(Debug)]
pub struct Places {
    running: Mutex<HashMap<Key, u32>>,
    most: u32,
}

/// One request under way; its place is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    key: Key,
}

impl Places {
    /// `most` for each key.
    pub fn new(most: u32) -> Self {
        Self { running: Mutex::default(), most }
    }

    /// A place for one of `key`, unless all are taken.
    pub fn enter(places: &Arc<Self>, key: Key) -> Option<Place> {
        let mut running = places.running.lock().unwrap_or_else(PoisonError::into_inner);
        let of_key = running.entry(key.clone()).or_insert(0);
        if *of_key >= places.most {
            return None;
        }
        *of_key += 1;
        Some(Place { places: places.clone(), key })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut running = self.places.running.lock().unwrap_or_else(PoisonError::into_inner);
        let left = running.get(&self.key).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            running.remove(&self.key);
        } else {
            running.insert(self.key.clone(), left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_run_as_there_are_places_and_a_place_is_given_back() {
        let places = Arc::new(Places::new(2));
        let key = |name: &str| Key::Caller(name.to_owned());
        let first = Places::enter(&places, key("a"));
        let second = Places::enter(&places, key("a"));
        assert!(first.is_some() && second.is_some());
        assert!(Places::enter(&places, key("a")).is_none());
        assert!(Places::enter(&places, key("b")).is_some(), "another caller's are its own");
        drop(first);
        assert!(Places::enter(&places, key("a")).is_some());
        drop(second);
        assert!(places.running.lock().unwrap().is_empty(), "nothing stays behind");
    }
}
