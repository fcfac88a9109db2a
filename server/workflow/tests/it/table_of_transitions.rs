//! The transition table of the specification, written off by hand: action, and from which state to which.
//!
//! Where several outcomes are possible, it is the one of the table's definition: two approvals to come, all rules on. How
//! each of the others is reached stands in `outcomes`. An action without cells is none of the specification's: all that
//! it does stands in [`BEYOND`].

type Cells = &'static [(&'static str, &'static str)];

pub(crate) const TRANSITIONS: &[(&str, Cells)] = &[
    // `-` and DR are one here: an application begins when it is submitted, and its draft is a row that the inbox makes.
    ("T1", &[("DR", "DR")]),
    ("T2", &[("DR", "SU"), ("SB", "SU"), ("PB", "SU")]),
    ("T3", &[("SU", "IA")]),
    ("T4", &[("SU", "SB")]),
    ("T5", &[("IA", "IA")]),
    ("T6", &[("IA", "AP")]),
    ("T7 to applicant", &[("IA", "SB")]),
    ("T7 to step", &[("IA", "IA")]),
    ("T8", &[("IA", "RJ")]),
    ("T9", &[("IA", "IA")]),
    ("T10", &[("IA", "PB")]),
    (
        "T11",
        &[
            ("IA", "WD"),
            ("SB", "WD"),
            ("PB", "WD"),
            ("HO", "WD"),
            ("AP", "WD"),
        ],
    ),
    ("T12 hold", &[("IA", "HO")]),
    ("T12 release", &[("HO", "IA")]),
    ("T13", &[("IA", "IA")]),
    ("T14", &[("IA", "AP")]),
    // Any open state, and completed.
    (
        "T15",
        &[
            ("SU", "SU"),
            ("SB", "SB"),
            ("PB", "PB"),
            ("IA", "IA"),
            ("HO", "HO"),
            ("AP", "AP"),
            ("MW", "MW"),
            ("EX", "EX"),
            ("RV", "RV"),
            ("CO", "CO"),
        ],
    ),
    ("T16 remind", &[("IA", "IA"), ("HO", "IA")]),
    ("T16 escalate", &[("IA", "IA"), ("HO", "IA")]),
    ("T16 approve", &[("IA", "IA"), ("HO", "IA")]),
    ("T16 reject", &[("IA", "RJ"), ("HO", "RJ")]),
    ("T16 send back", &[("IA", "SB"), ("HO", "SB")]),
    ("T16 expire", &[("IA", "EP"), ("HO", "EP")]),
    ("T17", &[("IA", "IA")]),
    (
        "T18",
        &[
            ("SU", "CA"),
            ("IA", "CA"),
            ("HO", "CA"),
            ("SB", "CA"),
            ("PB", "CA"),
            ("AP", "CA"),
            ("MW", "CA"),
            ("EX", "CA"),
            ("RV", "CA"),
        ],
    ),
    ("T19", &[("AP", "EX")]),
    ("T20 step", &[("EX", "CO")]),
    ("T20 failed", &[("EX", "RV")]),
    ("T21", &[("MW", "EX")]),
    // 作業不可
    ("T21 impossible", &[]),
    ("T22 retry", &[("RV", "EX")]),
    ("T22 skip", &[("RV", "EX")]),
    ("T22 compensate", &[("RV", "EX")]),
    ("T22 accept", &[("RV", "PC")]),
    ("T23", &[("CO", "new DR"), ("PC", "new DR")]),
    ("F12 edit", &[]),
];

/// Where we do more than the specification's table says, or something else: action, state, outcome, why.
pub(crate) const BEYOND: &[(&str, &str, &str, &str)] = &[
    ("T5", "HO", "IA", "the holder decides without releasing first"),
    ("T6", "HO", "AP", "the holder decides without releasing first"),
    (
        "T7 to applicant",
        "HO",
        "SB",
        "the holder decides without releasing first",
    ),
    (
        "T7 to step",
        "HO",
        "IA",
        "the holder decides without releasing first",
    ),
    ("T8", "HO", "RJ", "the holder decides without releasing first"),
    ("T12 hold", "HO", "HO", "said again it changes nothing"),
    ("T12 release", "IA", "IA", "there it says: seen"),
    (
        "T13",
        "HO",
        "IA",
        "an administrator hands over what the holder left behind",
    ),
    ("T10", "HO", "PB", "the applicant need not wait for the holder"),
    ("T13", "MW", "MW", "work by hand is handed over too"),
    (
        "T17",
        "HO",
        "HO",
        "the route changes behind the step that is held",
    ),
    ("T16 remind", "HO", "HO", "what only reminds leaves the hold"),
    (
        "T16 escalate",
        "HO",
        "HO",
        "others are asked too, which leaves the hold",
    ),
    ("T19", "AP", "MW", "work by hand before the execution comes first"),
    ("T20 step", "EX", "EX", "of two steps one is done"),
    (
        "T21 impossible",
        "MW",
        "RV",
        "work that cannot be done is not waited for",
    ),
    (
        "T22 skip",
        "RV from EX",
        "RV",
        "several steps can be skipped before a retry goes on",
    ),
    (
        "F12 edit",
        "IA",
        "IA",
        "a step may let those whom it asks change fields",
    ),
    ("F12 edit", "HO", "IA", "the holder edits without releasing first"),
    (
        "T11",
        "RV from IA",
        "WD",
        "a case parked in approval is not lost for its applicant",
    ),
    (
        "T20 failed",
        "IA",
        "RV",
        "evidence that does not fit parks a case",
    ),
    (
        "T20 failed",
        "HO",
        "RV",
        "evidence that does not fit parks a case",
    ),
    (
        "T22 retry",
        "RV from IA",
        "IA",
        "a case parked in approval is asked again",
    ),
    ("T15", "WD", "WD", "nothing waits for it, and it harms nothing"),
    ("T15", "RJ", "RJ", "nothing waits for it, and it harms nothing"),
    ("T15", "PC", "PC", "completed with a part missing is completed"),
    ("T15", "FA", "FA", "nothing waits for it, and it harms nothing"),
    ("T15", "CA", "CA", "nothing waits for it, and it harms nothing"),
];

/// Where we refuse what the specification's table lets be done: action, state, why.
pub(crate) const LESS: &[(&str, &str, &str)] = &[
    (
        "T15",
        "SU",
        "what was shown before is void, and nothing is shown before the route is found",
    ),
    (
        "T15",
        "SB",
        "what was shown is void with its round, and is shown again in the next",
    ),
    (
        "T15",
        "PB",
        "what was shown is void with its round, and is shown again in the next",
    ),
    (
        "T22 skip",
        "RV from IA",
        "no step of the plan may be done before everybody approved, so none is left out",
    ),
    (
        "T22 compensate",
        "RV from IA",
        "nothing was done that could be undone",
    ),
    (
        "T22 accept",
        "RV from IA",
        "it would end as done in part what nobody approved; it is asked again, withdrawn or cancelled",
    ),
];
