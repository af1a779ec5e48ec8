//! The test proofs that transparency-dev shares (github.com/transparency-dev/merkle, testdata): the nine that hold stand in
//! tests/vectors/merkle.json, and here they are spoilt in the ways that the same test data do.

use serde::Deserialize;

use super::case::{Bytes, Case, Consistency, Inclusion, Proof};

#[derive(Deserialize)]
struct Shared {
    inclusion: Vec<Inclusion>,
    consistency: Vec<Consistency>,
}

pub fn cases() -> Vec<Case> {
    let shared: Shared = serde_json::from_str(include_str!("../vectors/merkle.json")).unwrap();
    let inclusion = shared.inclusion.iter().flat_map(|good| {
        let holds = Case { proof: Proof::Inclusion(good.clone()), holds: true, spoilt: String::new() };
        let spoilt = spoilt_inclusions(good).into_iter().map(|(spoilt, proof)| no(spoilt, Proof::Inclusion(proof)));
        std::iter::once(holds).chain(spoilt)
    });
    let consistency = shared.consistency.iter().flat_map(|good| {
        let holds = Case { proof: Proof::Consistency(good.clone()), holds: true, spoilt: String::new() };
        let spoilt =
            spoilt_consistencies(good).into_iter().map(|(spoilt, proof)| no(spoilt, Proof::Consistency(proof)));
        std::iter::once(holds).chain(spoilt)
    });
    inclusion.chain(consistency).collect()
}

fn no(spoilt: String, proof: Proof) -> Case {
    Case { proof, holds: false, spoilt }
}

fn spoilt_inclusions(good: &Inclusion) -> Vec<(String, Inclusion)> {
    let with = |change: &dyn Fn(&mut Inclusion)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed
    };
    let mut all = vec![
        ("leafIdx - 1".into(), with(&|it| it.position = it.position.wrapping_sub(1))),
        ("leafIdx + 1".into(), with(&|it| it.position += 1)),
        ("leafIdx ^ 2".into(), with(&|it| it.position ^= 2)),
        ("treeSize / 2".into(), with(&|it| it.size /= 2)),
        ("treeSize * 2".into(), with(&|it| it.size *= 2)),
        ("wrong leaf".into(), with(&|it| it.leaf = it.root.clone())),
        ("empty root".into(), with(&|it| it.root = empty_root())),
        ("random root".into(), with(&|it| it.root = vec![0x5a; 32])),
        ("no root".into(), with(&|it| it.root = Vec::new())),
    ];
    // `leafIdx - 1` of the first leaf is a number that no tree has; a script reads it as one beyond what is exact.
    all.retain(|(_, it)| it.position != u64::MAX);
    all.extend(
        spoilt_paths(&good.path, &[&good.root], 3)
            .into_iter()
            .map(|(what, path)| (what, with(&|it| it.path.clone_from(&path)))),
    );
    all
}

fn spoilt_consistencies(good: &Consistency) -> Vec<(String, Consistency)> {
    let with = |change: &dyn Fn(&mut Consistency)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed
    };
    let mut all: Vec<(String, Consistency)> = vec![
        ("size1 + 1".into(), with(&|it| it.from += 1)),
        ("size1 ^ 2".into(), with(&|it| it.from ^= 2)),
        ("size2 * 2".into(), with(&|it| it.to *= 2)),
        ("size2 / 2".into(), with(&|it| it.to /= 2)),
        ("wrong root1".into(), with(&|it| it.old = vec![0x5a; 32])),
        ("wrong root2".into(), with(&|it| it.new = vec![0x5a; 32])),
        ("root1 of nothing".into(), with(&|it| it.old = empty_root())),
    ];
    if good.from > 1 {
        all.push(("size1 - 1".into(), with(&|it| it.from -= 1)));
    }
    if good.from < good.to {
        all.push(("swapped roots".into(), with(&|it| std::mem::swap(&mut it.old, &mut it.new))));
        all.push(("empty proof".into(), with(&|it| it.path.clear())));
    }
    let paths = spoilt_paths(&good.path, &[&good.old, &good.new], 4);
    all.extend(paths.into_iter().map(|(what, path)| (what, with(&|it| it.path.clone_from(&path)))));
    all
}

/// Garbage before and behind, one too few, one twice, a bit turned over.
fn spoilt_paths(good: &[Bytes], roots: &[&Bytes], bit: u8) -> Vec<(String, Vec<Bytes>)> {
    let mut all = Vec::new();
    let garbage = [vec![], b"trailing garbage".to_vec(), vec![0x11; 32]];
    for extra in garbage.iter().chain(roots.iter().copied()).chain(good.first()) {
        all.push(("something in front".into(), [&[extra.clone()], good].concat()));
        all.push(("something behind".into(), [good, &[extra.clone()]].concat()));
    }
    for at in 0..good.len() {
        let (mut without, mut twice, mut turned) = (good.to_vec(), good.to_vec(), good.to_vec());
        without.remove(at);
        twice.insert(at, good[at].clone());
        turned[at][0] ^= 1 << bit;
        all.extend([
            (format!("without {at}"), without),
            (format!("{at} twice"), twice),
            (format!("a bit of {at}"), turned),
        ]);
    }
    all
}

fn empty_root() -> Bytes {
    hex::decode("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").unwrap()
}
