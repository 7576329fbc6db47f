//! A region (wilayah): a province, regency or district, by its ministry-of-home-
//! affairs code. The prefix of a code names its ancestors. Codes are reissued by
//! decree, so a region is in force for a time and may have a successor.

pub mod code;
pub mod read;
pub mod rule;
pub mod view;
