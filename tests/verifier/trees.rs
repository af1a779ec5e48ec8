//! Proofs of trees of random size, made by `ct-merkle` and by this crate, which must be the same bytes; and spoilt ones.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::{Digest, Sha256};
use tlog_tiles::tlog::{self, Hash, HashReader};

use super::case::{Bytes, Case, Consistency, Inclusion, Proof};

/// The largest tree; larger than one tile, and no power of two.
const LARGEST: u64 = 1_500;

/// So many proofs that hold, half of each kind, at all sizes; then a tenth as many that do not.
pub fn cases(pairs: usize) -> Vec<Case> {
    let mut random = Random(0);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut ours = Kept::default();
    let mut roots: Vec<Bytes> = Vec::new();
    let each = pairs.div_ceil(2 * LARGEST as usize);
    let mut cases = Vec::with_capacity(pairs + pairs / 10);
    for size in 1..=LARGEST {
        let leaf = random.next().to_be_bytes().repeat(random.below(25) as usize);
        let new = tlog::stored_hashes(size - 1, &leaf, &ours).unwrap();
        ours.0.extend(new);
        theirs.push(leaf);
        let root = theirs.root().as_bytes().to_vec();
        assert_eq!(tlog::tree_hash(size, &ours).unwrap().0.to_vec(), root, "roots at {size}");
        roots.push(root.clone());
        for _ in 0..each {
            let (position, from) = (random.below(size), 1 + random.below(size));
            let path = tlog::prove_record(size, position, &ours).unwrap();
            let path = same(&path, theirs.prove_inclusion(position as usize).as_bytes());
            let leaf = tlog::record_hash(theirs.get(position as usize).unwrap()).0.to_vec();
            cases.push(holds(Proof::Inclusion(Inclusion { position, size, root: root.clone(), leaf, path })));
            let path = if from == size { Vec::new() } else { tlog::prove_tree(size, from, &ours).unwrap() };
            let path = same(&path, theirs.prove_consistency((size - from) as usize).as_bytes());
            let (old, new) = (roots[from as usize - 1].clone(), root.clone());
            cases.push(holds(Proof::Consistency(Consistency { from, to: size, old, new, path })));
        }
    }
    let spoilt: Vec<Case> = (0..pairs / 10).map(|_| spoil(&cases, &mut random)).collect();
    cases.extend(spoilt);
    cases
}

fn holds(proof: Proof) -> Case {
    Case { proof, holds: true, spoilt: String::new() }
}

fn same(ours: &[Hash], theirs: &[u8]) -> Vec<Bytes> {
    let ours: Vec<Bytes> = ours.iter().map(|hash| hash.0.to_vec()).collect();
    assert_eq!(ours.concat(), theirs, "the other implementation's path");
    ours
}

/// One of them with one thing changed that makes it wrong.
fn spoil(cases: &[Case], random: &mut Random) -> Case {
    let mut case = cases[random.below(cases.len() as u64) as usize].clone();
    let which = random.below(6);
    let (path, roots, index) = match &mut case.proof {
        Proof::Inclusion(it) => (&mut it.path, vec![&mut it.root, &mut it.leaf], Some((&mut it.position, it.size))),
        Proof::Consistency(it) => (&mut it.path, vec![&mut it.old, &mut it.new], None),
    };
    let length = path.len();
    match (which, index) {
        (0, Some((position, size))) if size > 1 => *position = (*position + 1 + random.below(size - 1)) % size,
        (1, _) if length > 0 => drop(path.remove(random.below(length as u64) as usize)),
        (2, _) => path.insert(random.below(length as u64 + 1) as usize, vec![random.next() as u8; 32]),
        (3, _) if length > 0 => turn(&mut path[random.below(length as u64) as usize], random),
        (4, _) if length > 1 => path.reverse(),
        _ => {
            let mut roots = roots;
            turn(roots[random.below(2) as usize], random);
        }
    }
    Case { holds: false, spoilt: format!("way {which}"), ..case }
}

fn turn(hash: &mut Bytes, random: &mut Random) {
    hash[random.below(32) as usize] ^= 1 << random.below(8);
}

/// Numbers without a pattern, the same ones each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 += 1;
        u64::from_be_bytes(Sha256::digest(self.0.to_be_bytes())[..8].try_into().unwrap())
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// All hashes of a tree, in storage order.
#[derive(Default)]
struct Kept(Vec<Hash>);

impl HashReader for Kept {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        Ok(indexes.iter().map(|at| self.0[*at as usize]).collect())
    }
}
