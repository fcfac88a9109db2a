//! What a way back does not bring back.

use forms::Language;

use crate::{Plan, Step};

impl Plan {
    /// What is lost when it is carried out, and does not come back.
    pub fn lost(&self) -> Vec<Lost> {
        self.steps.iter().flat_map(Lost::with).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// What was done with the account since: mails, files, sign-ins.
    WorkOfAccount,
    /// What the licence's services hold.
    DataOfLicence { name: String },
    /// The account was deleted.
    Account,
}

impl Lost {
    /// What is lost with this step.
    fn with(step: &Step) -> Vec<Self> {
        let data = |name: &String| Self::DataOfLicence { name: name.clone() };
        match step {
            Step::DeleteUser {} => vec![Self::WorkOfAccount],
            Step::RemoveLicence { name, .. } => vec![data(name)],
            Step::ChangeLicences { take, .. } => take.iter().map(|one| data(&one.name)).collect(),
            _ => Vec::new(),
        }
    }

    /// For whoever decides on the way back.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::WorkOfAccount, Language::Ja) => {
                "作成後にこのアカウントで行われたこと(メール、ファイルなど)は元に戻りません。削除したアカウントは30日以内なら管理者が復元できます。".to_owned()
            }
            (Self::WorkOfAccount, Language::En) => {
                "What was done with the account since (mails, files) does not come back. Administrators can restore a deleted account within 30 days.".to_owned()
            }
            (Self::DataOfLicence { name }, Language::Ja) => {
                format!("ライセンス {name} のサービスに保存されたデータは、取り外してからしばらくすると失われます。")
            }
            (Self::DataOfLicence { name }, Language::En) => {
                format!("Data that the services of the licence {name} hold is lost some time after it is taken away.")
            }
            (Self::Account, Language::Ja) => {
                "削除したアカウントは自動では戻りません。30日以内に管理者が復元してください。".to_owned()
            }
            (Self::Account, Language::En) => {
                "A deleted account does not come back by itself: an administrator must restore it within 30 days.".to_owned()
            }
        }
    }
}
