//! Changes a sample a little, by a seed: the poor man's libFuzzer, for the ordinary suite.

use std::ops::Range;

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
fn piece(len: usize, rng: &mut Rng) -> Range<usize> {
    let start = rng.usize(..=len);
    start..start + rng.usize(..=(len - start).min(LONGEST_PIECE))
}

fn heap(bytes: &mut Vec<u8>, rng: &mut Rng) {
    *bytes = heaped(bytes, piece(bytes.len(), rng));
}

/// The sample with this piece of it repeated, up to [`HEAP_BYTES`].
fn heaped(sample: &[u8], piece: Range<usize>) -> Vec<u8> {
    let repeated = &sample[piece.clone()];
    let times = HEAP_BYTES / repeated.len().max(1);
    let (before, after) = sample.split_at(piece.end);
    [before, &repeated.repeat(times), after].concat()
}

/// The sample once for each short stretch of whole words in it, with that stretch heaped.
pub fn heaps(sample: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let is_word = |at: usize| sample.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_end = move |at: &usize| *at == 0 || !is_word(at - 1) || !is_word(*at);
    let ends_after = move |start: usize| {
        let last = sample.len().min(start + LONGEST_PIECE);
        (start + 1..=last).filter(is_end).map(move |end| start..end)
    };
    (0..sample.len())
        .filter(is_end)
        .flat_map(ends_after)
        .map(|piece| heaped(sample, piece))
}
