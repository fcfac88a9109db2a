//! Issues of a form in words, for mails. The web part has its own words for the same codes.

use std::sync::LazyLock;

use forms::{Issue, Schema, csv};
use serde_json::Value;

use crate::config::Language;

/// Code, Japanese, English; `{name}` stands for an argument of the issue.
static WORDS: LazyLock<Vec<(String, String, String)>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../mail/issues.json")).unwrap_or_default());

const UNKNOWN: [&str; 2] = ["内容を確認してください。", "Please check this."];

/// A mail is read, not worked through; the row itself tells them all.
const TOLD: usize = 50;

/// One line for each issue, with the label of its field; of very many only the first.
pub(crate) fn lines(issues: &[Issue], schema: &Schema, language: Language) -> Vec<String> {
    let told = issues.iter().take(TOLD);
    let lines = told.map(|issue| line(issue, schema, language));
    lines
        .chain(more(issues.len().saturating_sub(TOLD), language))
        .collect()
}

fn more(issues: usize, language: Language) -> Option<String> {
    let words = match language {
        Language::Ja => format!("… 他 {issues} 件"),
        Language::En => format!("… and {issues} more"),
    };
    (issues > 0).then_some(words)
}

/// The same for one issue.
pub(crate) fn line(issue: &Issue, schema: &Schema, language: Language) -> String {
    let words = fill(&sentence(issue, language), issue);
    if issue.field.is_empty() {
        return words;
    }
    let name = place(&issue.field, schema, language).unwrap_or_else(|| issue.field.clone());
    format!("{name}: {words}")
}

/// The label of a field; of a field of rows with the number of the row.
fn place(path: &str, schema: &Schema, language: Language) -> Option<String> {
    if let Some(field) = schema.field(path) {
        return Some(field.label.in_language(language.into()).to_owned());
    }
    let (key, rest) = path.split_once('[')?;
    let (row, inner) = rest.split_once(']')?;
    let row: usize = row.parse::<usize>().ok()? + 1;
    let rows = schema.field(key)?.label.in_language(language.into());
    let place = match language {
        Language::Ja => format!("{rows} {row} 行目"),
        Language::En => format!("{rows}, row {row}"),
    };
    let fields = csv::fields_of(schema, key)?;
    let inner = inner.trim_start_matches('.');
    let inner = fields.iter().find(|field| field.key.as_str() == inner);
    let inner = inner.map(|field| field.label.in_language(language.into()));
    Some(match inner {
        Some(inner) => format!("{place} {inner}"),
        None => place,
    })
}

fn sentence(issue: &Issue, language: Language) -> String {
    let code = serde_json::to_value(issue.code).unwrap_or_default();
    let found = WORDS.iter().find(|(known, _, _)| code == known.as_str());
    match (found, language) {
        (Some((_, ja, _)), Language::Ja) => ja.clone(),
        (Some((_, _, en)), Language::En) => en.clone(),
        (None, Language::Ja) => UNKNOWN[0].to_owned(),
        (None, Language::En) => UNKNOWN[1].to_owned(),
    }
}

/// Puts the arguments of an issue where a sentence names them in braces.
pub(crate) fn fill(sentence: &str, issue: &Issue) -> String {
    let fill = |text: String, (name, value): (&String, &Value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.replace(&format!("{{{name}}}"), &value)
    };
    issue.args.iter().fold(sentence.to_owned(), fill)
}

#[cfg(test)]
mod tests {
    use forms::Code;

    use super::*;

    #[test]
    fn an_issue_names_its_field_and_what_to_do() {
        let definition = workflow::Definition::parse(crate::setup::WORKFLOWS[0]).unwrap();
        let issues = [
            Issue::new(Code::TooLong, "lastName").with("max", 64),
            Issue::new(Code::Required, "upnLocal"),
        ];
        assert_eq!(
            lines(&issues, &definition.form, Language::Ja),
            [
                "姓: 64 文字以内で入力してください。",
                "ユーザー名: 入力してください。"
            ]
        );
        assert_eq!(
            lines(&issues[1..], &definition.form, Language::En),
            ["User name: Please fill this in."]
        );
    }

    #[test]
    fn every_code_has_words() {
        assert!(WORDS.len() > 20);
        assert!(WORDS.iter().all(|(_, ja, en)| !ja.is_empty() && !en.is_empty()));
    }
}
