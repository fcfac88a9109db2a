//! What is lost when a plan is carried out, and does not come back with its way back.

use forms::Language;

use crate::group::{GroupKind, GroupStep, TeamStep};
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
    /// The picture that the team had.
    Picture,
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
            Step::Group(_, GroupStep::Team(TeamStep::SetTeamPicture(_))) => vec![Self::Picture],
            Step::List(_, ListStep::DeleteList {}) => vec![Self::List],
            Step::Account(..) | Step::Group(..) | Step::List(..) => Vec::new(),
        }
    }

    /// For whoever decides on the way back.
    pub fn words(&self, language: Language) -> String {
        let (ja, en) = match self {
            Self::DataOfLicence { name } => return data_of_licence(language, name),
            Self::WorkOfAccount => (
                "作成後にこのアカウントで行われたこと(メール、ファイルなど)は元に戻りません。削除したアカウントは、30日以内なら取消申請で復元できます。",
                "What was done with the account since (mails, files) does not come back. An application that undoes this one restores a deleted account within 30 days.",
            ),
            Self::List => (
                "メーリングリストは、削除すると復元できません。同じアドレスで作り直すことはできます。",
                "A deleted mailing list does not come back. Another one can be made with its address.",
            ),
            Self::Picture => (
                "チームの画像は、変更すると以前のものに戻せません。Teams が画像を受け付けないときは、画像なしで完了します。",
                "The picture that the team had does not come back. Where Teams takes no picture, everything else is done without it.",
            ),
            Self::Group {
                kind: GroupKind::Security,
            } => (
                "セキュリティ グループは、削除するとすぐに完全に失われることがあります。ごみ箱に残っていれば、30日以内は取消申請で復元できます。",
                "A deleted security group may be gone at once. Where it lies in the recycle bin, an application that undoes this one restores it within 30 days.",
            ),
            Self::Group {
                kind: GroupKind::Microsoft365,
            } => (
                "グループのメール、ファイル、サイトも削除されます。30日以内なら取消申請で復元できます。",
                "Mails, files and the site of the group are deleted with it. An application that undoes this one restores them within 30 days.",
            ),
        };
        match language {
            Language::Ja => ja.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}

fn data_of_licence(language: Language, name: &str) -> String {
    match language {
        Language::Ja => {
            format!(
                "ライセンス {name} のサービスに保存されたデータは、取り外してからしばらくすると失われます。"
            )
        }
        Language::En => {
            format!(
                "Data that the services of the licence {name} hold is lost some time after it is taken away."
            )
        }
    }
}
