//! What people ask through the inbox.

use std::sync::Arc;

use serde_json::json;

use super::Meddler;
use super::meddler::Sight;
use crate::forms;
use crate::person::Person;
use crate::rows::INBOX;

impl Meddler {
    /// An act: the applicant withdraws or pulls back, somebody decides from the web part, an outsider tries.
    pub(super) async fn ask_by_row(&mut self, sight: &Sight) {
        let party = Arc::clone(&self.party);
        let mut row = json!({ "Title": "操作", "PFKind": "act", "PFNumber": self.number });
        let author: &Person = match self.below(10) {
            0..=2 => {
                row["PFApplicantAction"] = json!("引戻し");
                &party.applicant
            }
            3 => {
                row["PFApplicantAction"] = json!("取下げ");
                &party.applicant
            }
            4 => {
                row["PFApplicantAction"] = json!("取下げ");
                &party.stranger
            }
            5 => {
                row["PFApplicantAction"] = json!("引戻し");
                &party.manager
            }
            _ => {
                row["PFApplicantAction"] = json!("判断");
                row["PFDecision"] = json!("承認");
                row["PFStepToken"] = json!(sight.token);
                let who = self.somebody(sight);
                party.approvers()[who]
            }
        };
        let item = author.add(INBOX, &row).await;
        // Only what was written first counts.
        if self.below(3) == 0 {
            row["PFApplicantAction"] = json!("取下げ");
            author.change(INBOX, item, &row).await;
        }
    }

    /// Late edits are ignored; after 差戻し or 引戻し the same is a new submission.
    pub(super) async fn edit_own_row(&mut self) {
        self.form["reason"] = json!(format!("理由 {}", self.ids.below(1_000)));
        let row = forms::application(&self.form);
        let party = Arc::clone(&self.party);
        party.applicant.change(INBOX, i64::from(self.row), &row).await;
    }
}
