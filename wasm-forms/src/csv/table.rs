//! A table of plain cells for a spreadsheet, such as a report.

use super::{BYTE_ORDER_MARK, formula, records};

/// One record for each row, the heading first; no cell is run as a formula.
pub fn table<Row>(rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = String>,
{
    let mut text = String::from(BYTE_ORDER_MARK);
    for row in rows {
        records::write(&mut text, row.into_iter().map(formula::write));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_utf_8_and_nothing_in_it_is_run() {
        let rows = [vec!["氏名", "=1+1"], vec!["a,b", "＠SUM(A1)"], vec!["-5", "5"]];
        let written = table(rows.map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(written, "\u{FEFF}氏名,'=1+1\r\n\"a,b\",'＠SUM(A1)\r\n'-5,5\r\n");
    }
}
