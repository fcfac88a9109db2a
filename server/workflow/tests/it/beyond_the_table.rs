//! Where we depart from the specification's table, and why: what we do besides, and what we do not.

pub(crate) type Departure = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

const HOLDER: &str = "the holder acts without releasing first";
const HARMLESS: &str = "nothing waits for it, and it harms nothing";
const RULE: &str = "a rule on the way rejects it, or sends it back";
const LATE: &str = "what was under way when it was stopped came to its end";
const SHORT: &str = "a step was skipped before, or work was declined";
const NOTHING: &str = "nothing is to be done";
const BACK: &str = "enough of those who were missing are back";
/// Open or closed.
const ANY: &[&str] = &["open", "CO", "PC", "FA", "RJ", "WD", "EP", "CA"];
const BESIDE: &str = "it leaves the state as it is";

/// Outcomes that the specification does not name, and actions of our own.
pub(crate) const BEYOND: &[Departure] = &[
    ("T3", &["SU"], &["RJ", "SB"], RULE),
    ("T5", &["HO"], &["IA, same step", "IA, later step", "AP"], HOLDER),
    ("T5", &["IA", "HO"], &["RJ", "SB"], RULE),
    ("T14", &["IA"], &["RJ", "SB"], RULE),
    ("T16 approve", &["IA", "HO"], &["RJ", "SB"], RULE),
    ("T6", &["HO"], &["AP"], HOLDER),
    ("T7 to applicant", &["HO"], &["SB"], HOLDER),
    ("T7 to step", &["HO"], &["IA, earlier step"], HOLDER),
    ("T8", &["HO"], &["RJ", "IA, same step"], HOLDER),
    (
        "T8",
        &["IA", "HO"],
        &["IA, later step", "AP"],
        "where a rejection is an opinion, the last answer ends the step whatever it says",
    ),
    (
        "T10",
        &["HO"],
        &["PB"],
        "the applicant need not wait for the holder",
    ),
    (
        "T11",
        &["RV from IA"],
        &["WD"],
        "a case parked in approval is not lost for its applicant",
    ),
    ("T11", &["RV from AP"], &["WD"], "nothing of it was begun"),
    ("T12 hold", &["HO"], &["HO"], "said again it changes nothing"),
    ("T12 release", &["IA"], &["-"], "there it says: seen"),
    (
        "T13",
        &["HO"],
        &["IA, same step"],
        "an administrator hands over what the holder left behind",
    ),
    (
        "T13",
        &["HO"],
        &["-"],
        "what another is asked is handed over all the same",
    ),
    ("T13", &["MW"], &["-"], "work by hand is handed over too"),
    ("T15", &["RJ", "WD", "EP", "PC", "FA", "CA"], &["-"], HARMLESS),
    ("T16 remind", &["HO"], &["-"], "what only reminds leaves the hold"),
    (
        "T16 escalate",
        &["HO"],
        &["-"],
        "where others are asked too, the holder goes on holding it",
    ),
    (
        "T17",
        &["HO"],
        &["-"],
        "the route changes behind the step that is held",
    ),
    (
        "T17",
        &["HO"],
        &["IA, same step", "IA, later step"],
        "the step that is held changes itself: it is asked anew",
    ),
    (
        "T17",
        &["IA"],
        &["IA, later step"],
        "the step that stands asks nobody any more",
    ),
    (
        "T18",
        &["EX begun", "EX undoing", "MW begun"],
        &["RV"],
        "what was done to the tenant is not given up before somebody has looked; said again it ends",
    ),
    (
        "T19",
        &["AP"],
        &["MW"],
        "work by hand before the execution comes first",
    ),
    ("T19", &["AP"], &["CO"], NOTHING),
    (
        "T19 threshold",
        &["EX untouched"],
        &["RV"],
        "it is measured again right before the first step",
    ),
    (
        "T19 changed",
        &["EX untouched"],
        &["IA"],
        "it is looked at again right before the first step",
    ),
    (
        "T20 done",
        &["EX untouched", "EX begun"],
        &["EX"],
        "of several steps one is done",
    ),
    (
        "T19 changed",
        &["AP", "EX untouched"],
        &["SU"],
        "where rules alone decided they look again",
    ),
    ("T20 done", &["EX untouched", "EX begun"], &["PC"], SHORT),
    ("T20 done", &["RV from EX"], &["-"], LATE),
    (
        "T20 failed",
        &["IA", "HO"],
        &["RV"],
        "evidence that does not fit, or too few approvers left, parks a case",
    ),
    (
        "T21",
        &["MW"],
        &["MW"],
        "of several workers one is done, or of several such steps one",
    ),
    ("T21", &["MW"], &["PC", "FA"], SHORT),
    ("T21 impossible", &["MW"], &["RV"], "work that cannot be done"),
    (
        "T22 retry",
        &["RV from IA"],
        &["IA, same step"],
        "a case parked in approval is asked again",
    ),
    (
        "T22 retry",
        &["RV from AP"],
        &["MW"],
        "work by hand before the execution comes first",
    ),
    (
        "T22 retry",
        &["RV from EX"],
        &["MW"],
        "work by hand that was declined is asked for again",
    ),
    (
        "T22 retry",
        &["RV from EX"],
        &["CO", "PC", "FA"],
        "every step was done or skipped meanwhile",
    ),
    ("T22 retry", &["RV from undoing"], &["FA"], LATE),
    ("T22 retry", &["RV from AP"], &["CO"], NOTHING),
    ("T22 accept", &["RV from EX"], &["CO"], LATE),
    (
        "T22 skip",
        &["RV from EX"],
        &["-"],
        "several steps can be skipped before a retry goes on",
    ),
    (
        "allow deletions",
        &["RV from AP"],
        &["EX", "MW"],
        "T22 for what waits because it deletes too much: it begins all the same",
    ),
    ("allow deletions", &["RV from AP"], &["CO"], NOTHING),
    ("F12 edit", &["IA"], &["IA, same step"], "the step is asked anew"),
    ("F12 edit", &["HO"], &["IA, same step"], HOLDER),
    ("attach", &["SU", "IA", "HO", "MW"], &["-"], BESIDE),
    (
        "number",
        &[
            "AP",
            "MW",
            "EX",
            "RV from AP",
            "RV from EX",
            "RV from undoing",
            "CO",
            "PC",
            "FA",
        ],
        &["-"],
        BESIDE,
    ),
    ("offer to go ahead", &["IA"], &["-"], BESIDE),
    ("remind of notice", ANY, &["-"], BESIDE),
    ("settle objection", ANY, &["-"], BESIDE),
    ("expiry", &["CO", "PC", "CA half done"], &["-"], BESIDE),
    ("resume", &["MW"], &["-"], BACK),
    ("resume", &["RV from IA"], &["IA, same step", "HO"], BACK),
    ("represent", &["open"], &["-"], BESIDE),
    ("turn down", &["open"], &["-"], BESIDE),
    (
        "begin",
        &["EX untouched", "EX begun"],
        &["EX"],
        "it is on its way",
    ),
    (
        "undone",
        &["EX undoing"],
        &["EX", "FA"],
        "T22 compensate takes its time",
    ),
    ("undone", &["RV from undoing"], &["-"], LATE),
    (
        "T23",
        &["CA half done"],
        &["new DR"],
        "what was done and not undone can still be undone",
    ),
    ("miss workers", &["MW"], &["-"], BESIDE),
    ("show password", &["CO", "PC", "FA"], &["-"], BESIDE),
];

/// Outcomes that the specification names and that do not come about.
pub(crate) const LESS: &[Departure] = &[
    (
        "T15",
        &["SU first", "SB", "PB"],
        &["-"],
        "what was shown is void with its round, and is shown again in the next",
    ),
    (
        "T16 remind",
        &["HO"],
        &["IA, same step"],
        "what only reminds leaves the hold",
    ),
    (
        "T18",
        &["EX begun", "EX undoing", "MW begun"],
        &["CA"],
        "what was done to the tenant is not given up before somebody has looked; said again it ends",
    ),
    (
        "T20 done",
        &["EX undoing"],
        &["CO", "MW"],
        "what is being undone is not done any more",
    ),
    (
        "T22 retry",
        &["RV from IA"],
        &["EX"],
        "nothing is carried out before everybody approved",
    ),
    (
        "T22 skip",
        &["RV from EX"],
        &["EX"],
        "several steps can be skipped before a retry goes on",
    ),
    (
        "T22 skip",
        &["RV from IA", "RV from AP", "RV from undoing"],
        &["EX"],
        "no step of the plan waits to be done",
    ),
    (
        "T22 compensate",
        &["RV from IA", "RV from AP"],
        &["EX", "FA"],
        "nothing was done that could be undone",
    ),
    (
        "T22 compensate",
        &["RV from undoing"],
        &["EX", "FA"],
        "it is being undone; a retry goes on with that",
    ),
    (
        "T22 accept",
        &["RV from IA", "RV from AP"],
        &["PC", "FA"],
        "it would end as done what nobody approved or begun; it is asked again, withdrawn or cancelled",
    ),
];
