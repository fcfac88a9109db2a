//! A table of plain cells for a spreadsheet, such as a report, or from one.

use serde_json::{Map, Value};

use super::{BYTE_ORDER_MARK, CsvError, CsvProblem, formula, records};

/// The lines of a table below the first, which names the columns: of each line the cells that are not empty, as texts.
pub fn read_table(text: &str) -> Result<Vec<Map<String, Value>>, CsvError> {
    let records = records::read(text)?;
    let Some((header, lines)) = records.split_first() else {
        return Err(CsvProblem::NoHeader.at(1, 1));
    };
    let mut names: Vec<&str> = Vec::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let name = formula::read(cell).trim();
        if name.is_empty() || names.contains(&name) {
            let problem = if name.is_empty() {
                CsvProblem::UnknownColumn
            } else {
                CsvProblem::ColumnTwice
            };
            return Err(problem.at(header.line, at + 1));
        }
        names.push(name);
    }
    let row = |line: &records::Record| {
        if line.cells.len() > names.len() {
            return Err(CsvProblem::ExtraCell.at(line.line, names.len() + 1));
        }
        let cells = names
            .iter()
            .zip(&line.cells)
            .map(|(name, cell)| (*name, formula::read(cell).trim()));
        let told = cells.filter(|(_, cell)| !cell.is_empty());
        Ok(told
            .map(|(name, cell)| (name.to_owned(), Value::from(cell)))
            .collect())
    };
    lines.iter().map(row).collect()
}

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
    fn a_table_is_read_by_the_names_of_its_columns_or_its_fault_is_placed() {
        let read = read_table("\u{FEFF}system,class,person\r\n会計, 1 ,'=a@x.jp\r\n販売,,\r\n").unwrap();
        let told = serde_json::json!([
            { "system": "会計", "class": "1", "person": "=a@x.jp" }, { "system": "販売" },
        ]);
        assert_eq!(serde_json::to_value(read).unwrap(), told);
        for (text, line, column, problem) in [
            ("", 1, 1, CsvProblem::NoHeader),
            ("a,,b\n", 1, 2, CsvProblem::UnknownColumn),
            ("a,a\n", 1, 2, CsvProblem::ColumnTwice),
            ("a\n1\n2,3\n", 3, 2, CsvProblem::ExtraCell),
        ] {
            assert_eq!(
                read_table(text),
                Err(CsvError {
                    line,
                    column,
                    problem
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn a_table_is_read_as_utf_8_and_nothing_in_it_is_run() {
        let rows = [vec!["氏名", "=1+1"], vec!["a,b", "＠SUM(A1)"], vec!["-5", "5"]];
        let written = table(rows.map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(written, "\u{FEFF}氏名,'=1+1\r\n\"a,b\",'＠SUM(A1)\r\n'-5,5\r\n");
    }
}
