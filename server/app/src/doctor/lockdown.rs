//! Whether the site shuts the pages of lists to those who may see single applications alone.

use m365::sharepoint::LIMITED_ACCESS_LOCKDOWN;

use super::Finding;
use crate::service::Service;

/// People who take part hold PF-Door on the list and rights on single items: to the lockdown, limited access.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    const WHAT: &str = "limited-access lockdown";
    let finding = match service.site.site_features().await {
        Ok(active) if active.contains(&LIMITED_ACCESS_LOCKDOWN) => Finding::warning(
            WHAT,
            "サイト コレクションの機能「制限付きアクセス ユーザーのアクセス許可ロックダウン モード」が有効です。PF-Door しか持たない承認者と閲覧者は申請リストのビュー ページを開けないことがあります(メールのリンク、ホームの Web パーツ、項目のフォームは使えます)。ビューを使うときは、サイト コレクションの管理者がこの機能を無効にしてください",
            "the site collection feature \"Limited-access user permission lockdown mode\" is active: approvers and viewers, who hold only PF-Door, may not be able to open the view pages of the applications (links in mails, the web parts and the item form go on to work). Where people are to use the views, a site collection administrator has to deactivate it",
        ),
        Ok(_) => Finding::good(WHAT),
        Err(error) => Finding::unknown(WHAT, &error),
    };
    vec![finding]
}
