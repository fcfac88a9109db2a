//! One tenant on which requests of any type are carried out, and what they come to there.

use dev_tenant::directory::User;
use e2e::control::rule;
use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, APPLICANT, EXPERTS, MANAGER};
use e2e::scene::{item_of, until, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

pub(crate) const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// The account that requests are about.
pub(crate) const SUBJECT: &str = "naoki.kiryu";
/// Seconds until Graph shows a change, at most.
pub(crate) const LAG: u32 = 20;

/// The step at the applicant's manager, and what follows it.
pub(crate) const MANAGERS: (&str, usize) = ("上長承認", 0);
pub(crate) const ONE_EXPERT: (&str, usize) = ("情報システム部 確認", 1);
pub(crate) const TWO_EXPERTS: (&str, usize) = ("情報システム部 合議", 2);

/// The only step of an adoption.
pub(crate) const ADOPTION: (&str, usize) = ("前所有者の上長または情報システム部", 1);

/// A workflow, and the steps that decide.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) workflow: &'static str,
    pub(crate) last: (&'static str, usize),
}

pub(crate) struct Stage {
    pub(crate) house: House,
    pub(crate) applicant: Person,
    manager: Person,
    experts: [Person; 2],
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::prepared(0, |_| {}).await
    }

    /// Graph shows what was written a while later.
    pub(crate) async fn slow() -> Self {
        Self::prepared(LAG, |_| {}).await
    }

    /// On a tenant that was equipped before the product saw it. `lag`: seconds until Graph shows a change, at most.
    pub(crate) async fn prepared(lag: u32, equip: impl FnOnce(&House)) -> Self {
        Self::built(lag, async |house| equip(house)).await
    }

    /// The same where it takes calls to equip it.
    pub(crate) async fn built(lag: u32, equip: impl AsyncFnOnce(&House)) -> Self {
        Self::wished(
            Wishes {
                lag,
                ..Wishes::default()
            },
            equip,
        )
        .await
    }

    pub(crate) async fn wished(wishes: Wishes<'_>, equip: impl AsyncFnOnce(&House)) -> Self {
        let mut house = House::build(BACKEND, wishes).await;
        e2e::administrators::appoint(&house, cast::ADMINISTRATOR);
        equip(&house).await;
        house.run(&["setup"]);
        house.serve().await;
        let [applicant, manager] = cast::sign_in(&house, [APPLICANT, MANAGER]).await;
        let experts = cast::sign_in(&house, EXPERTS).await;
        Self {
            house,
            applicant,
            manager,
            experts,
        }
    }

    /// A person as forms name him.
    pub(crate) fn person(&self, local: &str) -> Value {
        json!({ "upn": format!("{local}@{}", self.house.world().names.domain) })
    }

    pub(crate) async fn apply(&self, kind: Kind, form: &Value) -> i64 {
        self.applicant.add(INBOX, &row(kind, form)).await
    }

    /// Applied for, approved by everybody, carried out; the number of the application and what approvers read.
    pub(crate) async fn carry_out(&self, kind: Kind, form: &Value) -> (String, String) {
        self.approve(kind, row(kind, form)).await
    }

    /// The application that undoes another.
    pub(crate) async fn undo(&self, kind: Kind, number: &str) -> String {
        let mut row = row(kind, &json!({}));
        row["PFOriginal"] = json!(number);
        row["PFLink"] = json!("取消申請");
        self.approve(kind, row).await.1
    }

    /// Why an application that undoes another came back.
    pub(crate) async fn undo_refused(&self, kind: Kind, number: &str) -> Vec<(String, String)> {
        let mut row = row(kind, &json!({}));
        row["PFOriginal"] = json!(number);
        row["PFLink"] = json!("取消申請");
        let row = self.applicant.add(INBOX, &row).await;
        self.issues(row).await
    }

    /// An application that somebody is asked about: it holds what it needs.
    pub(crate) async fn open(&self, kind: Kind, form: &Value) {
        let row = self.apply(kind, form).await;
        until(&self.house, &self.applicant, (INBOX, row), |row| {
            row["PFStatus"] == "IA"
        })
        .await;
    }

    /// The same with files: of each its name and content.
    pub(crate) async fn carry_out_with(
        &self,
        kind: Kind,
        form: &Value,
        files: &[(&str, &[u8])],
    ) -> (String, String) {
        let row = self.hand_in(kind, form, files).await;
        self.approve_row(kind, row).await
    }

    /// Why an application with files came back.
    pub(crate) async fn refused_with(
        &self,
        kind: Kind,
        form: &Value,
        files: &[(&str, &[u8])],
    ) -> Vec<(String, String)> {
        let row = self.hand_in(kind, form, files).await;
        self.issues(row).await
    }

    async fn hand_in(&self, kind: Kind, form: &Value, files: &[(&str, &[u8])]) -> i64 {
        let mut draft = row(kind, form);
        draft["PFApplicantAction"] = Value::Null;
        let row = self.applicant.add(INBOX, &draft).await;
        for (name, content) in files {
            self.applicant.attach(INBOX, row, name, *content).await;
        }
        let apply = json!({ "PFApplicantAction": "申請" });
        let status = self.applicant.change(INBOX, row, &apply).await;
        assert!(status.is_success(), "{status}");
        row
    }

    async fn approve(&self, kind: Kind, row: Value) -> (String, String) {
        let row = self.applicant.add(INBOX, &row).await;
        self.approve_row(kind, row).await
    }

    async fn approve_row(&self, kind: Kind, row: i64) -> (String, String) {
        let house = &self.house;
        let item = item_of(house, &self.applicant, &self.manager, row).await;
        vote(house, &self.manager, item, MANAGERS.0).await;
        for expert in &self.experts[..kind.last.1] {
            vote(house, expert, item, kind.last.0).await;
        }
        self.done(item).await
    }

    /// Applied for, decided by Information Systems or by somebody else, and carried out.
    pub(crate) async fn adopt(&self, kind: Kind, form: &Value, by: Option<&Person>) -> (String, String) {
        let row = self.apply(kind, form).await;
        self.decide_alone(kind, row, by.unwrap_or(&self.experts[0])).await
    }

    /// The application that undoes an adoption.
    pub(crate) async fn undo_adoption(&self, kind: Kind, number: &str) {
        self.undo_alone(kind, number, &self.experts[0]).await;
    }

    /// The application that undoes what one person decided.
    pub(crate) async fn undo_alone(&self, kind: Kind, number: &str, by: &Person) {
        let row = self.follow(kind, (number, "取消申請"), &json!({})).await;
        self.decide_alone(kind, row, by).await;
    }

    /// One of Information Systems.
    pub(crate) fn expert(&self) -> &Person {
        &self.experts[0]
    }

    /// The row of an application that follows another.
    pub(crate) async fn follow(&self, kind: Kind, (number, link): (&str, &str), form: &Value) -> i64 {
        let mut row = row(kind, form);
        row["PFOriginal"] = json!(number);
        row["PFLink"] = json!(link);
        self.applicant.add(INBOX, &row).await
    }

    pub(crate) async fn decide_alone(&self, kind: Kind, row: i64, by: &Person) -> (String, String) {
        let item = item_of(&self.house, &self.applicant, by, row).await;
        vote(&self.house, by, item, kind.last.0).await;
        self.done(item).await
    }

    /// The manager of one of the staff, signed in.
    pub(crate) async fn manager_of(&self, local: &str) -> Person {
        let manager = self.house.manager_of(self.house.id_of(local));
        let local = {
            let tenant = self.house.world().tenant();
            let mut users = tenant.directory.users.values();
            let user = users.find(|user| user.id.0 == manager).expect("the manager");
            let local = user.user_principal_name.split_once('@');
            local.expect("a user principal name").0.to_owned()
        };
        Person::sign_in(&self.house, &local).await
    }

    async fn done(&self, item: i64) -> (String, String) {
        let house = &self.house;
        let done = until(house, &self.applicant, (APPLICATIONS, item), |row| {
            ["CO", "RV"].iter().any(|state| row["PFStatus"] == *state)
        })
        .await;
        assert_eq!(done["PFStatus"], "CO", "{done}\n{}", house.log());
        let text = |column: &str| done[column].as_str().unwrap_or_default().to_owned();
        (text("PFNumber"), text("PFPreview"))
    }

    /// An application that the last approver is asked for; its item.
    pub(crate) async fn approved_but_for_one(&self, kind: Kind, form: &Value) -> i64 {
        let row = self.apply(kind, form).await;
        let item = item_of(&self.house, &self.applicant, &self.manager, row).await;
        vote(&self.house, &self.manager, item, MANAGERS.0).await;
        for expert in &self.experts[..kind.last.1.saturating_sub(1)] {
            vote(&self.house, expert, item, kind.last.0).await;
        }
        item
    }

    pub(crate) async fn last_vote(&self, kind: Kind, item: i64) {
        let last = &self.experts[kind.last.1.saturating_sub(1)];
        vote(&self.house, last, item, kind.last.0).await;
    }

    /// Time passes, and the application needs attention.
    pub(crate) async fn is_parked(&self, item: i64, after: SignedDuration) {
        let begun = |row: &Value| row["PFStatus"] == "EX";
        until(&self.house, &self.applicant, (APPLICATIONS, item), begun).await;
        self.settle().await;
        let passed = self.house.tenant.advance(after);
        passed.expect("the clock's file");
        let parked = |row: &Value| row["PFStatus"] == "RV";
        until(&self.house, &self.applicant, (APPLICATIONS, item), parked).await;
    }

    /// What the last approver reads, once it is this.
    pub(crate) async fn reads(&self, kind: Kind, item: i64, line: &str) {
        let is_read = |row: &Value| row["PFPreview"].as_str().is_some_and(|read| read.contains(line));
        until(&self.house, &self.experts[0], (APPLICATIONS, item), |row| {
            row["PFStepName"] == kind.last.0 && row["PFStatus"] == "IA" && is_read(row)
        })
        .await;
    }

    /// Why an application came back: codes at fields.
    pub(crate) async fn refused(&self, kind: Kind, form: &Value) -> Vec<(String, String)> {
        let row = self.apply(kind, form).await;
        self.issues(row).await
    }

    pub(crate) async fn issues(&self, row: i64) -> Vec<(String, String)> {
        let row = until(&self.house, &self.applicant, (INBOX, row), |row| {
            row["PFStatus"] == "SB"
        })
        .await;
        let issues: Vec<Value> =
            serde_json::from_str(row["PFIssues"].as_str().expect("issues")).expect("JSON");
        let word = |issue: &Value, name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        issues
            .iter()
            .map(|issue| (word(issue, "code"), word(issue, "field")))
            .collect()
    }

    /// The answers to the next writes of these kinds are lost after they took effect.
    pub(crate) async fn lose_answers(&self, prefixes: &[&str]) {
        let lost = |prefix: &&str| rule(json!({ "effectPrefix": prefix }), &json!("resetAfter"));
        self.house.strike(prefixes.iter().map(lost).collect()).await;
    }

    pub(crate) fn change_user(&self, local: &str, change: impl FnOnce(&mut User)) {
        let upn = format!("{local}@{}", self.house.world().names.domain);
        let mut tenant = self.house.world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.user_principal_name == upn);
        change(user.expect("one of the staff"));
    }

    /// All that Graph knows of an account, but when it was last signed out.
    pub(crate) fn picture(&self, local: &str) -> Value {
        let upn = format!("{local}@{}", self.house.world().names.domain);
        let tenant = self.house.world().tenant();
        let mut users = tenant.directory.users.values();
        // A deleted account keeps its name behind its id.
        let user = users.find(|user| user.user_principal_name.ends_with(&upn));
        let user = user.expect("one of the staff");
        let groups = tenant.directory.groups.values();
        let member_of: Vec<&str> = groups
            .filter(|group| group.members.contains(&user.id))
            .map(|group| group.display_name.as_str())
            .collect();
        let mut picture = json!({ "user": user, "memberOf": member_of });
        if let Some(properties) = picture["user"]["properties"].as_object_mut() {
            properties.remove("signInSessionsValidFromDateTime");
            // Graph shows a property without a value as one that was never set.
            properties.retain(|_, value| !value.is_null() && *value != json!([]));
        }
        picture
    }

    /// How often the ledger holds writes of a kind, about the subject or not.
    pub(crate) fn writes(&self, prefix: &str) -> usize {
        let effects = self.house.effects();
        effects
            .iter()
            .filter(|effect| effect.key.starts_with(prefix))
            .count()
    }

    /// Until the product has had time to do more than it should.
    pub(crate) async fn settle(&self) {
        for _ in 0..10 {
            pause(std::time::Duration::from_millis(200)).await;
        }
    }
}

fn row(kind: Kind, form: &Value) -> Value {
    let mut row = forms::application(form);
    row["Title"] = json!(kind.workflow);
    row["PFWorkflow"] = json!(kind.workflow);
    row
}
