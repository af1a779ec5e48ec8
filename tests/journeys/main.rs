//! Journeys: each file a story over real HTTP, on SQLite, or on PostgreSQL when `TEST_DATABASE_URL` is set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod support;

mod as_agreed;
mod audit_command;
mod cases;
mod checkpoint;
mod clients_command;
mod confirming;
mod confirming_at_desk;
mod constant_time;
mod deciding;
mod desk;
mod desk_back_doors;
mod desk_recovery;
mod emergency;
mod erasure;
mod erasure_tree;
mod evidence;
mod family;
mod forgetting;
mod frame;
mod inbox;
mod leaving;
mod letters;
mod lock_command;
mod my_passkeys;
mod odd_requests;
mod openapi;
mod outgoing;
mod paper;
mod partner_path;
mod passkey_races;
mod passkeys;
mod people;
mod personas;
mod presses;
mod protocol;
mod recovery;
mod recovery_orders;
mod reviews;
mod rights;
mod sealing;
mod sessions;
mod sign_up;
mod standing;
mod tampering;
mod telling;
mod tiles;
mod tls;
mod transparency;
mod unsigned;
mod witnessing;
