//! What stands between yes and stop: a consent that is paused, and resumed.

mod deleting;
mod pausing;
