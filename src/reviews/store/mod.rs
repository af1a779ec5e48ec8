//! SQL of the auditors' work.

mod blocks;
mod dossiers;
mod names;

pub(super) use blocks::{agreed, block, blocks, keep_block};
pub(super) use dossiers::{
    DossierRow, attach, attached, dossier, dossiers, insert_dossier, insert_note, last_step, notes, set_closed,
    set_last_step, set_reopened,
};
pub(super) use names::{NameRow, approve_name, end_name, forget_names, insert_name, name, names};
