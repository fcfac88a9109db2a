//! Changes a sample a little, by a seed: the poor man's libFuzzer, for the ordinary suite.

use fastrand::Rng;

/// Words that parsers stumble over.
const WORDS: [&str; 20] = [
    "0",
    "-1",
    "9223372036854775808",
    "-170141183460469231731687303715884105729",
    "1e400",
    "NaN",
    "''",
    "\"",
    "\\",
    "\u{0}",
    "\r\n\r\n",
    "--",
    "&amp;",
    "<![CDATA[",
    "]]>",
    "%00",
    "\u{3000}",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "null",
    "9999-12-31T23:59:59Z",
];
const MOST_CHANGES: usize = 6;
/// One sample in so many gets a piece of itself very often, against nesting and what grows with the square.
const HEAPS: usize = 100;
const LONGEST_PIECE: usize = 24;
const HEAP_BYTES: usize = 100_000;

/// One of the samples, changed.
pub fn mutated(samples: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = samples[rng.usize(..samples.len())].clone();
    for _ in 0..rng.usize(1..=MOST_CHANGES) {
        change(&mut bytes, samples, rng);
    }
    if rng.usize(..HEAPS) == 0 {
        heap(&mut bytes, rng);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, samples: &[Vec<u8>], rng: &mut Rng) {
    let at = rng.usize(..=bytes.len());
    match rng.u8(..7) {
        0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
        1 => drop(bytes.splice(at..at, [rng.u8(..)])),
        2 => drop(bytes.drain(piece(bytes.len(), rng))),
        3 => {
            let copied = bytes[piece(bytes.len(), rng)].to_vec();
            drop(bytes.splice(at..at, copied));
        }
        4 => {
            let other = &samples[rng.usize(..samples.len())];
            let borrowed = other[piece(other.len(), rng)].to_vec();
            drop(bytes.splice(at..at, borrowed));
        }
        5 => {
            let word = WORDS[rng.usize(..WORDS.len())];
            let gone = piece(bytes.len(), rng);
            drop(bytes.splice(gone, word.bytes()));
        }
        _ => bytes.truncate(at.max(1)),
    }
}

/// A short stretch of so many bytes.
fn piece(len: usize, rng: &mut Rng) -> std::ops::Range<usize> {
    let start = rng.usize(..=len);
    start..start + rng.usize(..=(len - start).min(LONGEST_PIECE))
}

fn heap(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let piece = piece(bytes.len(), rng);
    let end = piece.end;
    let repeated = bytes[piece].to_vec();
    let times = HEAP_BYTES / repeated.len().max(1);
    drop(bytes.splice(end..end, repeated.repeat(times)));
}
