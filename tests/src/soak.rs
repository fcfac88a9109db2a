//! The full figures, which `scripts/soak` asks for.

use std::path::Path;

use serde_json::Value;

/// How often the product is killed: `PF_KILLS`, else few enough for the ordinary suite.
pub fn kills(few: usize) -> usize {
    let wanted = variable("PF_KILLS");
    wanted.map_or(few, |text| text.parse().expect("PF_KILLS is a number"))
}

/// How many applications are open when the database is lost: `PF_OPEN`, else few enough for the ordinary suite.
pub fn open(few: usize) -> usize {
    let wanted = variable("PF_OPEN");
    wanted.map_or(few, |text| text.parse().expect("PF_OPEN is a number"))
}

/// What chooses the moments: `PF_SEED`, else always the same.
pub fn seed(usual: u64) -> u64 {
    let wanted = variable("PF_SEED");
    wanted.map_or(usual, |text| text.parse().expect("PF_SEED is a number"))
}

/// Keeps the figures of a scenario as `{PF_FIGURES}/{name}.json`, when that folder is named.
pub fn keep(name: &str, figures: &Value) {
    if let Some(folder) = variable("PF_FIGURES") {
        let file = Path::new(&folder).join(format!("{name}.json"));
        std::fs::write(file, format!("{figures:#}\n")).expect("the figures are kept");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how thorough a test is belongs to whoever starts it"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
