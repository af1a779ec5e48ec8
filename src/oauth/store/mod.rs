//! SQL of the protocol.

mod clients;
mod grants;
mod requests;
mod tokens;

pub use clients::{client, clients, disable, replace};
pub use grants::{asked_before, end_grant, grant, insert_grant};
pub use requests::{Pending, answer, bind, insert_request, request, request_by_handle, sweep_requests};
pub use tokens::{
    Kind, Stored, access_rows, end_bound_otherwise, end_token, insert_token, prolong, rebind, sweep_tokens, token,
};
