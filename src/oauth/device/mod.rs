//! A screen without a keyboard (RFC 8628): it asks, a resident answers on her own phone, it comes for its tokens.
//!
//! 1. The device's client starts a request ([`start()`]); it gets a device code for itself and a [`UserCode`] to show.
//! 2. A resident types the code ([`enter()`]). Wrong ones are counted ([`guess`]); the right one leads her browser, and no
//!    other, to the question.
//! 3. [`resume`] says what comes next: a sign-in, perhaps a fresh one, the question, or what was answered.
//! 4. Her yes is consent and grant in one transaction ([`approve`]), her no is for ever ([`decline`]). Nothing is ever
//!    answered without her press, however little is asked.
//! 5. The device polls ([`poll()`]): not yet, too fast, no, over; or, once, its tokens.

mod answer;
mod enter;
mod guess;
mod poll;
mod question;
mod start;
mod user_code;

pub use answer::{approve, decline};
pub use enter::{Entered, enter};
pub use guess::{Guesser, WINDOW_SECONDS};
pub use poll::{Poll, poll};
pub use question::{Question, Step, question, resume};
pub use start::{DeviceRequest, INTERVAL_SECONDS, LIFE, Started, start};
pub use user_code::UserCode;
