//! What a resident asks of her own record: to correct it, a copy, to take it along, why, and how her pages look.

mod copy;
mod correct;
mod moving;
mod why;
mod wishes;
