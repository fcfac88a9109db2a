//! An organisation as people write it: JSON like [`Organisation`], or CSV with one line for each post.
//!
//! | column | 列 | |
//! | --- | --- | --- |
//! | `user` | ユーザー | user principal name or object id; several lines of one user are several posts, the main one first |
//! | `manager` | 上長 | the same; empty: nobody |
//! | `unit` | 部門 | |
//! | `above` | 上位部門 | the unit above that unit; once is enough, also on a line without a user |
//! | `title` | 役職 | |
//! | `rank` | 職位 | whole number, higher is further up |
//! | `from`, `until` | 開始日, 終了日 | first and last day of the post; empty: always |
//! | `standing` | 在籍 | `here` 在籍 or `left` 退職; empty: here |
//!
//! Only those who change need be named.

use std::collections::BTreeMap;

use forms::csv::{self, CsvProblem};
use forms::{Context, Date, Field, HouseNaming};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::ids::PersonId;
use crate::route::{Organisation, Person, Post, Unit};

const FIELDS: &str = r#"[
    {"key": "user", "label": {"ja": "ユーザー", "en": "User"}, "required": true, "input": {"type": "text"}},
    {"key": "manager", "label": {"ja": "上長", "en": "Manager"}, "input": {"type": "text"}},
    {"key": "unit", "label": {"ja": "部門", "en": "Unit"}, "input": {"type": "text"}},
    {"key": "above", "label": {"ja": "上位部門", "en": "Unit above"}, "input": {"type": "text"}},
    {"key": "title", "label": {"ja": "役職", "en": "Title"}, "input": {"type": "text"}},
    {"key": "rank", "label": {"ja": "職位", "en": "Rank"}, "input": {"type": "number", "min": 0, "max": 1000000}},
    {"key": "from", "label": {"ja": "開始日", "en": "From"}, "input": {"type": "date"}},
    {"key": "until", "label": {"ja": "終了日", "en": "Until"}, "input": {"type": "date"}},
    {"key": "standing", "label": {"ja": "在籍", "en": "Standing"}, "input": {"type": "choice", "options": [
        {"value": "here", "label": {"ja": "在籍", "en": "here"}},
        {"value": "left", "label": {"ja": "退職", "en": "left"}}
    ]}}
]"#;

/// Where a file is wrong, what is wrong, and what to do. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}. {remedy}")]
pub struct FileError {
    pub line: usize,
    pub problem: String,
    pub remedy: &'static str,
}

/// Reads JSON if the text begins like it, else CSV. People are named as the file names them: see
/// [`super::with_ids`]. `today` is only asked by defaults, of which a file has none.
pub fn read(text: &str, today: Date) -> Result<Organisation, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        return of_csv(text, today);
    }
    serde_json::from_str(text).map_err(|error| FileError {
        line: error.line(),
        problem: error.to_string(),
        remedy: "Correct the JSON as the message says",
    })
}

fn of_csv(text: &str, today: Date) -> Result<Organisation, FileError> {
    let remedy = "Columns are user, manager, unit, above, title, rank, from, until and standing; save the file as UTF-8 CSV";
    let read = rows(text, FIELDS, today, remedy)?;
    let mut organisation = Organisation::default();
    for (row, line) in read.rows.iter().zip(read.lines) {
        take(&mut organisation, row, line)?;
    }
    Ok(organisation)
}

/// The rows of a CSV file with columns of these fields (JSON); `remedy`: for a file that has others.
pub(super) fn rows(
    text: &str,
    fields: &str,
    today: Date,
    remedy: &'static str,
) -> Result<csv::Rows, FileError> {
    let fields: Vec<Field> = serde_json::from_str(fields).map_err(|error| FileError {
        line: error.line(),
        problem: error.to_string(),
        remedy: "This build is broken: install another",
    })?;
    let context = Context {
        today,
        masters: BTreeMap::new(),
        naming: HouseNaming::default(),
    };
    csv::read(text, &fields, &context).map_err(|error| FileError {
        line: error.line,
        problem: format!("column {}: {}", error.column, said(error.problem)),
        remedy,
    })
}

fn said(problem: CsvProblem) -> String {
    let code = serde_json::to_value(problem).unwrap_or_default();
    code.as_str().unwrap_or_default().replace('_', " ")
}

fn take(organisation: &mut Organisation, row: &Map<String, Value>, line: usize) -> Result<(), FileError> {
    let row = Row { cells: row, line };
    let user = row.text("user").filter(|user| !user.is_empty());
    if user.is_none() && row.text("above").is_some() {
        return row.place(&mut organisation.units);
    }
    let user = user.ok_or_else(|| row.fault("user is empty", "Name the person whom the line is about"))?;
    let is_here = row.is_here()?;
    let post = row.post()?;
    row.place(&mut organisation.units)?;
    let person = organisation.people.entry(PersonId::new(user)).or_insert(Person {
        manager: None,
        posts: Vec::new(),
        enabled: is_here,
    });
    person.enabled &= is_here;
    person.manager = row.text("manager").map(PersonId::new).or(person.manager.take());
    let main = person.posts.is_empty();
    person.posts.extend(post.map(|post| Post { main, ..post }));
    Ok(())
}

struct Row<'a> {
    cells: &'a Map<String, Value>,
    line: usize,
}

impl Row<'_> {
    fn fault(&self, problem: impl Into<String>, remedy: &'static str) -> FileError {
        FileError {
            line: self.line,
            problem: problem.into(),
            remedy,
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.cells.get(key).and_then(Value::as_str).map(str::trim)
    }

    fn day(&self, key: &str) -> Result<Option<Date>, FileError> {
        let day = self.text(key).map(str::parse).transpose();
        day.map_err(|_| self.fault(format!("{key} is no day"), "Write days as 2027-04-01"))
    }

    fn rank(&self) -> Result<u32, FileError> {
        let Some(rank) = self.cells.get("rank") else {
            return Ok(0);
        };
        let rank = rank.as_u64().and_then(|rank| u32::try_from(rank).ok());
        rank.ok_or_else(|| self.fault("rank is no whole number", "Write 0 or a greater number"))
    }

    fn is_here(&self) -> Result<bool, FileError> {
        match self.text("standing") {
            None | Some("here") => Ok(true),
            Some("left") => Ok(false),
            Some(other) => {
                let problem = format!("standing is \"{other}\"");
                Err(self.fault(problem, "Write here or left, or leave it empty"))
            }
        }
    }

    /// The unit below the one that stands above it.
    fn place(&self, units: &mut BTreeMap<String, Unit>) -> Result<(), FileError> {
        let (unit, above) = (self.text("unit"), self.text("above"));
        let Some(above) = above.filter(|above| !above.is_empty()) else {
            return Ok(());
        };
        let unit = unit.filter(|unit| !unit.is_empty() && *unit != above);
        let unit = unit.ok_or_else(|| self.fault("above without a unit below it", "Name the unit too"))?;
        let known = units.entry(unit.to_owned()).or_default();
        if known.parent.as_deref().is_some_and(|parent| parent != above) {
            let problem = format!("another line puts {unit} below another unit");
            return Err(self.fault(problem, "Let one unit stand above it"));
        }
        known.parent = Some(above.to_owned());
        Ok(())
    }

    fn post(&self) -> Result<Option<Post>, FileError> {
        let post = Post {
            unit: self.text("unit").unwrap_or_default().to_owned(),
            title: self.text("title").map(str::to_owned),
            rank: self.rank()?,
            main: false,
            from: self.day("from")?,
            until: self.day("until")?,
        };
        if post == Post::default() {
            return Ok(None);
        }
        if post.unit.is_empty() {
            return Err(self.fault(
                "a post without a unit",
                "Name the unit, or leave the post's columns empty",
            ));
        }
        Ok(Some(post))
    }
}
