//! SQL of the protocol.

mod access;
mod clients;
mod devices;
mod grants;
mod requests;
mod resources;
mod rotation;
mod secrets;
mod tokens;

pub use access::access_rows;
pub use clients::{approve, client, clients, delete, disable, enable, insert_awaiting, replace, replace_keys};
pub use devices::{
    Device, DeviceAnswer, answer_device, count_guess, device, device_polled, guesses_until, insert_device, open_device,
    sweep_devices, uncount_guess,
};
pub use grants::{
    asked_before, change_grant, end_grant, end_grants_of, grant, hold_grant, insert_grant, offline_agreed, put_out,
    set_sid, sid,
};
pub use requests::{Opened, Pending, answer, bind, insert_request, request, request_by_handle, sweep_requests};
pub use resources::{replace_resource, resource_server};
pub use rotation::{hold_refresh_token, retire};
pub use secrets::{end_secret, forget_secrets, insert_secret, secrets};
pub use tokens::{Kind, Stored, end_bound_otherwise, end_token, insert_token, prolong, rebind, sweep_tokens, token};
