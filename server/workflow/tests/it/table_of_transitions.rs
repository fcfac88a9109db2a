//! The transition table of the specification (4.4), written off by hand, with nothing of our own: action, the column
//! "from", the column "to". A row that names several actions is split by them; where 4.4 leaves open which of them leads
//! where, 4.3 says it.
//!
//! `IA` alone: nobody was asked before. `open` is every state that 4.3 calls open, and `-` is: as it was.

pub(crate) type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

pub(crate) const TRANSITIONS: &[Row] = &[
    // `-` and DR are one here: an application begins when it is submitted, and its draft is a row that the inbox makes.
    ("T1", &["DR"], &["DR"]),
    ("T2", &["DR", "SB", "PB"], &["SU"]),
    ("T3", &["SU"], &["IA", "AP"]),
    ("T4", &["SU"], &["SB"]),
    ("T5", &["IA"], &["IA, same step", "IA, later step", "AP"]),
    ("T6", &["IA"], &["AP"]),
    ("T7 to applicant", &["IA"], &["SB"]),
    ("T7 to step", &["IA"], &["IA, earlier step"]),
    ("T8", &["IA"], &["RJ", "IA, same step"]),
    ("T9", &["IA"], &["IA, earlier step"]),
    ("T10", &["IA"], &["PB"]),
    ("T11", &["IA", "SB", "PB", "HO", "AP"], &["WD"]),
    // The row names IA alone; what is released is held.
    ("T12 hold", &["IA"], &["HO"]),
    ("T12 release", &["HO"], &["IA, same step"]),
    ("T13", &["IA"], &["IA, same step"]),
    ("T14", &["IA"], &["IA, later step", "AP"]),
    ("T15", &["open", "CO"], &["-"]),
    ("T16 remind", &["IA", "HO"], &["IA, same step"]),
    ("T16 escalate", &["IA", "HO"], &["IA, same step"]),
    ("T16 approve", &["IA", "HO"], &["IA, later step", "AP"]),
    ("T16 reject", &["IA", "HO"], &["RJ"]),
    ("T16 send back", &["IA", "HO"], &["SB"]),
    ("T16 expire", &["IA", "HO"], &["EP"]),
    ("T17", &["IA"], &["IA, same step"]),
    ("T18", &["open"], &["CA"]),
    // The column "effects" names what follows where its guard does not hold.
    ("T19", &["AP"], &["EX"]),
    ("T19 threshold", &["AP"], &["RV"]),
    ("T19 changed", &["AP"], &["IA"]),
    ("T20 done", &["EX"], &["CO", "MW"]),
    ("T20 failed", &["EX"], &["RV"]),
    ("T21", &["MW"], &["EX", "CO"]),
    // 4.3: an administrator accepts what is done in part; failed is what was compensated, or never begun.
    ("T22 retry", &["RV"], &["EX"]),
    ("T22 skip", &["RV"], &["EX"]),
    ("T22 compensate", &["RV"], &["EX", "FA"]),
    ("T22 accept", &["RV"], &["PC", "FA"]),
    // The column "guard": the original is completed, or completed in part.
    ("T23", &["CO", "PC"], &["new DR"]),
];
