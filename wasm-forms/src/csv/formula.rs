//! Cells that a spreadsheet would take for a formula.

/// What OWASP lists under "CSV injection", full-width signs included: Japanese spreadsheets take them too.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const MARK: char = '\'';

/// Marks that we or others put there are looked through, so that reading is the exact inverse of writing.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(MARK).starts_with(BEGINNINGS)
}

/// The cell as text that is not run.
pub(super) fn write(cell: impl AsRef<str>) -> String {
    let cell = cell.as_ref();
    if is_formula(cell) {
        format!("{MARK}{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cell as it was before [`write`].
pub(super) fn read(cell: &str) -> &str {
    match cell.strip_prefix(MARK) {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}
