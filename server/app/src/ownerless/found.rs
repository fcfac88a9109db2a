//! One object for which nobody answers who may sign in, and the request that gives it owners.

use std::collections::BTreeSet;

use forms::Label;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Language;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ownerless {
    pub id: Uuid,
    pub name: String,
    /// The title of the workflow by which it is adopted.
    pub request: Label,
    /// Its key.
    #[serde(default)]
    pub workflow: String,
    /// Owners that it has, who may not sign in.
    #[serde(default)]
    pub last: BTreeSet<Uuid>,
    /// Number of the application that was opened to adopt it.
    #[serde(default)]
    pub opened: Option<String>,
}

/// One line each, and one for those of `count` that are not among them.
pub(crate) fn lines(some: &[Ownerless], count: usize, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = some.iter().map(|one| line(one, language)).collect();
    let more = count.saturating_sub(some.len());
    if more > 0 {
        lines.push(match language {
            Language::Ja => format!("ほか {more} 件"),
            Language::En => format!("and {more} more"),
        });
    }
    lines
}

fn line(one: &Ownerless, language: Language) -> String {
    let Ownerless { name, request, .. } = one;
    match (language, &one.opened) {
        (Language::Ja, None) => format!("{name} → 「{}」", request.ja),
        (Language::En, None) => format!("{name} → \"{}\"", request.en),
        (Language::Ja, Some(number)) => format!("{name} → 「{}」申請済み: {number}", request.ja),
        (Language::En, Some(number)) => format!("{name} → \"{}\" opened: {number}", request.en),
    }
}

#[cfg(test)]
pub(super) fn sample(id: u128) -> Ownerless {
    Ownerless {
        id: Uuid::from_u128(id),
        name: format!("G{id}"),
        request: Label {
            ja: "所有者引継ぎ".to_owned(),
            en: "Adopt".to_owned(),
        },
        workflow: "adopt".to_owned(),
        last: BTreeSet::new(),
        opened: None,
    }
}

#[cfg(test)]
pub(super) fn opened(id: u128, number: &str) -> Ownerless {
    Ownerless {
        opened: Some(number.to_owned()),
        ..sample(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_leads_to_the_request_and_the_rest_is_counted() {
        let some = [sample(1), opened(2, "A-1")];
        assert_eq!(
            lines(&some, 5, Language::Ja),
            [
                "G1 → 「所有者引継ぎ」",
                "G2 → 「所有者引継ぎ」申請済み: A-1",
                "ほか 3 件"
            ]
        );
        assert_eq!(
            lines(&some, 2, Language::En),
            ["G1 → \"Adopt\"", "G2 → \"Adopt\" opened: A-1"]
        );
    }
}
