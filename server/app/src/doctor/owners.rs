//! What nobody answers for who may sign in, as the last nightly search found it.

use std::collections::BTreeMap;

use super::Finding;
use crate::config::Language;
use crate::ownerless::{self, Ownerless, Record};
use crate::service::Service;

const WHAT: &str = "owners";
/// So many are named in one line.
const NAMED: usize = 20;

/// Nothing is said before the first search.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    match ownerless::last(service).await {
        Ok(record) => record.map(|record| findings(&record)).unwrap_or_default(),
        Err(error) => vec![Finding::wrong(WHAT, error.to_string(), error.to_string())],
    }
}

fn findings(record: &Record) -> Vec<Finding> {
    if record.searched.is_none() {
        return Vec::new();
    }
    let mut by_request: BTreeMap<&str, Vec<&Ownerless>> = BTreeMap::new();
    for one in &record.found {
        by_request.entry(&one.request.en).or_default().push(one);
    }
    if by_request.is_empty() {
        return vec![Finding::good(WHAT)];
    }
    by_request.values().map(|found| finding(found)).collect()
}

/// Of those that one request adopts.
fn finding(found: &[&Ownerless]) -> Finding {
    let [ja, en] = [Language::Ja, Language::En].map(|language| names(found, language));
    let request = found.first().map(|one| &one.request);
    let [ja_request, en_request] =
        request.map_or(["", ""], |request| [request.ja.as_str(), request.en.as_str()]);
    let (ja_remedy, en_remedy) = match found.iter().filter(|one| one.opened.is_some()).count() {
        0 => (
            format!("「{ja_request}」を申請してください"),
            format!("apply for \"{en_request}\""),
        ),
        opened if opened == found.len() => (
            format!("「{ja_request}」は申請済みです"),
            format!("\"{en_request}\" is applied for"),
        ),
        _ => (
            format!("番号のないものは「{ja_request}」を申請してください"),
            format!("apply for \"{en_request}\" where no number stands"),
        ),
    };
    Finding::warning(
        WHAT,
        format!("サインインできる所有者がいません: {ja}。{ja_remedy}"),
        format!("nobody who may sign in owns {en}: {en_remedy}"),
    )
}

fn names(found: &[&Ownerless], language: Language) -> String {
    let between = match language {
        Language::Ja => "、",
        Language::En => ", ",
    };
    let named: Vec<String> = found.iter().take(NAMED).map(|one| name(one, language)).collect();
    let named = named.join(between);
    match (found.len().saturating_sub(NAMED), language) {
        (0, _) => named,
        (more, Language::Ja) => format!("{named} ほか {more} 件"),
        (more, Language::En) => format!("{named} and {more} more"),
    }
}

fn name(one: &Ownerless, language: Language) -> String {
    let Ownerless { name, opened, .. } = one;
    match (opened, language) {
        (None, _) => name.clone(),
        (Some(number), Language::Ja) => format!("{name}（{number}）"),
        (Some(number), Language::En) => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use forms::Label;
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn ownerless(number: u128, request: &str) -> Ownerless {
        Ownerless {
            id: Uuid::from_u128(number),
            name: format!("G{number}"),
            request: Label {
                ja: format!("{request}の引継ぎ"),
                en: format!("Adopt a {request}"),
            },
            workflow: request.to_owned(),
            last: BTreeSet::new(),
            opened: None,
        }
    }

    fn told(searched: bool, found: Vec<Ownerless>) -> Vec<String> {
        let record = Record {
            night: Timestamp::UNIX_EPOCH,
            searched: searched.then_some(Timestamp::UNIX_EPOCH),
            found,
            under_way: None,
        };
        let findings = findings(&record);
        assert!(!findings.iter().any(Finding::is_wrong));
        findings
            .iter()
            .map(|finding| finding.line(Language::Ja))
            .collect()
    }

    #[test]
    fn each_request_that_adopts_is_told_with_those_that_wait_for_it() {
        let found = vec![ownerless(1, "list"), ownerless(2, "group"), ownerless(3, "list")];
        let lines = [
            "注意    owners: サインインできる所有者がいません: G2。「groupの引継ぎ」を申請してください",
            "注意    owners: サインインできる所有者がいません: G1、G3。「listの引継ぎ」を申請してください",
        ];
        assert_eq!(told(true, found), lines);
        assert_eq!(told(true, Vec::new()), ["正常    owners"]);
        assert_eq!(told(false, Vec::new()), Vec::<String>::new());
        let opened = |number| Ownerless {
            opened: Some("A-1".to_owned()),
            ..ownerless(number, "list")
        };
        let all =
            "注意    owners: サインインできる所有者がいません: G1（A-1）。「listの引継ぎ」は申請済みです";
        assert_eq!(told(true, vec![opened(1)]), [all]);
        let some = told(true, vec![opened(1), ownerless(2, "list")]).concat();
        assert!(
            some.ends_with("G1（A-1）、G2。番号のないものは「listの引継ぎ」を申請してください"),
            "{some}"
        );
        let many = (1..=25).map(|number| ownerless(number, "group")).collect();
        assert!(told(true, many)[0].contains("G20 ほか 5 件"));
    }
}
