//! What must have come of an application, judged from what SharePoint recorded: the rules of the design in code
//! of their own. The product's judge is not asked.

mod cause;
mod claim;
mod lost;
mod record;
mod replay;
mod rest;
mod standing;
mod story;

pub use record::{Archive, Record, Roll};

/// How one application came out.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    /// What must not be. Empty: all is well.
    pub faults: Vec<String>,
    /// Entries that counted.
    pub counted: usize,
    /// Entries that asked for something and did not count.
    pub refused: usize,
    /// Entries that counted in the name of somebody who did not write them, by whom: an owner of the site.
    pub forged_by_owner: usize,
    /// The same by somebody below.
    pub forged_below: usize,
    /// Where the application stands, as a code.
    pub code: String,
}

/// Judges one application at rest. `tampered`: an owner wrote into versions that stood already.
pub fn judge(record: &Record, roll: &Roll, tampered: bool) -> Findings {
    let mut findings = Findings::default();
    let replay = replay::replay(record, roll, tampered, &mut findings);
    replay.last().code.clone_into(&mut findings.code);
    if tampered {
        rest::is_detected(record, &mut findings);
    } else {
        replay.nothing_is_lost(record, &mut findings);
        rest::everybody_is_told(record, &replay, &mut findings);
    }
    rest::is_sealed(record, replay.last(), &mut findings);
    rest::does_not_echo(record, &mut findings);
    if let Some(last) = findings.faults.last_mut() {
        *last = format!("{last}\n{record}");
    }
    findings
}

impl Findings {
    fn fault(&mut self, record: &Record, what: &str) {
        self.faults.push(format!("{}: {what}", record.number));
    }
}
