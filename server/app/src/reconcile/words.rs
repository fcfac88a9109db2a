//! A run in words, for administrators.

use m365::Rate;

use super::progress::{Mode, Run};
use super::report::{Entry, Outcome, Wrong};
use crate::config::Language;

/// Looking at one item: whether it inherits, and who holds what (m365 counts 1 and 5 units).
const UNITS_PER_ITEM: u64 = 6;

impl Run {
    /// How far it is, and how long the rest takes at least at this pace.
    pub fn progress(&self, rate: Option<Rate>, language: Language) -> String {
        let (done, total) = (self.looked_at, self.total.max(self.looked_at));
        let left = u64::try_from(total - done).unwrap_or(0) * UNITS_PER_ITEM;
        let spans = rate.map_or(0, |rate| left.div_ceil(rate.units.max(1)));
        let span = rate.map_or(0, |rate| rate.span.as_secs().unsigned_abs());
        let minutes = (spans * span).div_ceil(60);
        let mended = self.report.repaired;
        match language {
            Language::Ja => format!("{done}/{total} 件 修復 {mended} 件 残り約 {minutes} 分"),
            Language::En => format!("{done}/{total} repaired {mended} about {minutes} min left"),
        }
    }

    /// The report, line by line.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let mut lines = vec![self.summary(language)];
        lines.extend(self.report.missing.iter().map(|number| match language {
            Language::Ja => format!("{number}: 項目がありません"),
            Language::En => format!("{number}: the item is gone"),
        }));
        lines.extend(self.report.entries.iter().map(|entry| line(entry, language)));
        lines
    }

    fn summary(&self, language: Language) -> String {
        let report = &self.report;
        let missing = report.missing.len();
        let (right, wrong, repaired) = (report.right, report.wrong, report.repaired);
        let (failed, busy, judged, taken_up) = (report.failed, report.busy, report.judged, report.taken_up);
        let plan = self.mode == Mode::Plan;
        match language {
            Language::Ja => format!(
                "{}照合 {} 件: 権限 正 {right} 誤 {wrong} 修復 {repaired} 失敗 {failed} 処理中 {busy}、\
                 未判定の版 {judged}、未受付 {taken_up}、項目なし {missing}",
                if plan { "(確認のみ)" } else { "" },
                self.looked_at
            ),
            Language::En => format!(
                "{}compared {}: permissions right {right} wrong {wrong} repaired {repaired} failed {failed} \
                 changing {busy}, unjudged versions {judged}, not taken up {taken_up}, items gone {missing}",
                if plan { "(plan) " } else { "" },
                self.looked_at
            ),
        }
    }
}

fn line(entry: &Entry, language: Language) -> String {
    let wrong: Vec<_> = entry.wrong.iter().map(|wrong| words(wrong, language)).collect();
    let (ja, en) = match entry.outcome {
        Outcome::Found => ("未修復", "not repaired"),
        Outcome::Repaired => ("修復済み", "repaired"),
        Outcome::Failed => ("修復できません", "cannot be repaired"),
        Outcome::Changing => ("処理中", "changing"),
    };
    let outcome = if language == Language::Ja { ja } else { en };
    format!(
        "{} ({} {}): {} [{outcome}]",
        entry.number,
        entry.list,
        entry.item,
        wrong.join(", ")
    )
}

fn words(wrong: &Wrong, language: Language) -> String {
    match (wrong, language) {
        (Wrong::Inherits {}, Language::Ja) => "リストの権限を継承していました".into(),
        (Wrong::Inherits {}, Language::En) => "inherited the list's permissions".into(),
        (Wrong::TooMuch { who, level }, Language::Ja) => format!("余分 {who} {level}"),
        (Wrong::TooMuch { who, level }, Language::En) => format!("too much: {who} {level}"),
        (Wrong::TooLittle { who, level }, Language::Ja) => format!("不足 {who} {level}"),
        (Wrong::TooLittle { who, level }, Language::En) => format!("lacking: {who} {level}"),
    }
}
