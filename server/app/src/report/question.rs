//! What a report is asked for, as people write it.

use jiff::Span;
use jiff::civil::Date;
use thiserror::Error;
use workflow::WorkflowKey;
use workflow::report::Days;

use crate::service::Service;

/// As it was written; what is absent has a default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) workflow: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) days: Days,
    /// None: all workflows.
    pub(crate) workflow: Option<WorkflowKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {remedy}")]
pub(crate) struct QuestionError {
    pub(crate) field: &'static str,
    pub(crate) remedy: &'static str,
}

/// Unless a first day is named, the report begins with the first day of the month so many months ago.
const MONTHS_BACK: i64 = 2;
/// Ten years, and leap days.
const MOST_DAYS: i32 = 3_660;

impl Asked {
    /// Days are those of the company's calendar; without a last one, up to today.
    pub(crate) fn read(&self, service: &Service) -> Result<Question, QuestionError> {
        let today = service.now().to_zoned(service.calendar.zone().clone()).date();
        self.at(today)
    }

    fn at(&self, today: Date) -> Result<Question, QuestionError> {
        let last = day("to", self.to.as_deref())?.unwrap_or(today);
        let months_ago = || {
            last.saturating_sub(Span::new().months(MONTHS_BACK))
                .first_of_month()
        };
        let first = day("from", self.from.as_deref())?.unwrap_or_else(months_ago);
        let refused = |remedy| QuestionError { field: "to", remedy };
        if (last - first).get_days() >= MOST_DAYS {
            return Err(refused("must be at most ten years after from"));
        }
        let workflow = self.workflow.as_deref().map(str::trim);
        Ok(Question {
            days: Days::new(first, last).ok_or_else(|| refused("must not be before from"))?,
            workflow: workflow.filter(|key| !key.is_empty()).map(WorkflowKey::new),
        })
    }
}

fn day(field: &'static str, text: Option<&str>) -> Result<Option<Date>, QuestionError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let wrong = |_| QuestionError {
        field,
        remedy: "must be a day such as 2027-04-01",
    };
    text.map(|text| text.parse().map_err(wrong)).transpose()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(from: &str, to: &str) -> Asked {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Asked {
            from: given(from),
            to: given(to),
            workflow: None,
        }
    }

    #[test]
    fn without_days_the_report_is_about_this_month_and_the_two_before() {
        let today = date(2027, 4, 30);
        for (from, to, first, last) in [
            ("", "", date(2027, 2, 1), today),
            ("", "2027-03-31", date(2027, 1, 1), date(2027, 3, 31)),
            (" 2027-04-01 ", "", date(2027, 4, 1), today),
        ] {
            let days = asked(from, to).at(today).unwrap().days;
            assert_eq!((days.first(), days.last()), (first, last), "{from:?} {to:?}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused_by_field() {
        for (from, to, field) in [
            ("2027/04/01", "", "from"),
            ("", "tomorrow", "to"),
            ("2027-04-02", "2027-04-01", "to"),
            ("2001-01-01", "2027-04-01", "to"),
        ] {
            let refused = asked(from, to).at(date(2027, 4, 30)).unwrap_err();
            assert_eq!(refused.field, field, "{from} {to}");
        }
    }

    #[test]
    fn an_empty_workflow_is_none() {
        let mut asked = asked("", "");
        for (written, wanted) in [(None, None), (Some(""), None), (Some(" a "), Some("a"))] {
            asked.workflow = written.map(str::to_owned);
            let question = asked.at(date(2027, 4, 30)).unwrap();
            assert_eq!(question.workflow.as_ref().map(WorkflowKey::as_str), wanted);
        }
    }
}
