//! What Exchange carries out: lists, shared mailboxes, contacts.

use serde_json::json;

use super::super::ground::{MEMBER, OWNER};
use super::super::objects::{
    CHANGED_CONTACT, CHANGED_MAILBOX, COMING, DELETED_CONTACT, DELETED_MAILBOX, HOLDER,
};
use super::{NEXT_MEMBER, Sample, adopted, changed, gone, sample};

const CHANGED_LIST: &str = "全社連絡";
const DELETED_LIST: &str = "全社連絡（旧）";

pub(super) const SAMPLES: &[Sample] = &[
    sample(
        "list-create",
        |_| {},
        |ground| {
            json!({ "name": "営業部全員", "alias": "sales-all", "outside": "closed", "reason": "連絡のため",
            "owners": [ground.person(OWNER)], "members": [ground.person(NEXT_MEMBER), ground.person("kei.morita")] })
        },
    ),
    sample(
        "list-change",
        |ground| ground.owned(CHANGED_LIST, OWNER, MEMBER),
        |ground| {
            let mut form = changed(ground, "list", CHANGED_LIST, "全社員連絡");
            form["items"] = json!(["name", "outside", "owners", "members"]);
            form["outside"] = json!("open");
            form.as_object_mut().expect("a form").remove("description");
            form
        },
    )
    .asked_anew_where(|ground| ground.renamed(CHANGED_LIST)),
    sample(
        "list-delete",
        |ground| {
            ground.copied(CHANGED_LIST, DELETED_LIST, "zensha-old");
            ground.owned(DELETED_LIST, OWNER, MEMBER);
        },
        |ground| gone(ground, "list", DELETED_LIST),
    )
    .asked_anew_where(|ground| ground.renamed(DELETED_LIST)),
    sample(
        "distribution-create",
        |_| {},
        |ground| {
            json!({ "name": "営業部ニュース", "alias": "sales-news", "outside": "open", "reason": "連絡のため",
            "owners": [ground.person(OWNER)], "members": [ground.person(NEXT_MEMBER), ground.person("kei.morita")] })
        },
    ),
    sample(
        "distribution-change",
        |ground| ground.new_list("お知らせ配信", "news", false),
        |ground| {
            let mut form = changed(ground, "list", "お知らせ配信", "全社お知らせ配信");
            form["items"] = json!(["name", "outside", "owners", "members"]);
            form["outside"] = json!("open");
            form.as_object_mut().expect("a form").remove("description");
            form
        },
    )
    .asked_anew_where(|ground| ground.renamed("お知らせ配信")),
    sample(
        "distribution-delete",
        |ground| ground.new_list("お知らせ配信（旧）", "old-news", false),
        |ground| gone(ground, "list", "お知らせ配信（旧）"),
    )
    .asked_anew_where(|ground| ground.renamed("お知らせ配信（旧）")),
    sample(
        "mailbox-create",
        |_| {},
        |ground| {
            json!({ "name": "営業窓口", "alias": "sales-desk", "reason": "窓口のため",
            "fullAccess": [ground.person(COMING), ground.person(HOLDER)], "sendAs": [ground.person(COMING)],
            "sendOnBehalf": [ground.person(HOLDER)] })
        },
    ),
    sample(
        "mailbox-change",
        |_| {},
        |ground| {
            let (coming, holder) = ([ground.person(COMING)], [ground.person(HOLDER)]);
            json!({ "mailbox": ground.account(CHANGED_MAILBOX.0), "reason": "組織変更のため",
            "items": ["name", "addresses", "fullAccess", "sendAs", "sendOnBehalf"], "name": "総合窓口",
            "address": "desk", "addAddress": "welcome", "removeAddress": ground.upn("info-too"),
            "addFullAccess": coming, "removeFullAccess": holder, "addSendAs": coming, "removeSendAs": holder,
            "addSendOnBehalf": coming, "removeSendOnBehalf": holder })
        },
    )
    .asked_anew_where(|ground| ground.renamed_mailbox(CHANGED_MAILBOX)),
    sample(
        "mailbox-delete",
        |_| {},
        |ground| json!({ "mailbox": ground.account(DELETED_MAILBOX.0), "reason": "使わなくなったため" }),
    )
    .asked_anew_where(|ground| ground.renamed_mailbox(DELETED_MAILBOX)),
    sample(
        "contact-create",
        |_| {},
        |_| {
            json!({ "name": "ノースウィンド", "address": "info@northwind.example", "company": "ノースウィンド商会",
            "phone": "03-0000-0000", "lastName": "山田", "reason": "取引開始のため" })
        },
    ),
    sample(
        "contact-change",
        |_| {},
        |ground| {
            json!({ "contact": ground.objects.contact(CHANGED_CONTACT),
            "items": ["name", "address", "company", "post", "department"], "reason": "先方の異動のため",
            "name": "ファブリカム 総合窓口", "address": "all@fabrikam.example", "company": "ファブリカム株式会社",
            "department": "営業部" })
        },
    )
    .asked_anew_where(|ground| ground.renamed_contact(CHANGED_CONTACT)),
    sample(
        "contact-delete",
        |_| {},
        |ground| json!({ "contact": ground.objects.contact(DELETED_CONTACT), "reason": "取引終了のため" }),
    )
    .asked_anew_where(|ground| ground.renamed_contact(DELETED_CONTACT)),
    sample(
        "list-adopt",
        |ground| {
            ground.new_list("責任者のいない連絡", "lost", true);
            ground.without_owners("責任者のいない連絡");
        },
        |ground| adopted(ground, "list", "責任者のいない連絡"),
    )
    .parked_where(|ground| ground.owned("責任者のいない連絡", OWNER, MEMBER)),
    sample(
        "distribution-adopt",
        |ground| {
            ground.new_list("引継ぎ待ちの配信", "waiting-news", false);
            ground.blocked_owner("引継ぎ待ちの配信");
        },
        |ground| adopted(ground, "list", "引継ぎ待ちの配信"),
    )
    .parked_where(|ground| ground.owned("引継ぎ待ちの配信", OWNER, MEMBER)),
];
