//! States in words, for views that cannot put a word in the place of a code.

use serde_json::{Map, Value, json};
use workflow::Code;

use crate::config::Language;

/// The column with the code, and the one with its word.
const CODE: &str = "PFStatus";
const WORD: &str = "PFStatusName";

/// As `manifests/lists.json` words the choices of the column with the code.
pub(crate) fn status(code: Code, language: Language) -> &'static str {
    let (ja, en) = match code {
        Code::DR => ("下書き", "Draft"),
        Code::SU => ("受付処理中", "Submitting"),
        Code::IA => ("承認中", "In approval"),
        Code::SB => ("差戻し中", "Sent back"),
        Code::PB => ("引戻し中", "Pulled back"),
        Code::HO => ("保留中", "On hold"),
        Code::AP => ("決裁済(実行待ち)", "Approved, waiting"),
        Code::EX => ("実行中", "Executing"),
        Code::MW => ("手動作業待ち", "Waiting for manual work"),
        Code::RV => ("要確認", "Needs attention"),
        Code::CO => ("完了", "Completed"),
        Code::PC => ("一部完了", "Partly completed"),
        Code::FA => ("実行失敗", "Failed"),
        Code::RJ => ("却下", "Rejected"),
        Code::WD => ("取下げ", "Withdrawn"),
        Code::EP => ("期限切れ", "Expired"),
        Code::CA => ("強制終了", "Cancelled"),
    };
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

/// Both columns of a row of the inbox.
pub(crate) fn cells(code: Code, language: Language) -> Map<String, Value> {
    Map::from_iter([
        (CODE.to_owned(), json!(code.as_str())),
        (WORD.to_owned(), json!(status(code, language))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::Manifest;

    #[test]
    fn the_words_of_both_lists_are_those_of_the_choices() {
        let manifest = Manifest::embedded().unwrap();
        let fields = manifest.lists.iter().flat_map(|list| &list.fields);
        let choices: Vec<_> = fields
            .filter(|field| field.name == CODE)
            .map(|field| &field.choices)
            .collect();
        assert_eq!(choices.len(), 2);
        for choices in choices {
            let told: Vec<_> = choices
                .iter()
                .map(|one| (&*one.value, &*one.ja, &*one.en))
                .collect();
            let words = |code: &Code| {
                let (ja, en) = (status(*code, Language::Ja), status(*code, Language::En));
                (code.as_str(), ja, en)
            };
            assert_eq!(told, Code::ALL.iter().map(words).collect::<Vec<_>>());
        }
    }
}
