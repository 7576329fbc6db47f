//! Being erased (penghapusan data, UU PDP art. 8, 43 to 45). Somebody asks, for themselves or on a person's behalf; the
//! ministry decides. Once it is approved everything that says who they are goes in one transaction, their certificates
//! stay worth what they were, and receivers are told that they are to delete what they keep.

pub mod deed;
pub mod hindrance;
pub mod input;
pub mod preview;
pub mod read;
pub mod rule;
pub mod view;
pub mod write;
