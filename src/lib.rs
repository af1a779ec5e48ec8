//! Latchkey (门钥): the residents hold the key.
//!
//! An OAuth and OpenID Connect service for smart communities, whose residents sign in with passkeys, whose
//! personal data lie sealed under a key of each resident's own, and where every access stands in an
//! append-only ledger before the data leave.
//!
//! # The map: one floor above the other
//!
//! A module uses its own floor and those below, never one above; `tests/shape.rs` keeps it so.
//!
//! | floor | modules |
//! | --- | --- |
//! | the doors | `cli`, `http`, `text` |
//! | figures | [`transparency`]: what everybody may know |
//! | auditors at work | [`reviews`]: searching without names, charts, what is unusual, case files, exports |
//! | emergencies | [`emergency`]: two of the staff open a few things, a third person looks at it |
//! | rights | `rights`: correcting, taking a copy, moving, asking why |
//! | rosters | `roster`: what a property office exports becomes sealed records |
//! | erasure | `erasure`: everything about a resident goes, key first |
//! | what residents ask of people | `cases`: objections, corrections, explanations; who answers by when |
//! | the five concerns | `vault`: the personal data and the gate before them; `events`: telling clients what happened; `oauth`: the protocol without HTTP; `paper`: printed sheets that can be checked; `consent`: what was agreed; `orders`: what clients have to delete when it ends; `mandate`: who may act for whom; `resident`: who the person is |
//! | cosigning | [`cosigning`]: witnesses are shown every checkpoint, and missed when they are not there |
//! | the service centre | [`people`]: staff and auditors, and how they sign in |
//! | from outside | [`audit`]: the ledger held to its word, with nothing but the service's address |
//! | the witness | [`witness`]: a server of its own, run by somebody else, that cosigns what only grew |
//! | the bundle | [`app`]: what a request may use |
//! | records and keys | `custody`: keys of residents, opened only against a ledger entry; `ledger`: the tamper-evident access log |
//! | the ground | [`limit`]: how often somebody may ask; [`outbox`]: what clients are to be told; [`inbox`]: what residents are told; [`outgoing`]: the one client for what the service fetches or pushes; [`once`]: what may be used once; [`db`]: both engines; [`crypto`], [`config`], [`clock`], [`ids`], [`fault`] |

pub mod fault;

pub mod ids;
pub mod inbox;

pub mod clock;

pub mod claims;

pub mod config;

pub mod crypto;

pub mod db;

pub mod once;

pub mod limit;

pub mod outgoing;

pub mod outbox;

pub mod ledger;

pub mod witness;

pub mod audit;

pub mod custody;

pub mod app;

pub mod webauthn;

pub mod people;

pub mod cosigning;

pub mod resident;

pub mod mandate;

pub mod orders;

pub mod consent;

pub mod paper;

pub mod courier;

pub mod oauth;

pub mod events;

pub mod transparency;
pub mod vault;

pub mod cases;

pub mod emergency;
pub mod erasure;

pub mod desk;

pub mod sealing;

pub mod roster;

pub mod reviews;

pub mod rights;

pub mod text;

pub mod http;

pub mod cli;
