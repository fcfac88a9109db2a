//! Each target with a fixed number of seeded mutations of its corpus: a part of what `scripts/fuzz` does at length.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use fuzz::{TARGETS, Target, mutation::mutated};

const SEED: u64 = 20_260_401;
const RUNS: usize = 40_000;

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn samples(name: &str) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(corpus(name)).unwrap_or_else(|_| panic!("{name} has no corpus"));
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |file| std::fs::read(file).expect("a readable file");
    files.into_iter().map(read).collect()
}

fn run(target: Target, bytes: &[u8]) {
    let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    assert!(
        ended.is_ok(),
        "{} panics at \"{}\"",
        target.name,
        bytes.escape_ascii()
    );
}

/// On a thread of a test, so that its stack is as small as that of a worker of the service.
fn storm(name: &str) {
    let target = *TARGETS
        .iter()
        .find(|target| target.name == name)
        .expect("a target");
    let samples = samples(name);
    for sample in &samples {
        run(target, sample);
    }
    let mut rng = Rng::with_seed(SEED);
    for _ in 0..RUNS {
        run(target, &mutated(&samples, &mut rng));
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { storm(stringify!($name)); })*
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

targets! {
    csom_request batch graph_batch caml filter address change_token soap manifest csom_answer refusal notification
    token form definition journal decision
}

#[test]
fn every_target_is_tested_and_every_corpus_has_its_target() {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, TESTED);
    for folder in std::fs::read_dir(corpus("")).expect("the corpora") {
        let name = folder.expect("a folder").file_name();
        assert!(
            names.iter().any(|target| name == **target),
            "{} has no target",
            name.display()
        );
    }
}
