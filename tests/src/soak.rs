//! The full figures, which `scripts/soak` asks for.

use std::path::Path;

use serde_json::Value;

/// How often the product is killed: `PF_KILLS`, else few enough for the ordinary suite.
pub fn kills(few: usize) -> usize {
    let wanted = variable("PF_KILLS");
    wanted.map_or(few, |text| text.parse().expect("PF_KILLS is a number"))
}

/// The product's binary: `PF_BACKEND` (a production build), else the one built beside the tests.
pub fn backend(built: &str) -> String {
    variable("PF_BACKEND").unwrap_or_else(|| built.to_owned())
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
