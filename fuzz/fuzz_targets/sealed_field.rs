//! A sealed field: any changed bit of it is noticed, and bytes of anybody's making never open.
#![no_main]

use std::sync::LazyLock;

use latchkey::crypto::sealed::{self, Place};
use latchkey::crypto::secret::Secret;
use libfuzzer_sys::fuzz_target;

const PLACE: Place<'static> = Place {
    installation: b"0123456789abcdef",
    table: "vault_field",
    field: "plate",
    resident: "00000000000000000000000000000001",
    record_version: 1,
    schema_version: 1,
};

static KEY: LazyLock<Secret<32>> = LazyLock::new(|| Secret::random().expect("random bytes"));
static SEALED: LazyLock<Vec<u8>> =
    LazyLock::new(|| sealed::seal(&KEY, 1, PLACE, "皖A12345".as_bytes()).expect("it seals"));

fuzz_target!(|data: &[u8]| {
    assert!(sealed::open(&KEY, PLACE, data).is_err(), "bytes of anybody's making do not open");

    let mut altered = SEALED.clone();
    for (byte, change) in altered.iter_mut().zip(data) {
        *byte ^= change;
    }
    let opens = sealed::open(&KEY, PLACE, &altered).is_ok() && sealed::key_version(&altered) == Some(1);
    assert_eq!(opens, altered == *SEALED, "only the sealed field itself opens");
});
