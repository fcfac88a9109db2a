//! RFC 4180: cells between commas, quoted where they must be, lines ended by CRLF, LF or CR.

use super::{BYTE_ORDER_MARK, CsvError, CsvProblem, MAX_BYTES, MAX_COLUMNS, MAX_ROWS};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// The line of the file in which the record begins, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// Records; lines without any text are left out.
pub(super) fn read(text: &str) -> Result<Vec<Record>, CsvError> {
    if text.len() > MAX_BYTES {
        return Err(CsvProblem::TooBig.at(1, 1));
    }
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut reader = Reader {
        rest: text.chars().peekable(),
        line: 1,
    };
    let mut records = Vec::new();
    while reader.rest.peek().is_some() {
        let record = reader.record()?;
        if record.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // The header is a record too.
        if records.len() > MAX_ROWS {
            return Err(CsvProblem::TooManyRows.at(record.line, 1));
        }
        records.push(record);
    }
    Ok(records)
}

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Record, CsvError> {
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let column = cells.len() + 1;
            if column > MAX_COLUMNS {
                return Err(CsvProblem::TooManyColumns.at(line, column));
            }
            cells.push(self.cell(column)?);
            if self.rest.next_if_eq(&',').is_none() {
                self.end_of_line();
                return Ok(Record { line, cells });
            }
        }
    }

    fn cell(&mut self, column: usize) -> Result<String, CsvError> {
        let cell = if self.rest.next_if_eq(&'"').is_some() {
            self.quoted(column)?
        } else {
            self.plain(column)?
        };
        if cell.contains(char::REPLACEMENT_CHARACTER) {
            return Err(CsvProblem::Undecodable.at(self.line, column));
        }
        Ok(cell)
    }

    fn plain(&mut self, column: usize) -> Result<String, CsvError> {
        let mut cell = String::new();
        while let Some(c) = self.rest.next_if(|c| !matches!(c, ',' | '\r' | '\n')) {
            if c == '"' {
                return Err(CsvProblem::StrayQuote.at(self.line, column));
            }
            cell.push(c);
        }
        Ok(cell)
    }

    fn quoted(&mut self, column: usize) -> Result<String, CsvError> {
        let start = self.line;
        let mut cell = String::new();
        loop {
            let Some(c) = self.rest.next() else {
                return Err(CsvProblem::QuoteNotClosed.at(start, column));
            };
            match c {
                '"' if self.rest.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => break,
                c => {
                    let ends = c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n'));
                    self.line += usize::from(ends);
                    cell.push(c);
                }
            }
        }
        match self.rest.peek() {
            None | Some(',' | '\r' | '\n') => Ok(cell),
            Some(_) => Err(CsvProblem::StrayQuote.at(self.line, column)),
        }
    }

    fn end_of_line(&mut self) {
        let carriage = self.rest.next_if_eq(&'\r').is_some();
        let feed = self.rest.next_if_eq(&'\n').is_some();
        self.line += usize::from(carriage || feed);
    }
}

/// Adds one record.
pub(super) fn write(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) || cell.trim() != cell {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}
