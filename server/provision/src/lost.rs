//! What is lost when a plan is carried out, and does not come back with its way back.

use forms::Language;

use crate::group::{GroupKind, GroupStep};
use crate::list::ListStep;
use crate::{AccountStep, Plan, Step};

impl Plan {
    /// What is lost when it is carried out, and does not come back.
    pub fn lost(&self) -> Vec<Lost> {
        self.steps().into_iter().flat_map(Lost::with).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// What was done with the account since: mails, files, sign-ins.
    WorkOfAccount,
    /// What the licence's services hold.
    DataOfLicence { name: String },
    /// The group, after a time or at once.
    Group { kind: GroupKind },
    /// The mailing list, at once.
    List,
}

impl Lost {
    /// What is lost with this step.
    fn with(step: Step<'_>) -> Vec<Self> {
        let data = |name: &String| Self::DataOfLicence { name: name.clone() };
        match step {
            Step::Account(_, AccountStep::DeleteUser {}) => vec![Self::WorkOfAccount],
            Step::Account(_, AccountStep::RemoveLicence { name, .. }) => vec![data(name)],
            Step::Account(_, AccountStep::ChangeLicences { take, .. }) => {
                take.iter().map(|one| data(&one.name)).collect()
            }
            Step::Group(_, GroupStep::DeleteGroup { kind }) => vec![Self::Group { kind: *kind }],
            Step::List(_, ListStep::DeleteList {}) => vec![Self::List],
            Step::Account(..) | Step::Group(..) | Step::List(..) => Vec::new(),
        }
    }

    /// For whoever decides on the way back.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::WorkOfAccount, Language::Ja) => {
                "作成後にこのアカウントで行われたこと(メール、ファイルなど)は元に戻りません。削除したアカウントは、30日以内なら取消申請で復元できます。".to_owned()
            }
            (Self::WorkOfAccount, Language::En) => {
                "What was done with the account since (mails, files) does not come back. An application that undoes this one restores a deleted account within 30 days.".to_owned()
            }
            (Self::DataOfLicence { name }, Language::Ja) => {
                format!("ライセンス {name} のサービスに保存されたデータは、取り外してからしばらくすると失われます。")
            }
            (Self::DataOfLicence { name }, Language::En) => {
                format!("Data that the services of the licence {name} hold is lost some time after it is taken away.")
            }
            (Self::List, Language::Ja) => {
                "メーリングリストは、削除すると復元できません。同じアドレスで作り直すことはできます。".to_owned()
            }
            (Self::List, Language::En) => {
                "A deleted mailing list does not come back. Another one can be made with its address.".to_owned()
            }
            (Self::Group { kind: GroupKind::Security }, Language::Ja) => {
                "セキュリティ グループは、削除するとすぐに完全に失われることがあります。ごみ箱に残っていれば、30日以内は取消申請で復元できます。".to_owned()
            }
            (Self::Group { kind: GroupKind::Security }, Language::En) => {
                "A deleted security group may be gone at once. Where it lies in the recycle bin, an application that undoes this one restores it within 30 days.".to_owned()
            }
            (Self::Group { kind: GroupKind::Microsoft365 }, Language::Ja) => {
                "グループのメール、ファイル、サイトも削除されます。30日以内なら取消申請で復元できます。".to_owned()
            }
            (Self::Group { kind: GroupKind::Microsoft365 }, Language::En) => {
                "Mails, files and the site of the group are deleted with it. An application that undoes this one restores them within 30 days.".to_owned()
            }
        }
    }
}
