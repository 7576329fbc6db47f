//! A person's own copy of everything that is held on them (UU 27/2022, articles 7 and 13): what the register says, section
//! by section, as it is stored.

pub mod copy;
pub mod read;
pub mod view;
