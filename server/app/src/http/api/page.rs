//! Where a page begins and how long it is, as a caller writes it.

use jiff::Timestamp;
use store::{ApplicationId, Cursor};

use crate::http::Problem;

const USUAL: u16 = 30;
const LONGEST: u16 = 100;

#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) after: Option<Cursor>,
    pub(super) limit: usize,
}

impl Wanted {
    pub(super) fn read(after: Option<&str>, limit: Option<u16>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=LONGEST).contains(&limit) {
            return Err(Problem::BadInput {
                code: "page",
                field: "limit",
                remedy: format!("1 to {LONGEST}"),
            });
        }
        Ok(Self {
            after: after.map(cursor).transpose()?,
            limit: usize::from(limit),
        })
    }

    /// One row more than the page holds tells whether another page follows.
    pub(super) fn most(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX - 1) + 1
    }
}

/// Milliseconds and id: it opens nothing, for every page is read as the caller.
pub(super) fn written(cursor: &Cursor) -> String {
    format!("{}.{}", cursor.at.as_millisecond(), cursor.id)
}

fn cursor(text: &str) -> Result<Cursor, Problem> {
    let wrong = || Problem::BadInput {
        code: "page",
        field: "after",
        remedy: "give next of the page before, unchanged".into(),
    };
    let (at, id) = text.split_once('.').ok_or_else(wrong)?;
    let at = at.parse().map_err(|_| wrong())?;
    Ok(Cursor {
        at: Timestamp::from_millisecond(at).map_err(|_| wrong())?,
        id: ApplicationId::new(id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_given() {
        let given = Cursor {
            at: Timestamp::from_millisecond(1_800_000_000_123).unwrap(),
            id: ApplicationId::new("00000000-0000-0000-0000-00000000000a"),
        };
        let wanted = Wanted::read(Some(&written(&given)), Some(2)).unwrap();
        assert_eq!((wanted.after, wanted.limit), (Some(given), 2));
    }

    #[test]
    fn what_is_no_page_is_refused_by_field() {
        for (after, limit, field) in [
            (None, Some(0), "limit"),
            (None, Some(101), "limit"),
            (Some("x"), None, "after"),
            (Some("x.y"), None, "after"),
            (Some("9223372036854775807.y"), None, "after"),
        ] {
            let refused = Wanted::read(after, limit).unwrap_err().to_string();
            assert!(refused.starts_with(field), "{refused}");
        }
    }
}
