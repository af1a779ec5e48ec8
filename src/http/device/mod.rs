//! A screen without a keyboard (RFC 8628): the door of the device, and the pages of the resident.
//!
//! `POST /device_authorization` is the client's; `/device` is where the resident types the code, `/device/{id}` where she
//! is asked. A GET changes nothing, whatever address it has: the code in `verification_uri_complete` stands in the field,
//! and the resident sends it.

mod ask;
mod enter;
mod qr;
mod start;

pub use ask::{answer, ask};
pub use enter::{enter, page};
pub use qr::qr;
pub use start::{DeviceAuthorization, start};

use super::extract::Caller;

/// The network of a caller, as people read it.
fn network(caller: &Caller) -> String {
    let prefix = caller.prefix.to_string();
    prefix.strip_suffix("/32").map_or_else(|| prefix.clone(), str::to_owned)
}
