//! Conditions of routes, and what they may name: answers of the form, the applicant, the plan.

pub use forms::condition::{Condition, FORM, Fact, Facts, Name, Type, Vocabulary};

use forms::Schema;

/// Root of what is known of the applicant, in the post that he applies as.
pub const APPLICANT: &str = "applicant";
/// Root of what the plan counts.
pub const PLAN: &str = "plan";

/// The applicant himself.
pub(crate) const ID: &str = "id";

const OF_APPLICANT: [(&str, Type); 4] = [
    (ID, Type::Text),
    ("department", Type::Text),
    ("post", Type::Text),
    ("rank", Type::Number),
];

/// What a plan can count.
pub const OF_PLAN: [&str; 8] = [
    "creates",
    "updates",
    "blocks",
    "deletes",
    "additions",
    "removals",
    "licences",
    BY_HAND,
];

/// What people carry out, for a directory on premises masters its object.
pub const BY_HAND: &str = "byHand";

/// Everything that a condition of this form's routes may name.
pub fn vocabulary(form: &Schema) -> Vocabulary {
    let counts = OF_PLAN.map(|count| (count, Type::Number));
    Vocabulary::of(form)
        .with(APPLICANT, OF_APPLICANT)
        .with(PLAN, counts)
}

/// Root and key of a fact as it is written: `amount`, `plan.deletes`.
pub(crate) fn split(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or((FORM, name))
}
