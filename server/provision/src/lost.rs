//! What is lost when a plan is carried out, and does not come back with its way back.

use forms::{Label, Language};

use crate::action::ActionStep;
use crate::contact::ContactStep;
use crate::group::{GroupKind, GroupStep, TeamStep};
use crate::list::{ListKind, ListStep};
use crate::mailbox::MailboxStep;
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
    List { kind: ListKind },
    /// The mailbox and its mails, after a time.
    Mailbox,
    /// The contact's memberships; another one is made in its place.
    Contact,
    /// The picture that the team had.
    Picture,
    /// What another system did and cannot undo.
    Call { title: Label },
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
            Step::List(key, ListStep::DeleteList {}) => vec![Self::List { kind: key.kind }],
            Step::Mailbox(_, MailboxStep::DeleteMailbox {}) => vec![Self::Mailbox],
            Step::Contact(_, ContactStep::DeleteContact {}) => vec![Self::Contact],
            Step::Action(_, ActionStep::Call(call)) if !call.undo => {
                let title = call.title.clone();
                vec![Self::Call { title }]
            }
            Step::Account(..) | Step::Group(..) | Step::List(..) | Step::Mailbox(..) | Step::Contact(..) => {
                Vec::new()
            }
            Step::Action(..) | Step::Renewal(_) => Vec::new(),
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
            Self::List { kind } => return list(language, *kind),
            Self::Call { title } => return call(language, title),
            Self::Mailbox => (
                "共有メールボックスのメールと権限も削除されます。30日以内なら取消申請で復元できます。",
                "Mails and rights of the mailbox are deleted with it. An application that undoes this one restores them within 30 days.",
            ),
            Self::Contact => (
                "削除したメール連絡先そのものは復元できません。取消申請では同じ内容で作り直します。配布グループなどへの登録は戻りません。",
                "A deleted contact does not come back. An application that undoes this one makes a like one, which is in no group that the old one was in.",
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

fn call(language: Language, title: &Label) -> String {
    let title = title.in_language(language);
    match language {
        Language::Ja => {
            format!(
                "「{title}」は、取消申請や補償では元に戻りません。相手のシステムの担当者に取消しを依頼してください。"
            )
        }
        Language::En => {
            format!("\"{title}\" does not come back: whoever runs the other system has to undo it there.")
        }
    }
}

fn list(language: Language, kind: ListKind) -> String {
    let (ja, en) = kind.words();
    match language {
        Language::Ja => format!("{ja}は、削除すると復元できません。同じアドレスで作り直すことはできます。"),
        Language::En => {
            format!("{en}: once deleted it does not come back. Another one can be made with its address.")
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
