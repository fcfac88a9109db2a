//! Who takes over from whom: CSV with the columns `from` 前任者 and `to` 後任者, one line for each person who moves.

use forms::Date;
use serde_json::Value;

use super::file::{FileError, rows};

const FIELDS: &str = r#"[
    {"key": "from", "label": {"ja": "前任者", "en": "From"}, "required": true, "input": {"type": "text"}},
    {"key": "to", "label": {"ja": "後任者", "en": "To"}, "required": true, "input": {"type": "text"}}
]"#;

/// Both as the file names them: object id or user principal name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Counted from 1.
    pub line: usize,
    pub from: String,
    pub to: String,
}

/// Reads the lines. `today` is only asked by defaults, of which a file has none.
pub fn successions(text: &str, today: Date) -> Result<Vec<Succession>, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    let remedy = "Columns are from and to; save the file as UTF-8 CSV";
    let read = rows(text, FIELDS, today, remedy)?;
    let mut all: Vec<Succession> = Vec::with_capacity(read.rows.len());
    for (row, line) in read.rows.iter().zip(read.lines) {
        let name = |key: &str| {
            let text = row.get(key).and_then(Value::as_str).map(str::trim);
            let text = text.filter(|text| !text.is_empty());
            let missing = FileError {
                line,
                problem: format!("{key} is empty"),
                remedy: "Name both, the former holder and the successor",
            };
            text.map(str::to_owned).ok_or(missing)
        };
        let (from, to) = (name("from")?, name("to")?);
        all.push(Succession { line, from, to });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, FileError> {
        let lines = successions(text, "2027-04-01".parse().unwrap())?;
        Ok(lines.into_iter().map(|line| (line.from, line.to)).collect())
    }

    #[test]
    fn each_line_names_both() {
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let wanted = vec![pair("a@contoso.example", "b@contoso.example")];
        for headings in ["from,to", "前任者,後任者", "\u{feff}From,To"] {
            let text = format!("{headings}\r\na@contoso.example, b@contoso.example\r\n");
            assert_eq!(read(&text), Ok(wanted.clone()), "{headings}");
        }
        let told = read("from,to\na,b\nc,\n").unwrap_err();
        assert_eq!((told.line, told.problem.as_str()), (3, "to is empty"));
        assert_eq!(read("from,boss\na,b\n").unwrap_err().line, 1);
    }
}
