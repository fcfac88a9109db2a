//! What happened, in a few words.

use workflow::Event;
use workflow::application::{Elapsed, NoticeKind, Source, Verdict};
use workflow::definition::Then;

use crate::config::Language;

type Words = (&'static str, &'static str);

pub(crate) fn words(event: &Event, language: Language) -> &'static str {
    let (ja, en) = of_approval(event)
        .or_else(|| beside(event))
        .or_else(|| of_execution(event))
        .unwrap_or(("記録", "noted"));
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

fn of_approval(event: &Event) -> Option<Words> {
    Some(match event {
        Event::Submitted(submitted) => match submitted.source {
            Source::Row { .. } => ("申請", "submitted"),
            Source::End { .. } => ("有効期限の到来により取消し", "undone because its end has come"),
            Source::Search { .. } => ("夜間の確認により自動で申請", "opened by the nightly search"),
        },
        Event::Resubmitted { .. } => ("再申請", "submitted again"),
        Event::Returned { .. } => ("入力内容の確認のため差戻し", "returned: the form needs mending"),
        Event::Accepted { .. } => ("受付", "accepted"),
        Event::PreparedAnew {} => ("変更内容が変わったため再受付", "the plan changed: accepted anew"),
        Event::Decided { verdict, .. } => verdict_words(*verdict),
        Event::Held { .. } => ("保留", "put on hold"),
        Event::Released { .. } => ("保留を解除", "released"),
        Event::Confirmed { .. } => ("確認", "seen"),
        Event::StepPassed { .. } => ("次のステップへ", "next step"),
        Event::RuleApplied { then, .. } => rule(*then),
        Event::SentBack { .. } => ("申請者へ差戻し", "sent back to the applicant"),
        Event::SentBackToStep { .. } => ("前のステップへ差戻し", "sent back to an earlier step"),
        Event::Rejected {} => ("却下で終了", "ended: rejected"),
        Event::Approved {} => ("決裁", "fully approved"),
        Event::Scheduled { .. } => ("実行予定", "scheduled"),
        Event::PulledBack { .. } => ("引戻し", "pulled back"),
        Event::TakenBack { .. } => ("判断の引戻し", "took the decision back"),
        Event::Withdrawn { .. } => ("取下げ", "withdrawn"),
        Event::Cancelled { .. } => ("強制終了", "ended by an administrator"),
        Event::PullUpOffered { .. } => ("引上げ承認が可能", "later approvers may go ahead"),
        Event::PulledUp { .. } => ("引上げ承認", "went ahead"),
        Event::DeadlinePassed { elapsed } => deadline(elapsed),
        Event::Edited { .. } => ("申請内容を修正", "changed the form"),
        Event::RouteChanged { .. } => ("経路変更", "changed the route"),
        Event::PlanChanged { .. } => ("変更内容が変わったため再判断", "the plan changed: asked again"),
        Event::Resumed {} => ("再開", "resumed"),
        Event::AskedAgain { .. } => ("再判断の依頼", "asked again"),
        _ => return None,
    })
}

fn beside(event: &Event) -> Option<Words> {
    Some(match event {
        Event::Numbered { .. } => ("採番", "numbered"),
        Event::Represented { .. } => ("代理者を更新", "deputies changed"),
        Event::Reassigned { .. } => ("振替", "handed over"),
        Event::Attached { .. } => ("添付を受領", "files taken"),
        Event::Circulated { kind, .. } => match kind {
            NoticeKind::Circulation => ("回覧", "circulated"),
            NoticeKind::PostReview => ("後閲の依頼", "asked to look afterwards"),
        },
        Event::Acknowledged { .. } => ("確認", "seen"),
        Event::Objected { .. } => ("異議", "objected"),
        Event::ObjectionSettled { .. } => ("異議に対応", "objection settled"),
        Event::NoticeLate { .. } => ("回覧・後閲の期限超過", "a circulation or review is late"),
        Event::Reminded { .. } => ("催促", "reminded"),
        Event::NotCounted { .. } => ("記入は判断として数えない", "an entry that does not count"),
        Event::ExpirySet { .. } => ("有効期限", "stands until"),
        Event::ExpiryReminded { .. } => ("有効期限の案内", "told that the end is near"),
        Event::ExpiryReached {} => ("有効期限の到来", "the end has come"),
        Event::ExpiryMoved { at: Some(_), .. } => ("有効期限を更新", "renewed"),
        Event::ExpiryMoved { at: None, .. } => ("取消しにより有効期限なし", "undone: no end any more"),
        Event::PasswordShown { .. } => ("パスワードを表示", "password shown"),
        _ => return None,
    })
}

fn of_execution(event: &Event) -> Option<Words> {
    Some(match event {
        Event::ExecutionStarted {} => ("実行開始", "execution started"),
        Event::DeletionsHeld { .. } => ("削除の上限のため保留", "held: too many deletions"),
        Event::DeletionsAllowed { .. } => ("削除を許可", "deletions allowed"),
        Event::StepBegun { .. } => ("実行ステップ開始", "execution step begun"),
        Event::StepDone { .. } => ("実行ステップ完了", "execution step done"),
        Event::RowsBegun { .. } => ("行の実行開始", "rows begun"),
        Event::RowsEnded { .. } => ("行の実行", "rows carried out"),
        Event::WorkOpened { .. } => ("手動作業の依頼", "manual work asked for"),
        Event::WorkDeclined { .. } => ("作業不可", "manual work cannot be done"),
        Event::WorkersLeft {} => ("作業者が不在", "nobody is left to do the work"),
        Event::Halted { .. } => (
            "強制終了のため実行を停止",
            "execution stopped by an administrator",
        ),
        Event::WorkDone { .. } => ("手動作業完了", "manual work done"),
        Event::Parked { .. } => ("要確認", "needs attention"),
        Event::Retried { .. } => ("再実行", "retried"),
        Event::StepSkipped { .. } => ("実行ステップを省略", "execution step skipped"),
        Event::CompensationStarted { .. } => ("補償開始", "undoing what was done"),
        Event::StepCompensated { .. } => ("実行ステップを取消し", "execution step undone"),
        Event::RowsCompensated { .. } => ("行の取消し", "rows undone"),
        Event::AcceptedAsIs { .. } => ("現状のまま受入", "accepted as it is"),
        Event::Completed {} => ("完了", "completed"),
        _ => return None,
    })
}

fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Approve => ("承認", "approved"),
        Verdict::Finish => ("承認終了", "approved as a whole"),
        Verdict::Reject => ("却下", "rejected"),
        Verdict::SendBack => ("差戻し", "sent back"),
    }
}

fn rule(then: Then) -> Words {
    match then {
        Then::Pass => ("自動判定: 通過", "rule: passes"),
        Then::Finish => ("自動判定: 承認終了", "rule: approved"),
        Then::Reject => ("自動判定: 却下", "rule: rejected"),
        Then::Return => ("自動判定: 差戻し", "rule: sent back"),
    }
}

fn deadline(elapsed: &Elapsed) -> Words {
    match elapsed {
        Elapsed::Remind {} => ("期限超過", "late"),
        Elapsed::Escalate { .. } => ("期限超過: 処理者を変更", "late: others are asked"),
        Elapsed::Approve {} => ("期限超過: 自動承認", "late: approved"),
        Elapsed::Reject {} => ("期限超過: 自動却下", "late: rejected"),
        Elapsed::SendBack {} => ("期限超過: 自動差戻し", "late: sent back"),
        Elapsed::Expire {} => ("期限切れ", "expired"),
    }
}
