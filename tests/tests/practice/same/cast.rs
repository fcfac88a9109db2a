//! Who acts, and what they are asked.

use dev_tenant::seed::EVERYDAY;
use e2e::house::House;
use e2e::offer::{approval_of, managers_approval, named, step};
use e2e::person::Person;
use e2e::rows::INBOX;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::until;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::Pair;

const ROUND: &str = "回覧";
pub(super) const MANAGERS: &str = e2e::scene::MANAGERS_STEP;
pub(super) const HEADS: &str = "部長承認";
pub(super) const WORK: &str = "入館証の手渡し";
pub(super) const READER: &str = "kenji.osawa";
pub(super) const WORKER: &str = "sanae.miura";
pub(super) const ANOTHER: &str = "naoki.kiryu";

/// Shown to a reader, asked of the manager and then of the head, finished by hand, looked at afterwards.
pub(super) fn asking_two(house: &House) -> Value {
    let of = |local| named(&[house.id_of(local)]);
    let managers = json!({
        "final": true, "editable": ["post"], "due": { "calendarDays": 30 },
        "pullUp": { "after": { "calendarDays": 2 }, "reviewWithin": { "calendarDays": 5 } },
    });
    json!({ "steps": [
        step("round", ROUND, &json!({ "circulation": { "readers": of(READER) } })),
        managers_approval(&managers),
        approval_of("head", HEADS, &[house.id_of(EXPERTS[1])], &json!({ "due": { "businessDays": 10 } })),
        step("badge", WORK, &json!({ "manualWork": {
            "workers": of(WORKER), "stage": "afterExecution", "proof": "words",
        } })),
        step("later", "監査役 後閲", &json!({ "postReview": { "reviewers": of(READER) } })),
    ] })
}

pub(super) fn groups(pair: &Pair) -> [Uuid; 2] {
    [0, 1].map(|at| pair.house.group(EVERYDAY[at]))
}

pub(super) fn take_away(pair: &Pair, id: Uuid) {
    let mut tenant = pair.house.world().tenant();
    tenant.directory.groups.retain(|group, _| group.0 != id);
}

/// 代理設定: from now on, for a week.
pub(super) async fn lets_another_decide(pair: &Pair) {
    let now = pair.house.world().clock.now();
    let end = now + SignedDuration::from_hours(24 * 7);
    let period = json!({
        "ask": "delegate", "to": pair.named(ANOTHER), "from": now.to_string(), "until": end.to_string(),
    });
    let row = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": period.to_string() });
    let row = pair.manager.add(INBOX, &row).await;
    until(&pair.house, &pair.manager, (INBOX, row), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
}

/// Those who act, signed in.
pub(super) struct Cast {
    pub(super) applicant: Person,
    pub(super) manager: Person,
    pub(super) head: Person,
    pub(super) reader: Person,
    pub(super) worker: Person,
    pub(super) administrator: Person,
    pub(super) another: Person,
}

impl Cast {
    pub(super) async fn of(pair: &Pair) -> Self {
        let all = [
            APPLICANT,
            MANAGER,
            EXPERTS[1],
            READER,
            WORKER,
            ADMINISTRATOR,
            ANOTHER,
        ];
        let [applicant, manager, head, reader, worker, administrator, another] =
            sign_in(&pair.house, all).await;
        Self {
            applicant,
            manager,
            head,
            reader,
            worker,
            administrator,
            another,
        }
    }
}
