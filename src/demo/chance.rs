//! Chance that is the same every time.

/// A small generator (SplitMix64): its stream may never change with a library's version.
pub struct Chance(u64);

impl Chance {
    /// The stream of `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.next() % end }
    }

    /// True in about `percent` of a hundred cases.
    pub const fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `list`; `None` of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.below(list.len() as u64);
        list.get(usize::try_from(at).unwrap_or_default())
    }

    /// The value whose share of the weights is hit; the last one where none is.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u64)]) -> Option<T> {
        let total = list.iter().map(|(_, weight)| weight).sum();
        let mut hit = self.below(total);
        for (value, weight) in list {
            if hit < *weight {
                return Some(*value);
            }
            hit -= weight;
        }
        list.last().map(|(value, _)| *value)
    }
}
