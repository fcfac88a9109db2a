//! Simulation and hand-over in words.

use std::collections::{BTreeMap, BTreeSet};

use workflow::PersonId;
use workflow::reorganisation::{Fate, Forecast, Load, Outlook, Stuck};
use workflow::route::Drift;

use super::Moved;
use crate::config::Language;
use crate::reason_words;

type Names = BTreeMap<PersonId, String>;

fn pick(language: Language, ja: String, en: String) -> String {
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

/// What is stuck first, then what changes, then who gets how much, the most first.
pub(crate) fn forecast_lines(forecast: &Forecast, names: &Names, language: Language) -> Vec<String> {
    let of = |stuck: bool| {
        let outlooks = forecast.outlooks.iter();
        outlooks.filter(move |outlook| matches!(outlook.fate, Fate::Stuck { .. }) == stuck)
    };
    let changed = of(false).filter(|outlook| outlook.fate != Fate::Same).count();
    let (stuck, all) = (of(true).count(), forecast.outlooks.len());
    let mut lines = vec![pick(
        language,
        format!("承認中の申請 {all} 件: 停止 {stuck} 件、経路の変更 {changed} 件"),
        format!("{all} application(s) in approval: {stuck} stuck, {changed} with another route"),
    )];
    lines.extend(
        of(true)
            .chain(of(false))
            .flat_map(|outlook| outlook_lines(outlook, names, language)),
    );
    let mut loads: Vec<_> = forecast
        .loads
        .iter()
        .filter(|(_, load)| load.now != load.then)
        .collect();
    loads.sort_by_key(|(_, load)| std::cmp::Reverse(load.then));
    lines.extend(
        loads
            .into_iter()
            .map(|(person, load)| load_line(&called(names, person), *load, language)),
    );
    lines
}

fn outlook_lines(outlook: &Outlook, names: &Names, language: Language) -> Vec<String> {
    let Outlook {
        number,
        workflow,
        step,
        ..
    } = outlook;
    let drifts = match &outlook.fate {
        Fate::Same => return Vec::new(),
        Fate::Changes { drifts } | Fate::Stuck { drifts, .. } => drifts,
    };
    let mut lines = Vec::new();
    lines.push(match &outlook.fate {
        Fate::Stuck { why, .. } => {
            let why = stuck(why, names, language);
            pick(
                language,
                format!("! {number} [{workflow}] {step}: 停止 - {why}"),
                format!("! {number} [{workflow}] {step}: stuck - {why}"),
            )
        }
        _ => format!("~ {number} [{workflow}] {step}"),
    });
    lines.extend(drifts.iter().map(|drift| drift_line(drift, names)));
    lines
}

fn stuck(why: &Stuck, names: &Names, language: Language) -> String {
    match why {
        Stuck::AskedHaveLeft { gone } => {
            let gone = all(names, gone);
            pick(
                language,
                format!("承認者が足りません(不在: {gone})"),
                format!("too few of those asked are left (gone: {gone})"),
            )
        }
        Stuck::LaterHaveLeft { step, gone } => {
            let gone = all(names, gone);
            pick(
                language,
                format!("後のステップ {step} に誰もいません(不在: {gone})"),
                format!("nobody is left at the later step {step} (gone: {gone})"),
            )
        }
        Stuck::NoRoute { step, problem } => pick(
            language,
            format!("ステップ {step} の承認者が見つかりません({problem})"),
            format!("step {step}: {problem}"),
        ),
    }
}

fn drift_line(drift: &Drift, names: &Names) -> String {
    format!(
        "    {}: {} -> {}",
        drift.step,
        all(names, &drift.former),
        all(names, &drift.successors)
    )
}

fn load_line(name: &str, load: Load, language: Language) -> String {
    let Load { now, then } = load;
    pick(
        language,
        format!("{name}: 未処理 {now} 件 -> {then} 件"),
        format!("{name}: {now} open item(s) -> {then}"),
    )
}

fn called(names: &Names, person: &PersonId) -> String {
    names.get(person).cloned().unwrap_or_else(|| person.to_string())
}

fn all(names: &Names, people: &BTreeSet<PersonId>) -> String {
    let all: Vec<_> = people.iter().map(|person| called(names, person)).collect();
    if all.is_empty() {
        "-".to_owned()
    } else {
        all.join(", ")
    }
}

/// One application that was handed over, or not.
pub(crate) fn moved_line(moved: &Moved, (at, of): (usize, usize), language: Language) -> String {
    let mut what = Vec::new();
    if moved.item {
        what.push(pick(language, "振替".to_owned(), "handed over".to_owned()));
    }
    if moved.later {
        what.push(pick(
            language,
            "後のステップも変更".to_owned(),
            "later steps too".to_owned(),
        ));
    }
    if let Some(code) = moved.refused {
        let why = reason_words::sentence(code, language);
        what.push(pick(
            language,
            format!("できません: {why}"),
            format!("refused: {why}"),
        ));
    }
    format!(
        "{at}/{of} {} {}",
        moved.number,
        what.join(pick(language, "、".into(), ", ".into()).as_str())
    )
}

/// What came of it all.
pub(crate) fn summary(moved: &[Moved], deputies: usize, language: Language) -> String {
    let done = moved.iter().filter(|one| one.refused.is_none()).count();
    let refused = moved.len() - done;
    pick(
        language,
        format!("振替 {done} 件、できないもの {refused} 件、代理 {deputies} 件"),
        format!("{done} handed over, {refused} refused, {deputies} deputyship(s)"),
    )
}
