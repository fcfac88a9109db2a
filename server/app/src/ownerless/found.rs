//! One object for which nobody answers who may sign in, and the request that gives it owners.

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
    match language {
        Language::Ja => format!("{name} → 「{}」", request.ja),
        Language::En => format!("{name} → \"{}\"", request.en),
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_leads_to_the_request_and_the_rest_is_counted() {
        let some = [sample(1), sample(2)];
        assert_eq!(
            lines(&some, 5, Language::Ja),
            ["G1 → 「所有者引継ぎ」", "G2 → 「所有者引継ぎ」", "ほか 3 件"]
        );
        assert_eq!(
            lines(&some, 2, Language::En),
            ["G1 → \"Adopt\"", "G2 → \"Adopt\""]
        );
    }
}
