//! What can be answered at all, and which answers are tried of it.

use forms::condition::Term;
use forms::{Date, Input};
use serde_json::{Value, json};

use crate::condition::{FORM, Name, Type, vocabulary};
use crate::definition::Definition;
use crate::publish::literals::Literals;

/// Values around those that a condition names: it may compare two names with each other.
pub(super) fn compared(definition: &Definition, name: &Name, literals: &Literals, today: Date) -> Vec<Value> {
    let known = vocabulary(&definition.form);
    let Some(term) = known.term(name) else {
        return Vec::new();
    };
    match term.of {
        Type::Number => {
            let around = |number: &i64| [number - 1, *number, number + 1];
            let all = literals.numbers.iter().flat_map(around).chain([0, 1]);
            all.map(Value::from).collect()
        }
        Type::Date => {
            let numbers = literals.numbers.iter().filter_map(|days| today.plus_days(*days));
            let base = literals.dates.iter().copied().chain([today]).chain(numbers);
            let around = base.flat_map(|day| [day.plus_days(-1), Some(day), day.plus_days(1)]);
            around.flatten().map(|day| json!(day)).collect()
        }
        Type::Boolean => vec![json!(true), json!(false)],
        Type::List => {
            let single = literals.texts.iter().map(|text| json!([text]));
            single.chain([json!(literals.texts), json!(["—"])]).collect()
        }
        Type::Text => {
            let texts = literals.texts.iter().map(|text| json!(text));
            let is_person =
                field_input(definition, name).is_some_and(|input| matches!(input, Input::Person {}));
            let all = texts.chain([json!("—")]).chain(wholes(literals));
            if is_person {
                all.map(|upn| json!({ "upn": upn })).collect()
            } else {
                all.collect()
            }
        }
        Type::Rows => Vec::new(),
    }
}

/// Those of these values that can be answered, and whatever else can be.
pub(super) fn answerable(
    (definition, name, term): (&Definition, &Name, &Term),
    values: Vec<Value>,
    today: Date,
) -> Vec<Value> {
    let input = field_input(definition, name);
    let fits = |value: &Value| {
        input.is_none_or(|input| is_in_time(input, value, today) && is_short_enough(input, value))
    };
    let is_good = |value: &Value| can_be(term, value) && fits(value);
    let ends = input
        .map(|input| bounds(input, today))
        .into_iter()
        .flatten()
        .flatten();
    let ends = ends.map(|day| json!(day));
    values
        .into_iter()
        .filter(is_good)
        .chain(offered(name, term))
        .chain(ends)
        .collect()
}

/// Texts that contain one of those that are asked for, and one that contains all of them.
fn wholes(literals: &Literals) -> Vec<Value> {
    let parts = literals.texts.iter().filter(|_| literals.asks_for_parts);
    let longer = parts.clone().map(|text| json!(format!("{text}—")));
    let all: String = parts.clone().map(String::as_str).collect();
    let all = (!all.is_empty()).then(|| json!(all));
    longer.chain(all).collect()
}

fn field_input<'a>(definition: &'a Definition, name: &Name) -> Option<&'a Input> {
    Some(&definition.form.field(name.field()?)?.input)
}

/// Whether a form takes this answer: one that cannot be given makes no definition hopeless.
fn can_be(term: &Term, value: &Value) -> bool {
    let is_option = |text: &str| {
        let mut options = term.one_of.iter().flatten();
        term.one_of.is_none() || options.any(|option| option == text)
    };
    match (term.of, value) {
        (Type::Number, Value::String(_)) => false,
        (Type::Date, Value::String(day)) => day.parse::<Date>().is_ok(),
        (_, Value::String(text)) => is_option(text),
        (_, Value::Array(items)) => items.iter().all(|item| item.as_str().is_none_or(is_option)),
        (_, Value::Number(number)) => {
            let number = number.as_i64().unwrap_or(i64::MAX);
            term.range
                .is_none_or(|(least, greatest)| (least..=greatest).contains(&number))
        }
        _ => true,
    }
}

/// Whether a day lies between the first and the last that the field takes.
fn is_in_time(input: &Input, value: &Value, today: Date) -> bool {
    let day = value.as_str().and_then(|text| text.parse::<Date>().ok());
    let (Input::Date { .. }, Some(day)) = (input, day) else {
        return true;
    };
    let [first, last] = bounds(input, today);
    first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
}

fn is_short_enough(input: &Input, value: &Value) -> bool {
    let most = match input {
        Input::Choices { max_items, .. } | Input::People { max_items } => *max_items,
        _ => u32::MAX,
    };
    let items = value.as_array().map_or(0, Vec::len);
    u32::try_from(items).is_ok_and(|items| items <= most)
}

/// The first and the last day that a field takes.
fn bounds(input: &Input, today: Date) -> [Option<Date>; 2] {
    let Input::Date { earliest, latest } = input else {
        return [None, None];
    };
    [earliest, latest].map(|days| days.and_then(|days| today.plus_days(days.into())))
}

/// Whatever else the form lets be answered: the options of a choice, the ends of a range, and nothing where that is
/// allowed.
fn offered(name: &Name, term: &Term) -> Vec<Value> {
    let options = term.one_of.iter().flatten();
    let mut all: Vec<Value> = match term.of {
        Type::List => options.map(|option| json!([option])).collect(),
        _ => options.map(|option| json!(option)).collect(),
    };
    let ends = term
        .range
        .into_iter()
        .flat_map(|(least, greatest)| [least, greatest]);
    all.extend(ends.map(Value::from));
    if term.optional && name.root() == FORM {
        all.push(Value::Null);
    }
    all
}
