//! Rows as a CSV file: RFC 4180, for people who keep them in a spreadsheet.
//!
//! The first line names the fields by key or by label in either language, in any order. A choice may be written as
//! its value or its label; several choices or people are separated by `;`. A day may also be written as `2026/4/1`.
//! A column whose name begins with `※` is a note for people: what we write there (findings, results) is not read.
//! The text is decoded already: browsers do it with `TextDecoder`, for UTF-8 and for Shift_JIS.
//!
//! A spreadsheet runs a cell that begins like a formula. What we write puts a `'` before such a cell, and what we
//! read takes it away again.

mod cells;
mod formula;
mod records;
mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::choices::Master;
use crate::field::{Field, Input};
use crate::issue::Issue;
use crate::rows;
use crate::schema::Schema;
use crate::summary::Language;
use crate::validate::Context;
use crate::values::Values;

use self::records::Record;
pub use self::table::{read_table, table};

/// Longer files are not read.
pub const MAX_BYTES: usize = 2_000_000;
/// Lines below the header.
pub const MAX_ROWS: usize = 1_000;
pub const MAX_COLUMNS: usize = 200;
/// Begins the name of a column that is not read.
const NOTE: char = '※';
/// Spreadsheets take a file for UTF-8 only with this in front.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Why a file cannot be read as rows. Both numbers count from 1; `column` is the number of the cell in its line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CsvError {
    pub line: usize,
    pub column: usize,
    pub problem: CsvProblem,
}

/// Codes; the words stand in resource files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CsvProblem {
    TooBig,
    TooManyRows,
    TooManyColumns,
    /// A quote that is neither around a cell nor doubled inside of one.
    StrayQuote,
    /// A quoted cell that never ends.
    QuoteNotClosed,
    /// There is no first line.
    NoHeader,
    /// The header names something that is not a field, or the name of several.
    UnknownColumn,
    /// The header names a field twice.
    ColumnTwice,
    /// The line has more cells than the header.
    ExtraCell,
    /// The character that stands for what could not be decoded.
    Undecodable,
}

/// Rows that were read, and the lines of the file in which they begin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rows {
    pub rows: Vec<Map<String, Value>>,
    pub lines: Vec<usize>,
}

/// Reads rows. Whether their values are good, [`judge`] tells.
pub fn read(text: &str, fields: &[Field], context: &Context) -> Result<Rows, CsvError> {
    let records = records::read(text)?;
    let Some((header, records)) = records.split_first() else {
        return Err(CsvProblem::NoHeader.at(1, 1));
    };
    let columns = columns(header, fields)?;
    let mut read = Rows {
        rows: Vec::with_capacity(records.len()),
        lines: Vec::with_capacity(records.len()),
    };
    for record in records {
        if record.cells.len() > columns.len() {
            return Err(CsvProblem::ExtraCell.at(record.line, columns.len() + 1));
        }
        read.rows.push(row(record, &columns, context));
        read.lines.push(record.line);
    }
    Ok(read)
}

impl CsvProblem {
    fn at(self, line: usize, column: usize) -> CsvError {
        CsvError {
            line,
            column,
            problem: self,
        }
    }
}

/// The fields of the columns; none for a note.
fn columns<'a>(header: &Record, fields: &'a [Field]) -> Result<Vec<Option<&'a Field>>, CsvError> {
    let mut columns: Vec<Option<&Field>> = Vec::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let name = formula::read(cell).trim();
        if name.starts_with(NOTE) {
            columns.push(None);
            continue;
        }
        let wrong = |problem: CsvProblem| problem.at(header.line, at + 1);
        let field = named(name, fields).ok_or_else(|| wrong(CsvProblem::UnknownColumn))?;
        if columns.iter().flatten().any(|known| known.key == field.key) {
            return Err(wrong(CsvProblem::ColumnTwice));
        }
        columns.push(Some(field));
    }
    Ok(columns)
}

/// A key, or a label that only one field has.
fn named<'a>(name: &str, fields: &'a [Field]) -> Option<&'a Field> {
    let mut labelled = fields
        .iter()
        .filter(|field| field.label.ja == name || field.label.en == name);
    let by_key = fields.iter().find(|field| field.key.as_str() == name);
    by_key.or_else(|| labelled.next().filter(|_| labelled.next().is_none()))
}

fn row(record: &Record, columns: &[Option<&Field>], context: &Context) -> Map<String, Value> {
    let cells = columns.iter().zip(&record.cells);
    let filled = cells.filter(|(_, cell)| !cell.trim().is_empty());
    filled
        .filter_map(|(field, cell)| {
            let field = (*field)?;
            let value = cells::read(&field.input, formula::read(cell), &context.masters);
            Some((field.key.as_str().to_owned(), value))
        })
        .collect()
}

/// The issues of rows that stand, or are to stand, in the field `key` of the form; fields are named as
/// [`crate::validate`] names them. Unlike there, the size of the whole does not count.
pub fn judge(schema: &Schema, key: &str, values: &Values, context: &Context) -> Vec<Issue> {
    let answers = Answers::of(schema, values, context.today);
    let mut issues = Vec::new();
    if let (Some(field), Some(rows)) = (schema.field(key), values.get(key)) {
        rows::judge(field, rows, &answers, context, &mut issues);
    }
    issues
}

/// The fields of a field of rows; none if it is another.
pub fn fields_of<'a>(schema: &'a Schema, key: &str) -> Option<&'a [Field]> {
    match &schema.field(key)?.input {
        Input::Rows { fields, .. } => Some(fields),
        _ => None,
    }
}

/// A column of notes beside the rows: what is told of each, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Notes {
    pub name: String,
    pub cells: Vec<String>,
}

/// The label, or the key where labels cannot be told apart.
fn heading<'a>(field: &'a Field, fields: &[Field], language: Language) -> &'a str {
    let label = field.label.in_language(language);
    match named(label, fields) {
        Some(found) if found.key == field.key && label.trim() == label => label,
        _ => field.key.as_str(),
    }
}

/// Rows as a file that [`read`] reads; without rows a template to be filled in.
pub fn write<'a>(
    rows: impl IntoIterator<Item = &'a Map<String, Value>>,
    fields: &[Field],
    masters: &BTreeMap<String, Master>,
    language: Language,
    notes: &[Notes],
) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    let names = fields
        .iter()
        .map(|field| heading(field, fields, language).to_owned());
    let for_people = notes.iter().map(|notes| format!("{NOTE}{}", notes.name));
    records::write(&mut text, names.chain(for_people).map(formula::write));
    for (at, row) in rows.into_iter().enumerate() {
        let cell = |field: &Field| {
            let value = row.get(field.key.as_str());
            let cell = value.map(|value| cells::write(&field.input, value, masters, language));
            cell.unwrap_or_default()
        };
        let told = notes
            .iter()
            .map(|notes| notes.cells.get(at).cloned().unwrap_or_default());
        let cells = fields.iter().map(cell).chain(told);
        records::write(&mut text, cells.map(formula::write));
    }
    text
}
