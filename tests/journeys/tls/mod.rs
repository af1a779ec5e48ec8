//! TLS as the service speaks it: its listeners, and clients that certificates speak for (RFC 8705).

mod authenticating;
mod bound;
mod command;
mod listener;
