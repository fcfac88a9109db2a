//! レポート: how many applications, how long their steps took, whom they waited for, and what is late. Read from our own
//! journals when somebody asks, never kept.

mod csv;
mod desk;
mod names;
mod question;
mod read;
mod shape;
mod told;
mod words;

pub(crate) use csv::{Table, csv};
pub(crate) use desk::Desk;
pub(crate) use question::{Asked, Question, QuestionError};
pub(crate) use read::{ReportError, report};
pub(crate) use told::{Figures, Named, Report, Times};
pub(crate) use words::{duration, words};
