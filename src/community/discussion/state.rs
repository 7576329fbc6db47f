//! The states of a comment: visible ⇄ hidden(code, reason); visible or hidden → withdrawn by its author.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a comment stands.
    pub enum CommentStatus {
        /// To be read.
        Visible = "visible",
        /// Hidden, for a stated reason; its author and who moderates still read it.
        Hidden = "hidden",
        /// Taken back by its author: the text is gone, the place remains. Final.
        Withdrawn = "withdrawn",
    }
}

impl CommentStatus {
    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    /// That it may be changed, replied to and reacted to.
    ///
    /// # Errors
    /// `comment_not_visible` with `status`.
    pub fn require_visible(self) -> Result<()> {
        if self == Self::Visible { Ok(()) } else { Err(self.refused("comment_not_visible")) }
    }

    /// visible → hidden.
    ///
    /// # Errors
    /// `comment_not_visible` with `status`.
    pub fn hide(self) -> Result<Self> {
        self.require_visible().map(|()| Self::Hidden)
    }

    /// hidden → visible.
    ///
    /// # Errors
    /// `comment_not_hidden` with `status`.
    pub fn restore(self) -> Result<Self> {
        if self == Self::Hidden { Ok(Self::Visible) } else { Err(self.refused("comment_not_hidden")) }
    }

    /// visible or hidden → withdrawn.
    ///
    /// # Errors
    /// `comment_withdrawn` with `status`.
    pub fn withdraw(self) -> Result<Self> {
        if self == Self::Withdrawn { Err(self.refused("comment_withdrawn")) } else { Ok(Self::Withdrawn) }
    }
}

#[cfg(test)]
mod tests {
    use super::{CommentStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(CommentStatus::ALL, CommentStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        type Step = fn(CommentStatus) -> Result<CommentStatus>;
        let steps: [(Step, &[CommentStatus], CommentStatus); 3] = [
            (CommentStatus::hide, &[Visible], Hidden),
            (CommentStatus::restore, &[Hidden], Visible),
            (CommentStatus::withdraw, &[Visible, Hidden], Withdrawn),
        ];
        for (step, from, to) in steps {
            for status in CommentStatus::ALL {
                assert_eq!(step(*status).ok(), from.contains(status).then_some(to), "{status}");
            }
        }
    }
}
