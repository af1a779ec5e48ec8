//! What staff sign: bytes of one spelling, of one installation; nothing hides behind or inside them.
#![no_main]

use latchkey::people::Recorded;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let installation = [7; 16];
    if let Ok(act) = Recorded::read(data, &installation) {
        let mut longer = data.to_vec();
        longer.push(0x80);
        assert!(Recorded::read(&longer, &installation).is_err(), "nothing hides behind it");
        assert!(Recorded::read(data, &[8; 16]).is_err(), "of this house alone");
        for (name, _) in &act.facts {
            let times = act.all(name).count();
            assert_eq!(act.fact(name).is_some(), times == 1, "a fact that stands there twice says nothing");
        }
    }
});
