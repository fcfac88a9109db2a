//! What is wrong with a package, in words.

use std::sync::LazyLock;

use workflow::evidence::{Fault, Problem, Verdict};

use crate::config::Language;

/// Code, Japanese, English.
static WORDS: LazyLock<Vec<(String, String, String)>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../words/evidence.json")).unwrap_or_default());

fn sentence(problem: Problem, language: Language) -> String {
    let code = serde_json::to_value(problem).unwrap_or_default();
    let found = WORDS.iter().find(|(known, _, _)| code == known.as_str());
    match (found, language) {
        (Some((_, ja, _)), Language::Ja) => ja.clone(),
        (Some((_, _, en)), Language::En) => en.clone(),
        (None, _) => format!("{problem:?}"),
    }
}

/// One line: where in journal and file, what, and what was found.
pub fn fault_line(fault: &Fault, language: Language) -> String {
    let (from, until) = (fault.bytes.start, fault.bytes.end);
    let place = match (fault.line, language) {
        (Some(line), Language::Ja) => format!("{line} 行目 "),
        (Some(line), Language::En) => format!("line {line} "),
        (None, _) => String::new(),
    };
    let member = if fault.member.is_empty() {
        "/"
    } else {
        &fault.member
    };
    let bytes = match language {
        Language::Ja => format!("{from}〜{until} バイト"),
        Language::En => format!("bytes {from} to {until}"),
    };
    let words = sentence(fault.problem, language);
    let detail = if fault.detail.is_empty() {
        String::new()
    } else {
        format!(" [{}]", fault.detail)
    };
    format!("{place}{member} ({bytes}): {words}{detail}")
}

/// What the whole check came to, and what the reader still has to do himself.
pub fn verdict_lines(verdict: &Verdict, is_key_given: bool, language: Language) -> Vec<String> {
    let number = verdict.number.as_deref().unwrap_or("?");
    let (lines, heads, faults) = (verdict.lines, verdict.heads, verdict.faults.len());
    let mut told = vec![match language {
        Language::Ja => format!("{number}: {lines} 行、署名 {heads} 件、問題 {faults} 件"),
        Language::En => format!("{number}: {lines} line(s), {heads} signed head(s), {faults} fault(s)"),
    }];
    if verdict.unsaid > 0 {
        let unsaid = verdict.unsaid;
        told.push(match language {
            Language::Ja => format!("判定された版のうち {unsaid} 件は、書き出した時点で SharePoint に残っていなかったため、内容を含みません。"),
            Language::En => format!("{unsaid} judged version(s) were no longer in SharePoint at the export; what they said is not in the file."),
        });
    }
    let Some(fingerprint) = verdict.fingerprint else {
        return told;
    };
    told.push(match language {
        Language::Ja => format!("署名鍵の指紋(SHA-256): {fingerprint}"),
        Language::En => format!("Fingerprint of the signing key (SHA-256): {fingerprint}"),
    });
    if !is_key_given {
        told.push(match language {
            Language::Ja => "この指紋を、完了・却下・取下げのメールにある指紋と見比べてください。違えば、記録は別の鍵で書き直されています。".to_owned(),
            Language::En => "Compare it with the one in the closing mail (completed, rejected, withdrawn). If they differ, another key rewrote the history.".to_owned(),
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_with_its_place_in_both_languages() {
        let fault = Fault {
            problem: Problem::LineHashDiffers,
            line: Some(4),
            member: "/lines/3/body".to_owned(),
            bytes: 100..220,
            detail: String::new(),
        };
        assert_eq!(
            fault_line(&fault, Language::Ja),
            "4 行目 /lines/3/body (100〜220 バイト): 行の本文が、そのハッシュと一致しません。"
        );
        assert_eq!(
            fault_line(&fault, Language::En),
            "line 4 /lines/3/body (bytes 100 to 220): The text of the line does not have this hash."
        );
    }

    #[test]
    fn every_problem_has_words() {
        for problem in Problem::ALL {
            let ja = sentence(problem, Language::Ja);
            assert!(ja.ends_with('。'), "{problem:?}: {ja}");
            assert!(sentence(problem, Language::En).ends_with('.'), "{problem:?}");
        }
    }

    /// The page tells every event by its type.
    #[test]
    fn x17_the_page_has_words_for_every_event_in_both_languages() {
        let words: Vec<(String, String, String)> =
            serde_json::from_str(include_str!("../../evidence/events.json")).unwrap();
        let known = include_str!("../../../workflow/src/application/event.rs");
        let variants = known.lines().filter_map(|line| {
            let name = line
                .strip_prefix("    ")?
                .strip_suffix(" {")
                .or(line.strip_prefix("    ")?.strip_suffix(" {},"))?;
            name.chars().all(char::is_alphanumeric).then_some(name)
        });
        let variants: Vec<_> = variants.collect();
        assert!(variants.len() > 45, "{variants:?}");
        for name in variants {
            let found = words.iter().find(|(code, _, _)| code.eq_ignore_ascii_case(name));
            let (_, ja, en) = found.unwrap_or_else(|| panic!("no words for {name}"));
            assert!(!ja.is_ascii() && en.is_ascii(), "{name}");
        }
    }
}
