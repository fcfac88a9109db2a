//! Pages that say no, in words for people.

use serde::Serialize;

use super::frame::Frame;
use super::html;
use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::operations::fault::Fault;

#[derive(Debug, Serialize)]
struct Refusal {
    heading: &'static str,
    words: &'static str,
    /// What the service said, for whoever reports it.
    detail: String,
    correlation: Option<String>,
}

impl Refusal {
    fn of(fault: &Fault) -> Self {
        let (heading, words) = match (fault.status, fault.code) {
            (403, -2_130_575_252 | -2_130_575_251) => (
                "ページの有効期限が切れています",
                "このページのセキュリティ検証は無効です。Web ブラウザーの [戻る] をクリックし、ページを最新の情報に更新してから、もう一度操作してください。",
            ),
            (401 | 403, _) => (
                "アクセスが拒否されました",
                "このページまたは項目を表示・操作する権限がありません。必要な場合は、サイトの所有者に連絡してください。",
            ),
            (404, _) => (
                "申し訳ございません。お探しのものは見つかりませんでした",
                "項目またはページは存在しないか、ほかのユーザーが削除したか、表示する権限がありません。アドレスを確認してください。",
            ),
            _ => (
                "申し訳ございません。問題が発生しました",
                "操作を完了できませんでした。内容を確認して、もう一度お試しください。",
            ),
        };
        Self {
            heading,
            words,
            detail: fault.message.clone(),
            correlation: None,
        }
    }
}

/// For people who may not see the site at all.
pub(super) fn page(fault: &Fault) -> Reply {
    html::bare(fault.status, "refusal.html", Refusal::of(fault))
}

/// Within the site.
pub(super) fn framed(visit: &Visit<'_, '_>, fault: &Fault) -> Reply {
    let refusal = Refusal {
        correlation: Some(visit.call.request_id.to_string()),
        ..Refusal::of(fault)
    };
    let frame = Frame::of(visit, refusal.heading);
    html::page(fault.status, "refusal.html", &frame, refusal)
}
