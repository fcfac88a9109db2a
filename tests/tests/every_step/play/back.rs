//! The way back: each application that was carried out is undone by another one.

use e2e::hire::APPLICANT;
use e2e::person::Person;
use e2e::rows::INBOX;
use serde_json::json;

use super::super::{picture, ways_back};
use super::{Case, Play, row, taken_in};

impl Play {
    /// Applies for the undoing of everything; what nothing leads back from is sent back, and told why. What happens from
    /// now on belongs to the way back.
    pub(crate) async fn turn_back(&mut self) {
        self.known
            .extend(picture::named(&self.watch.house.world().tenant()));
        self.before = self.watch.house.count_effects();
        let applicant = Person::sign_in(&self.watch.house, APPLICANT).await;
        for case in std::mem::take(&mut self.cases) {
            let back = self.undo(&applicant, case).await;
            self.cases.extend(back);
        }
    }

    async fn undo(&mut self, applicant: &Person, case: Case) -> Option<Case> {
        let mut undo = row(case.workflow, &json!({}));
        undo["PFOriginal"] = json!(case.number);
        undo["PFLink"] = json!("取消申請");
        let row = applicant.add(INBOX, &undo).await;
        let issues = taken_in(&mut self.watch, row).await;
        let Some(code) = ways_back::refusal(case.workflow) else {
            assert_eq!(issues, None, "{}", case.workflow);
            return Some(Case::of(&self.watch, case.workflow, row, case.definition));
        };
        let told = issues.unwrap_or_default();
        assert!(told.contains(&format!("\"{code}\"")), "{}: {told}", case.workflow);
        None
    }
}
