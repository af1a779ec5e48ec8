//! What stands between yes and stop: a consent that is paused, and resumed.

mod bases;
mod deleting;
mod never;
mod pausing;
