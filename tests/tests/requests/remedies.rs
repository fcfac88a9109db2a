//! What stands against a request reaches whoever applied for it: at its field of the form, and in a mail that says what
//! to do about it. Nothing is written meanwhile.

use dev_tenant::directory::Group;
use e2e::house::pause;
use e2e::post::mails;
use serde_json::{Value, json};

use super::groups::{self, MICROSOFT_365, OWNER, TARGET, change};
use super::lists;
use super::mailboxes::codes;
use super::stage::{ADOPTION, Kind, ONE_EXPERT, SUBJECT, Stage};
use super::team_changes;
use super::users::ALLOW;

const CREATE_TEAM: Kind = Kind {
    workflow: "team-create",
    last: ONE_EXPERT,
};
const ADOPT_LIST: Kind = Kind {
    workflow: "list-adopt",
    last: ADOPTION,
};
const ADOPT_TEAM: Kind = Kind {
    workflow: "team-adopt",
    last: ADOPTION,
};

const SUBJECT_OF_MAIL: &str = "【差戻し】";
/// Has no licence that would bring a mailbox.
const WITHOUT_MAILBOX: &str = "takuya.okamoto";
const LOOK: std::time::Duration = std::time::Duration::from_millis(100);
const LOOKS: usize = 600;

/// Codes, and what the mail advises.
const DONE_ALREADY: (&str, &str) = ("nothing_to_do", "すでに申請のとおりになっています");
const NO_ACCOUNT: (&str, &str) = ("account_gone", "対象のアカウントが見つかりません");
const NO_GROUP: (&str, &str) = ("unknown_group", "が見つかりません");
const NO_PERSON: (&str, &str) = ("unknown_person", "見つからないか、無効になっています");
const NO_MAILBOX: (&str, &str) = ("no_mailbox", "にはメールボックスがありません");
const NAME_TAKEN: (&str, &str) = ("taken", "すでに使われているか、ほかの申請で予約されています");
const ON_PREMISES: (&str, &str) = (
    "synced_from_premises",
    "Active Directory の管理者に依頼してください",
);
const DYNAMIC: (&str, &str) = ("group_not_writable", "はこのサービスから変更できません");
const ORPHANED: (&str, &str) = ("orphaned", "先に「所有者引継ぎ」を申請してください");
const ANSWERED_FOR: (&str, &str) = ("not_orphaned", "引継ぎではなく、所有者の変更を申請してください");
const BUSY: (&str, &str) = ("target_busy", "終わってから申請してください");

impl Stage {
    /// It is sent back for this reason alone, and a mail says what to do.
    async fn advises(&self, kind: Kind, form: &Value, field: &str, (code, advice): (&str, &str)) {
        let known = self.advised(advice);
        assert_eq!(self.refused(kind, form).await, codes(&[(code, field)]));
        for _ in 0..LOOKS {
            if self.advised(advice) > known {
                return;
            }
            pause(LOOK).await;
        }
        panic!("{}: no mail says {advice}\n{}", kind.workflow, self.house.log());
    }

    /// How many mails to the applicant say so.
    fn advised(&self, advice: &str) -> usize {
        let told = mails(&self.house, &self.applicant, SUBJECT_OF_MAIL);
        told.iter().filter(|text| text.contains(advice)).count()
    }

    /// The same while a group of this name is otherwise.
    async fn advises_while(
        &self,
        (kind, form, field): (Kind, &Value, &str),
        (name, otherwise): (&str, fn(&Stage, &mut Group)),
        told: (&str, &str),
    ) {
        let mut was = None;
        change(&self.house, name, |group| {
            was = Some(group.clone());
            otherwise(self, group);
        });
        self.advises(kind, form, field, told).await;
        change(&self.house, name, |group| *group = was.expect("what it was"));
    }

    fn lets_sign_in(&self, local: &str, enabled: bool) {
        self.change_user(local, |user| user.account_enabled = enabled);
    }
}

fn synced(_: &Stage, group: &mut Group) {
    let synced = json!(true);
    group
        .properties
        .insert("onPremisesSyncEnabled".to_owned(), synced);
}

fn dynamic(_: &Stage, group: &mut Group) {
    let kinds = json!(["Unified", "DynamicMembership"]);
    group.properties.insert("groupTypes".to_owned(), kinds);
}

fn gone(stage: &Stage, group: &mut Group) {
    group.deleted = Some(stage.house.world().clock.now());
}

fn nobody(stage: &Stage) -> Value {
    json!([{ "upn": format!("nobody@{}", stage.house.world().names.domain) }])
}

#[tokio::test(flavor = "multi_thread")]
async fn r03_whoever_asks_in_vain_to_let_somebody_sign_in_again_is_told_why_and_what_to_do() {
    let stage = Stage::new().await;
    let form = json!({ "user": stage.person(SUBJECT), "reason": "復職のため" });
    stage.advises(ALLOW, &form, "user", DONE_ALREADY).await;
    stage.lets_sign_in(SUBJECT, false);
    let stranger = json!({ "user": nobody(&stage)[0], "reason": "復職のため" });
    stage.advises(ALLOW, &stranger, "user", NO_ACCOUNT).await;
    stage.open(ALLOW, &form).await;
    stage.advises(ALLOW, &form, "user", BUSY).await;
    assert_eq!(stage.picture(SUBJECT)["user"]["account_enabled"], false);
    assert_eq!(stage.writes("graph:update:user:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r11_whoever_asks_in_vain_for_a_team_is_told_why_and_what_to_do() {
    let stage = Stage::new().await;
    let form = groups::created(&stage, MICROSOFT_365);
    let with = |field: &str, value: Value| {
        let mut form = form.clone();
        form[field] = value;
        form
    };
    for field in ["owners", "members"] {
        let stranger = with(field, nobody(&stage));
        stage.advises(CREATE_TEAM, &stranger, field, NO_PERSON).await;
    }
    let taken = with("name", json!(TARGET));
    stage.advises(CREATE_TEAM, &taken, "name", NAME_TAKEN).await;
    // Whoever may not sign in cannot answer for a team.
    stage.lets_sign_in(OWNER, false);
    stage.advises(CREATE_TEAM, &form, "owners", NO_PERSON).await;
    stage.lets_sign_in(OWNER, true);
    stage.open(CREATE_TEAM, &form).await;
    let other = with("nickname", json!("another"));
    stage.advises(CREATE_TEAM, &other, "name", NAME_TAKEN).await;
    for untouched in ["graph:create:group:", "graph:create:team:"] {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_r18_r19_whoever_asks_in_vain_to_delete_a_team_is_told_why_and_what_to_do() {
    let stage = team_changes::stage(0).await;
    let delete = team_changes::DELETE;
    let form = json!({ "team": team_changes::target(&stage).0, "reason": "使わなくなったため" });
    stage.lets_sign_in(SUBJECT, false);
    stage.advises(delete, &form, "team", ORPHANED).await;
    stage.lets_sign_in(SUBJECT, true);
    let asked = (delete, &form, "team");
    stage.advises_while(asked, (TARGET, synced), ON_PREMISES).await;
    stage.advises_while(asked, (TARGET, dynamic), DYNAMIC).await;
    stage.open(delete, &form).await;
    stage.advises(delete, &form, "team", BUSY).await;
    stage.advises_while(asked, (TARGET, gone), NO_GROUP).await;
    assert_eq!(stage.writes("graph:delete:group:"), 0);
}

fn adoption(stage: &Stage, field: &str, target: &Value, owner: &str) -> Value {
    json!({ field: target, "owners": [stage.person(owner)], "reason": "所有者が退職したため" })
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r19_whoever_asks_in_vain_to_adopt_a_mailing_list_is_told_why_and_what_to_do() {
    let stage = lists::stage(0).await;
    let target = json!(groups::found(&stage, lists::TARGET).expect("the list").id.0);
    let by = |owner: &str| adoption(&stage, "list", &target, owner);
    let form = by(OWNER);
    stage.advises(ADOPT_LIST, &form, "list", ANSWERED_FOR).await;
    stage.lets_sign_in(SUBJECT, false);
    stage
        .advises(ADOPT_LIST, &by(WITHOUT_MAILBOX), "owners", NO_MAILBOX)
        .await;
    stage.lets_sign_in(OWNER, false);
    stage.advises(ADOPT_LIST, &form, "owners", NO_PERSON).await;
    stage.lets_sign_in(OWNER, true);
    let asked = (ADOPT_LIST, &form, "list");
    stage
        .advises_while(asked, (lists::TARGET, synced), ON_PREMISES)
        .await;
    stage.open(ADOPT_LIST, &form).await;
    stage.advises(ADOPT_LIST, &form, "list", BUSY).await;
    stage.advises_while(asked, (lists::TARGET, gone), NO_GROUP).await;
    assert_eq!(stage.writes("exchange:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r19_whoever_asks_in_vain_to_adopt_a_team_is_told_why_and_what_to_do() {
    let stage = team_changes::stage(0).await;
    let target = json!(team_changes::target(&stage).0);
    let form = adoption(&stage, "team", &target, OWNER);
    stage.advises(ADOPT_TEAM, &form, "team", ANSWERED_FOR).await;
    stage.lets_sign_in(SUBJECT, false);
    stage.lets_sign_in(OWNER, false);
    stage.advises(ADOPT_TEAM, &form, "owners", NO_PERSON).await;
    stage.lets_sign_in(OWNER, true);
    let asked = (ADOPT_TEAM, &form, "team");
    stage.advises_while(asked, (TARGET, synced), ON_PREMISES).await;
    stage.advises_while(asked, (TARGET, dynamic), DYNAMIC).await;
    stage.open(ADOPT_TEAM, &form).await;
    stage.advises(ADOPT_TEAM, &form, "team", BUSY).await;
    stage.advises_while(asked, (TARGET, gone), NO_GROUP).await;
    for untouched in ["graph:add-owner:", "graph:add-member:", "graph:promote-member:"] {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}
