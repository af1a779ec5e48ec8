//! The cast: a service, a clock one can turn, browsers, passkeys, residents.
#![allow(dead_code, reason = "each story uses some of it")]

pub mod answers;
pub mod app;
pub mod browser;
pub mod certificates;
pub mod confirm;
pub mod database;
pub mod desk;
pub mod device;
pub mod forge;
pub mod html;
pub mod keys;
pub mod log;
pub mod node;
pub mod partner;
pub mod passkey;
pub mod postbox;
pub mod races;
pub mod receiver;
pub mod resource_server;
pub mod screen;
pub mod shop;
pub mod signed;
pub mod state;
pub mod steps;
pub mod town;
pub mod witness;

pub use app::TestApp;

/// By its short name; an alias, because not every binary that shares this cast uses one.
pub type SoftPasskey = passkey::SoftPasskey;
