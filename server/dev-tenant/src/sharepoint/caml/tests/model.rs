//! Random filters over random rows, judged by sets: a filter is the set of rows that it keeps.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;

use crate::sharepoint::caml::cell::{Cell, Context, Row};
use crate::sharepoint::caml::evaluate::holds;
use crate::sharepoint::caml::parse::parse_query;

/// A filter in the words of the model: number field `N`, text field `T`.
#[derive(Debug, Clone)]
enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Number(&'static str, i32),
    Text(&'static str, String),
    Null(&'static str, bool),
    In(Vec<i32>),
}

#[derive(Debug, Clone)]
struct Sample {
    number: Option<i32>,
    text: Option<String>,
}

impl Row for Sample {
    fn cell(&self, field: &str) -> Cell {
        match field {
            "N" => self
                .number
                .map_or(Cell::Empty, |number| Cell::Number(number.into())),
            _ => self.text.clone().map_or(Cell::Empty, Cell::Text),
        }
    }
}

fn print(filter: &Filter) -> String {
    let reference = |name: &str| format!("<FieldRef Name=\"{name}\"/>");
    match filter {
        Filter::And(left, right) => format!("<And>{}{}</And>", print(left), print(right)),
        Filter::Or(left, right) => format!("<Or>{}{}</Or>", print(left), print(right)),
        Filter::Number(operator, number) => format!(
            "<{operator}>{}<Value Type=\"Number\">{number}</Value></{operator}>",
            reference("N")
        ),
        Filter::Text(operator, text) => {
            format!(
                "<{operator}>{}<Value Type=\"Text\">{text}</Value></{operator}>",
                reference("T")
            )
        }
        Filter::Null(field, true) => format!("<IsNull>{}</IsNull>", reference(field)),
        Filter::Null(field, false) => format!("<IsNotNull>{}</IsNotNull>", reference(field)),
        Filter::In(numbers) => {
            let values: Vec<String> = numbers
                .iter()
                .map(|number| format!("<Value Type=\"Number\">{number}</Value>"))
                .collect();
            format!("<In>{}<Values>{}</Values></In>", reference("N"), values.concat())
        }
    }
}

/// The rows that a filter keeps, by set operations.
fn kept(filter: &Filter, rows: &BTreeMap<usize, Sample>) -> BTreeSet<usize> {
    let select = |keep: &dyn Fn(&Sample) -> bool| {
        let kept = rows.iter().filter(|(_, row)| keep(row));
        kept.map(|(index, _)| *index).collect()
    };
    match filter {
        Filter::And(left, right) => &kept(left, rows) & &kept(right, rows),
        Filter::Or(left, right) => &kept(left, rows) | &kept(right, rows),
        Filter::Null("N", null) => select(&|row| row.number.is_none() == *null),
        Filter::Null(_, null) => select(&|row| row.text.as_deref().unwrap_or_default().is_empty() == *null),
        Filter::In(numbers) => select(&|row| row.number.is_some_and(|number| numbers.contains(&number))),
        Filter::Number("Neq", wanted) => select(&|row| row.number != Some(*wanted)),
        Filter::Number(operator, wanted) => select(&|row| {
            row.number.is_some_and(|number| match *operator {
                "Eq" => number == *wanted,
                "Gt" => number > *wanted,
                "Geq" => number >= *wanted,
                "Lt" => number < *wanted,
                _ => number <= *wanted,
            })
        }),
        Filter::Text(operator, wanted) => select(&|row| {
            let text = row.text.as_deref().unwrap_or_default().to_lowercase();
            let wanted = wanted.to_lowercase();
            match *operator {
                "Neq" => text.is_empty() || text != wanted,
                _ if text.is_empty() => false,
                "Eq" => text == wanted,
                "BeginsWith" => text.starts_with(&wanted),
                _ => text.contains(&wanted),
            }
        }),
    }
}

fn filters() -> impl Strategy<Value = Filter> {
    let number = (
        prop::sample::select(&["Eq", "Neq", "Gt", "Geq", "Lt", "Leq"][..]),
        -3..4,
    );
    let text = (
        prop::sample::select(&["Eq", "Neq", "BeginsWith", "Contains"][..]),
        "[aAbB申]{0,3}",
    );
    let leaf = prop_oneof![
        number.prop_map(|(operator, number)| Filter::Number(operator, number)),
        text.prop_map(|(operator, text)| Filter::Text(operator, text)),
        (prop::sample::select(&["N", "T"][..]), any::<bool>())
            .prop_map(|(field, null)| Filter::Null(field, null)),
        prop::collection::vec(-3..4, 0..4).prop_map(Filter::In),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        (any::<bool>(), inner.clone(), inner).prop_map(|(and, left, right)| {
            let (left, right) = (Box::new(left), Box::new(right));
            if and {
                Filter::And(left, right)
            } else {
                Filter::Or(left, right)
            }
        })
    })
}

fn samples() -> impl Strategy<Value = Vec<Sample>> {
    let sample = (prop::option::of(-3..4), prop::option::of("[aAbB申]{0,3}"));
    prop::collection::vec(sample.prop_map(|(number, text)| Sample { number, text }), 0..12)
}

proptest! {
    #[test]
    fn a_filter_keeps_the_rows_that_the_model_keeps(filter in filters(), rows in samples()) {
        let view = parse_query(&format!("<Where>{}</Where>", print(&filter))).unwrap();
        let predicate = view.filter.unwrap();
        let context = Context { now: Timestamp::UNIX_EPOCH, user: 1, groups: Vec::new() };
        let rows: BTreeMap<usize, Sample> = rows.into_iter().enumerate().collect();
        let found: BTreeSet<usize> = rows
            .iter()
            .filter(|(_, row)| holds(&predicate, *row, &context))
            .map(|(index, _)| *index)
            .collect();
        prop_assert_eq!(found, kept(&filter, &rows));
    }

    #[test]
    fn no_text_makes_the_parser_fall(text in ".{0,80}") {
        let _ = crate::sharepoint::caml::parse::parse(&text);
        let _ = parse_query(&text);
    }
}
