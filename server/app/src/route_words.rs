//! Routes and their reasons in words.

use workflow::definition::Then;
use workflow::route::{Because, SkipReason, Why};

use crate::config::Language;

fn pick(language: Language, ja: impl Into<String>, en: impl Into<String>) -> String {
    match language {
        Language::Ja => ja.into(),
        Language::En => en.into(),
    }
}

/// Why somebody is asked.
pub(crate) fn because(because: &Because, language: Language) -> String {
    match because {
        Because::Source { from, .. } => source(from, language),
        Because::Lifted { .. } => pick(
            language,
            "申請者本人が承認者にあたるため、その上長が代わりに",
            "above the applicant, who would have been asked",
        ),
        Because::Appointed => pick(
            language,
            "管理者が経路を変更したため",
            "an administrator changed the route",
        ),
        Because::Administrators => pick(
            language,
            "承認できる人がいないため、管理者に",
            "nobody else was left: an administrator",
        ),
        Because::Fallback => pick(
            language,
            "承認できる人がいないため、定義の代替者に",
            "nobody else was left: named by the definition for that",
        ),
        Because::ParentUnit { unit } => pick(
            language,
            format!("承認できる人がいないため、上位の部門「{unit}」の同じ役職に"),
            format!("nobody else was left: the same post in the unit above, {unit}"),
        ),
    }
}

/// A way of naming people, by the word of definitions.
fn source(word: &str, language: Language) -> String {
    let (ja, en) = match word {
        "people" => ("定義で名指しされているため", "named in the definition"),
        "group" => ("グループのメンバーであるため", "a member of the group"),
        "unit" => ("部門の該当者であるため", "of that unit and post"),
        "manager" => ("申請者の上長であるため", "a manager above the applicant"),
        "field" => ("申請内容で選ばれたため", "chosen in the form"),
        "master" => ("マスターの該当行にあるため", "named by a row of the master table"),
        "owner" => ("対象の所有者であるため", "an owner of the object"),
        "previousManager" => (
            "前のステップの承認者の上長であるため",
            "a manager above those asked before",
        ),
        "choose" => ("条件による選択で決まったため", "chosen by a condition"),
        other => return other.to_owned(),
    };
    pick(language, ja, en)
}

/// Why somebody is not asked.
pub(crate) fn why(why: &Why, language: Language) -> String {
    match why {
        Why::Away => pick(
            language,
            "無効か、在籍していないため",
            "disabled, or not in the tenant any more",
        ),
        Why::Applicant => pick(language, "申請者本人であるため", "the applicant himself"),
        Why::SamePerson { step } => pick(
            language,
            format!("ステップ {step} で依頼されるため"),
            format!("asked at the step {step}"),
        ),
    }
}

/// Why a step asks nobody.
pub(crate) fn skipped(reason: SkipReason, language: Language) -> String {
    let (ja, en) = match reason {
        SkipReason::NoApprover => ("承認者がいないため省略", "left out: nobody to ask"),
        SkipReason::SamePerson => (
            "同じ人がほかのステップで承認するため省略",
            "left out: asked at another step",
        ),
        SkipReason::Applicant => (
            "申請者本人だけのステップのため省略",
            "left out: only the applicant himself",
        ),
        SkipReason::Rule => (
            "条件に当てはまらないため省略",
            "left out: its condition does not hold",
        ),
        SkipReason::PullUp => ("引上げのため省略", "left out: pulled up"),
    };
    pick(language, ja, en)
}

/// What an automatic step comes to.
pub(crate) fn outcome(then: Then, language: Language) -> String {
    let (ja, en) = match then {
        Then::Pass => ("自動で通過", "passes by rule"),
        Then::Finish => ("自動で承認終了", "approved for good by rule"),
        Then::Reject => ("自動で却下", "rejected by rule"),
        Then::Return => ("自動で差戻し", "sent back by rule"),
    };
    pick(language, ja, en)
}
