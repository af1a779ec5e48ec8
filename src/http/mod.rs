//! The doors: parse, call one verb, answer.

pub mod pages;
