//! Entries that must not count as decisions.

use e2e::person::Person;
use serde_json::{Value, json};

use super::IT_STEP;

/// The manager is asked; the owner administers the site; the expert is asked later.
pub(crate) struct Cast {
    pub(crate) applicant: Person,
    pub(crate) manager: Person,
    pub(crate) owner: Person,
    pub(crate) expert: Person,
}

pub(crate) fn decision_for(item: &Value, person: &Person) -> String {
    let token = item["PFStepToken"].as_str().expect("a step token");
    format!("{token}:{}", person.id)
}

pub(crate) fn approval(item: &Value, by: &Person) -> Value {
    json!({ "PFDecision": "承認", "PFDecisionFor": decision_for(item, by) })
}

/// Who writes in a case.
#[derive(Clone, Copy)]
pub(crate) enum Writer {
    Manager,
    Owner,
}

/// One entry that must not count.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) by: Writer,
    pub(crate) write: fn(&Value, &Cast) -> Value,
    pub(crate) flagged: bool,
    /// Of the mail to whoever wrote it.
    pub(crate) reason: &'static str,
}

pub(crate) fn with(mut entry: Value, column: &str, value: &Value) -> Value {
    entry[column] = value.clone();
    entry
}

pub(crate) static CASES: [Case; 10] = [
    Case {
        name: "an administrator of the site decides in his own name",
        by: Writer::Owner,
        write: |item, cast| approval(item, &cast.owner),
        flagged: false,
        reason: "処理者ではありません",
    },
    Case {
        name: "an administrator of the site decides for the manager",
        by: Writer::Owner,
        write: |item, cast| approval(item, &cast.manager),
        flagged: false,
        reason: "処理者ではありません",
    },
    Case {
        name: "an administrator of the site moves the step on by hand",
        by: Writer::Owner,
        write: |_, _| json!({ "PFStatus": "AP", "PFStepName": IT_STEP }),
        flagged: true,
        reason: "元に戻しました",
    },
    Case {
        name: "the form is altered beside the decision",
        by: Writer::Manager,
        write: |item, cast| with(approval(item, &cast.manager), "PFPayload", &json!("{}")),
        flagged: true,
        reason: "元に戻しました",
    },
    Case {
        name: "the applicant is altered beside the decision",
        by: Writer::Manager,
        write: |item, cast| {
            with(
                approval(item, &cast.manager),
                "PFApplicantId",
                &item["PFAssigneesId"][0],
            )
        },
        flagged: true,
        reason: "元に戻しました",
    },
    Case {
        name: "the status is altered without a decision",
        by: Writer::Manager,
        write: |_, _| json!({ "PFStatus": "CO" }),
        flagged: true,
        reason: "元に戻しました",
    },
    Case {
        name: "the decision is for a step that does not stand",
        by: Writer::Manager,
        write: |item, cast| {
            let token = item["PFStepToken"].as_str().unwrap_or_default();
            let other: String = token.chars().rev().collect();
            json!({ "PFDecision": "承認", "PFDecisionFor": format!("{other}:{}", cast.manager.id) })
        },
        flagged: false,
        reason: "いずれかが変わりました",
    },
    Case {
        name: "the decision is in somebody else's name",
        by: Writer::Manager,
        write: |item, cast| approval(item, &cast.expert),
        flagged: false,
        reason: "判断対象の列の値が正しくありません",
    },
    Case {
        name: "the decision names nothing that can be read",
        by: Writer::Manager,
        write: |_, _| json!({ "PFDecision": "承認", "PFDecisionFor": "yes" }),
        flagged: false,
        reason: "判断対象の列の値が正しくありません",
    },
    Case {
        name: "a plain form is saved right after the step began",
        by: Writer::Manager,
        write: |_, _| json!({ "PFDecision": "承認" }),
        flagged: false,
        reason: "ステップが始まった直後",
    },
];
