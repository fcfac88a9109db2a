//! The table of acts: who does what, and how it is said in each way.

use e2e::person::Person;
use e2e::scene::cast::MANAGER;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::Pair;
use super::cast::{ANOTHER, Cast, HEADS, MANAGERS, READER, WORK, WORKER};
use super::ways::{Act, Door};

const WHY: &str = "理由";

pub(super) struct Deeds<'a> {
    pub(super) pair: &'a Pair,
    pub(super) cast: &'a Cast,
}

/// 判断, in its three ways.
fn vote<'a>(
    (by, at): (&'a Person, &'static str),
    event: &'static str,
    (decision, choice): (&str, &str),
) -> Act<'a> {
    let entry = json!({ "PFDecision": decision, "PFDecisionComment": WHY });
    Act {
        event,
        by,
        at: Some(at),
        item: Some(entry.clone()),
        row: ("判断", entry),
        request: (Door::Decision, json!({ "choice": choice, "comment": WHY })),
        shell: None,
    }
}

pub(super) fn approve<'a>(by: &'a Person, at: &'static str) -> Act<'a> {
    vote((by, at), "decided", ("承認", "approve"))
}

pub(super) fn reject(by: &Person) -> Act<'_> {
    vote((by, MANAGERS), "decided", ("却下", "reject"))
}

pub(super) fn send_back<'a>(by: &'a Person, at: &'static str) -> Act<'a> {
    vote((by, at), "sentBack", ("差戻し", "sendBack"))
}

/// To the first of the two approvals.
pub(super) fn send_back_to_the_manager(by: &Person) -> Act<'_> {
    let mut act = vote((by, HEADS), "sentBackToStep", ("差戻し", "sendBack"));
    for columns in [act.item.as_mut(), Some(&mut act.row.1)].into_iter().flatten() {
        columns["PFSendBackTo"] = json!("manager");
    }
    act.request.1["sendBackTo"] = json!("manager");
    act
}

/// By a row and by the API.
fn other<'a>(by: &'a Person, event: &'static str, row: (&'static str, Value), request: Value) -> Act<'a> {
    Act {
        event,
        by,
        at: None,
        item: None,
        row,
        request: (Door::Act, request),
        shell: None,
    }
}

impl<'a> Deeds<'a> {
    /// Seen, held, released.
    pub(super) fn at_the_managers_step(&self) -> [Act<'a>; 3] {
        let at = (&self.cast.manager, MANAGERS);
        [
            vote(at, "confirmed", ("確認", "confirm")),
            vote(at, "held", ("保留", "hold")),
            vote(at, "released", ("確認", "confirm")),
        ]
    }

    pub(super) fn finish(&self) -> Act<'a> {
        vote((&self.cast.manager, MANAGERS), "decided", ("承認終了", "finish"))
    }

    pub(super) fn take_back(&self) -> Act<'a> {
        let request = json!({ "act": "takeBack" });
        other(
            &self.cast.manager,
            "takenBack",
            ("判断の引戻し", json!({})),
            request,
        )
    }

    pub(super) fn hand_over(&self) -> Act<'a> {
        let to = self.pair.named(ANOTHER);
        let row = json!({ "PFActTo": to, "PFDecisionComment": WHY });
        let request = json!({ "act": "reassign", "to": to, "reason": WHY });
        other(&self.cast.manager, "reassigned", ("振替", row), request)
    }

    pub(super) fn edit(&self) -> Act<'a> {
        let changes = json!({ "post": "主任" });
        let row = json!({ "PFPayload": changes.to_string(), "PFDecisionComment": WHY });
        let request = json!({ "act": "edit", "changes": changes, "comment": WHY });
        Act {
            at: Some(MANAGERS),
            ..other(&self.cast.manager, "edited", ("修正", row), request)
        }
    }

    pub(super) fn pull_back(&self) -> Act<'a> {
        let request = json!({ "act": "pullBack" });
        other(&self.cast.applicant, "pulledBack", ("引戻し", json!({})), request)
    }

    pub(super) fn withdraw(&self) -> Act<'a> {
        let request = json!({ "act": "withdraw", "comment": WHY });
        let row = json!({ "PFDecisionComment": WHY });
        other(&self.cast.applicant, "withdrawn", ("取下げ", row), request)
    }

    pub(super) fn acknowledge(&self) -> Act<'a> {
        let entry = json!({ "PFDecision": "確認", "PFDecisionComment": WHY });
        let row = json!({ "PFDecisionComment": WHY });
        let request = json!({ "act": "acknowledge", "comment": WHY });
        Act {
            item: Some(entry),
            ..other(&self.cast.reader, "acknowledged", ("確認", row), request)
        }
    }

    pub(super) fn pull_up(&self) -> Act<'a> {
        let row = json!({ "PFDecisionComment": WHY });
        let request = json!({ "act": "pullUp", "comment": WHY });
        Act {
            at: Some(MANAGERS),
            ..other(&self.cast.head, "pulledUp", ("引上げ承認", row), request)
        }
    }

    pub(super) fn finish_work(&self) -> Act<'a> {
        let row = json!({ "PFDecisionComment": WHY });
        let request = json!({ "act": "finishWork", "result": WHY });
        Act {
            at: Some(WORK),
            ..other(&self.cast.worker, "workDone", ("作業完了", row), request)
        }
    }

    /// 作業不可
    pub(super) fn decline_work(&self) -> Act<'a> {
        let row = json!({ "PFDecisionComment": WHY });
        let request = json!({ "act": "declineWork", "reason": WHY });
        Act {
            at: Some(WORK),
            ..other(&self.cast.worker, "workDeclined", ("作業不可", row), request)
        }
    }

    pub(super) fn object(&self) -> Act<'a> {
        let row = json!({ "PFDecisionComment": WHY, "PFActStep": "later" });
        let request = json!({ "act": "object", "comment": WHY, "step": "later" });
        other(&self.cast.reader, "objected", ("異議", row), request)
    }

    /// By a row, by the API and on the shell. `more` are further columns, members and options.
    fn administer(
        &self,
        event: &'static str,
        (row, act, command): (&'static str, &str, &str),
        (columns, members, options): (Value, Value, String),
    ) -> Act<'a> {
        let (mut columns, mut request) = (columns, members);
        let mut shell = vec![command.to_owned()];
        shell.extend(options.split_whitespace().map(str::to_owned));
        request["act"] = json!(act);
        if !["release", "retry"].contains(&act) {
            columns["PFDecisionComment"] = json!(WHY);
            request["reason"] = json!(WHY);
            shell.extend(["--reason", WHY].map(str::to_owned));
        }
        Act {
            event,
            by: &self.cast.administrator,
            at: None,
            item: None,
            row: (row, columns),
            request: (Door::Administration, request),
            shell: Some(shell),
        }
    }

    /// 振替, 解除, 経路変更, 強制終了. Whoever holds the step is the one to whom it was handed over.
    pub(super) fn of_administrators_while_open(&self) -> [Act<'a>; 5] {
        let (from, to, head) = (
            self.pair.named(MANAGER),
            self.pair.named(ANOTHER),
            self.pair.named(WORKER),
        );
        let hand_over = (
            json!({ "PFActFor": from, "PFActTo": to }),
            json!({ "from": from, "to": to }),
            format!("--from {from} --to {to}"),
        );
        let route = (
            json!({ "PFActStep": "head", "PFActTo": head }),
            json!({ "to": { "step": "head", "people": [head] } }),
            format!("--step head --to {head}"),
        );
        let nothing = || (json!({}), json!({}), String::new());
        [
            self.administer("reassigned", ("振替", "reassign", "reassign"), hand_over),
            vote((&self.cast.another, MANAGERS), "held", ("保留", "hold")),
            self.administer("released", ("解除", "release", "release"), nothing()),
            self.administer("routeChanged", ("経路変更", "changeRoute", "change-route"), route),
            self.administer("cancelled", ("強制終了", "cancel", "cancel"), nothing()),
        ]
    }

    pub(super) fn settle(&self) -> Act<'a> {
        let reader = self.pair.named(READER);
        let columns = json!({ "PFActStep": "later", "PFActFor": reader });
        let members = json!({ "step": "later", "person": reader });
        let options = format!("--step later --person {reader}");
        let names = ("異議対応", "settleObjection", "settle-objection");
        self.administer("objectionSettled", names, (columns, members, options))
    }

    pub(super) fn retry(&self) -> Act<'a> {
        let nothing = (json!({}), json!({}), String::new());
        self.administer("retried", ("再実行", "retry", "retry"), nothing)
    }

    /// The step that adds to this group.
    pub(super) fn skip(&self, group: Uuid) -> Act<'a> {
        let step = format!("add-to-group:{group}");
        let (columns, members) = (json!({ "PFActStep": step }), json!({ "step": step }));
        let options = format!("--step {step}");
        self.administer(
            "stepSkipped",
            ("飛ばす", "skip", "skip"),
            (columns, members, options),
        )
    }

    pub(super) fn compensate(&self) -> Act<'a> {
        let nothing = (json!({}), json!({}), String::new());
        let names = ("補償", "compensate", "compensate");
        self.administer("compensationStarted", names, nothing)
    }

    pub(super) fn accept(&self) -> Act<'a> {
        let nothing = (json!({}), json!({}), String::new());
        self.administer("acceptedAsIs", ("受入", "accept", "accept"), nothing)
    }
}
