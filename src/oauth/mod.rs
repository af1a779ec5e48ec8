//! The protocol, without HTTP.

mod access;

pub use access::{AccessRow, access_rows};
