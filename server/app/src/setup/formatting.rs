//! How modern views draw our columns: codes as words in the reader's language, decisions as buttons. Classic
//! views know nothing of it and show what is stored: for them, states stand in words in a column beside the code.

use serde_json::{Value, json};

use super::manifest::{Button, Choice, Field, Words};

/// The format's own description, by which SharePoint's editor checks it.
const SCHEMA: &str = "https://developer.microsoft.com/json-schemas/sp/v2/column-formatting.schema.json";
/// Locale id of Japanese; `@UIlcid` is that of the reader's language.
const JAPANESE: u32 = 1041;
/// Whoever presses a button says which step he saw, and who he is: `@me` is his mail address.
const DECISION_FOR: &str = "=[$PFStepToken] + ':' + @me";
/// Buttons are there while something is asked and nothing is written yet.
const HIDDEN_UNLESS_ASKED: &str =
    "=if([$PFStatus] == 'IA' && [$PFStepToken] != '' && @currentField == '', '', 'none')";

/// The column's formatter; `None`: drawn as SharePoint draws it.
pub fn formatter(field: &Field) -> Option<Value> {
    if field.with_department {
        return Some(text(
            "=@currentField.title + if(@currentField.department == '', '', ' (' + @currentField.department + ')')",
        ));
    }
    if let Some(words) = &field.when_full {
        return Some(text(&format!("=if(@currentField == '', '', {})", quoted(words))));
    }
    if !field.names.is_empty() {
        return Some(text(&format!("={}", word_of(&field.names))));
    }
    if field.buttons.is_empty() {
        return has_words(field).then(|| text(&format!("={}", word_of(&field.choices))));
    }
    let mut children =
        vec![json!({ "elmType": "span", "txtContent": format!("={}", word_of(&field.choices)) })];
    children.extend(field.buttons.iter().map(|shown| button(field, shown)));
    let style = json!({ "display": "flex", "flex-wrap": "wrap", "align-items": "center" });
    Some(json!({ "$schema": SCHEMA, "elmType": "div", "style": style, "children": children }))
}

/// Whether two texts are the same formatter.
pub(super) fn is_same(standing: Option<&str>, wanted: Option<&Value>) -> bool {
    match (standing.filter(|text| !text.trim().is_empty()), wanted) {
        (None, None) => true,
        (Some(standing), Some(wanted)) => {
            serde_json::from_str(standing).is_ok_and(|standing: Value| standing == *wanted)
        }
        _ => false,
    }
}

fn text(expression: &str) -> Value {
    json!({ "$schema": SCHEMA, "elmType": "div", "txtContent": expression })
}

fn has_words(field: &Field) -> bool {
    let differs = |choice: &Choice| choice.value != choice.ja || choice.value != choice.en;
    field.choices.iter().any(differs)
}

/// An expression: the stored value in the reader's language.
fn word_of(choices: &[Choice]) -> String {
    let in_language = |word: fn(&Choice) -> &String| {
        // What is stored as it is shown needs no word.
        let others = choices.iter().filter(|choice| choice.value != *word(choice));
        others.rev().fold("@currentField".to_owned(), |rest, choice| {
            format!(
                "if(@currentField == '{}', '{}', {rest})",
                choice.value,
                word(choice)
            )
        })
    };
    by_language(
        &in_language(|choice| &choice.ja),
        &in_language(|choice| &choice.en),
    )
}

fn by_language(ja: &str, en: &str) -> String {
    format!("if(Number(@UIlcid) == {JAPANESE}, {ja}, {en})")
}

fn quoted(words: &Words) -> String {
    by_language(&format!("'{}'", words.ja), &format!("'{}'", words.en))
}

fn button(field: &Field, shown: &Button) -> Value {
    let label = field.choices.iter().find(|choice| choice.value == shown.choice);
    let label = label.map(|choice| Words::new(choice.ja.as_str(), choice.en.as_str()));
    let label = format!("={}", label.as_ref().map(quoted).unwrap_or_default());
    let mut input = json!({ field.name.as_str(): shown.choice, "PFDecisionFor": DECISION_FOR });
    let mut attributes = json!({});
    if let Some(comment) = &shown.comment {
        // What will be written as the reason stands on the button: for another reason there is the form.
        let comment = format!("={}", quoted(comment));
        attributes["title"] = json!(comment);
        input["PFDecisionComment"] = json!(comment);
    }
    json!({
        "elmType": "button",
        "txtContent": label,
        "attributes": attributes,
        "style": { "display": HIDDEN_UNLESS_ASKED, "margin": "2px", "padding": "4px 10px", "cursor": "pointer" },
        "customRowAction": { "action": "setValue", "actionInput": input },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::Manifest;

    fn field(list: &str, name: &str) -> Field {
        let manifest = Manifest::embedded().unwrap();
        let list = manifest.lists.iter().find(|found| found.key == list).unwrap();
        list.fields
            .iter()
            .find(|field| field.name == name)
            .unwrap()
            .clone()
    }

    #[test]
    fn a_code_is_shown_in_the_readers_language_and_an_unknown_one_as_it_is() {
        let formatter = formatter(&field("applications", "PFStatus")).unwrap();
        let words = formatter["txtContent"].as_str().unwrap();
        for part in [
            "=if(Number(@UIlcid) == 1041, if(@currentField == 'DR', '下書き', ",
            "if(@currentField == 'IA', '承認中', ",
            "if(@currentField == 'IA', 'In approval', ",
            "'Cancelled', @currentField)",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert_eq!(words.matches('(').count(), words.matches(')').count());
    }

    #[test]
    fn what_is_no_text_for_people_is_announced_and_not_shown() {
        let formatter = formatter(&field("inbox", "PFIssues")).unwrap();
        let words = formatter["txtContent"].as_str().unwrap();
        assert!(
            words.starts_with("=if(@currentField == '', '', if(Number(@UIlcid) == 1041, '指摘があります"),
            "{words}"
        );
    }

    #[test]
    fn each_button_says_what_it_writes_for_which_step_and_by_whom() {
        let formatter = formatter(&field("applications", "PFDecision")).unwrap();
        let buttons: Vec<_> = formatter["children"].as_array().unwrap()[1..]
            .iter()
            .map(|button| &button["customRowAction"])
            .collect();
        let choices: Vec<_> = buttons
            .iter()
            .map(|action| &action["actionInput"]["PFDecision"])
            .collect();
        assert_eq!(choices, ["承認", "差戻し", "却下"]);
        for action in &buttons {
            assert_eq!(action["action"], "setValue");
            assert_eq!(
                action["actionInput"]["PFDecisionFor"],
                "=[$PFStepToken] + ':' + @me"
            );
        }
        // Sending back and rejecting need a reason.
        assert!(buttons[0]["actionInput"]["PFDecisionComment"].is_null());
        assert!(
            buttons[1..]
                .iter()
                .all(|action| action["actionInput"]["PFDecisionComment"].is_string())
        );
    }

    #[test]
    fn a_formatter_is_compared_by_what_it_says() {
        let wanted = formatter(&field("inbox", "PFKind"));
        let spelled = serde_json::to_string_pretty(wanted.as_ref().unwrap()).unwrap();
        assert!(is_same(Some(&spelled), wanted.as_ref()));
        assert!(is_same(Some(""), None) && is_same(None, None));
        assert!(!is_same(None, wanted.as_ref()) && !is_same(Some("{"), wanted.as_ref()));
        assert!(!is_same(Some("{}"), None));
    }
}
