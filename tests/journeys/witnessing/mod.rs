//! Witnesses: what one answers, and what becomes of what several saw.

mod protocol;
