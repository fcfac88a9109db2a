//! The full figures, which `scripts/soak` asks for.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};

use crate::house::House;

/// How often the product is killed: `PF_KILLS`, else few enough for the ordinary suite.
pub fn kills(few: usize) -> usize {
    number("PF_KILLS", few)
}

/// How many applications make a crowd: `PF_APPLICATIONS`.
pub fn applications(few: usize) -> usize {
    number("PF_APPLICATIONS", few)
}

/// How many applications are meddled with: `PF_INTERLEAVINGS`.
pub fn interleavings(few: usize) -> usize {
    number("PF_INTERLEAVINGS", few)
}

/// How many rows a bulk application has: `PF_ROWS`.
pub fn rows(few: usize) -> usize {
    number("PF_ROWS", few)
}

/// Days of one step through a year: `PF_YEAR_DAYS`.
pub fn year_days(many: usize) -> usize {
    number("PF_YEAR_DAYS", many)
}

/// How often renewals are killed: `PF_RENEWAL_KILLS`.
pub fn renewal_kills(few: usize) -> usize {
    number("PF_RENEWAL_KILLS", few)
}

/// Seconds under load: `PF_LOAD_SECONDS`.
pub fn load_seconds(few: usize) -> usize {
    number("PF_LOAD_SECONDS", few)
}

fn number(name: &str, few: usize) -> usize {
    let wanted = variable(name);
    wanted.map_or(few, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text}"))
    })
}

/// Says how far a scenario got, each time another hundredth is done; only where figures are kept.
#[expect(clippy::print_stderr, reason = "whoever started it waits for hours")]
pub fn progress(name: &str, done: usize, all: usize) {
    static SHOWN: Mutex<(usize, usize)> = Mutex::new((0, 0));
    if variable("PF_FIGURES").is_none() {
        return;
    }
    let now = (100 * done / all.max(1), all);
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if *shown != now {
        *shown = now;
        eprintln!("{name}: {done} of {all}");
    }
}

/// The product's binary: `PF_BACKEND` (a production build), else the one built beside the tests.
pub fn backend(built: &str) -> String {
    variable("PF_BACKEND").unwrap_or_else(|| built.to_owned())
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

/// Real time and processor time of a stretch: the product's, and that of tenant and test together.
pub struct Stopwatch {
    started: Instant,
    product: f64,
    rest: f64,
}

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "throughput lies in real time")]
    pub fn start(house: &House) -> Self {
        Self {
            started: Instant::now(),
            product: product(house),
            rest: processor("self"),
        }
    }

    /// Seconds.
    pub fn read(&self, house: &House) -> Value {
        json!({
            "seconds": self.started.elapsed().as_secs(),
            "product's processor seconds": (product(house) - self.product).round(),
            "tenant's and test's processor seconds": (processor("self") - self.rest).round(),
        })
    }
}

fn product(house: &House) -> f64 {
    house
        .process()
        .map_or(0.0, |process| processor(&process.to_string()))
}

/// Seconds in user and kernel mode so far, from `/proc/{process}/stat`, in hundredths as Linux counts them.
fn processor(process: &str) -> f64 {
    const USER: usize = 11;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program may hold spaces; it ends with the last parenthesis.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(USER).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
