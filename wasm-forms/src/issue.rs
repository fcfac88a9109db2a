//! What is wrong with a value, as codes. The words stand in resource files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Stable: these codes are stored in the list column that tells the applicant what to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The schema has no such field. Args: none.
    UnknownField,
    /// Nothing was entered.
    Required,
    /// The JSON is of another type than the field's input.
    WrongType,
    /// A value for a field that is not asked.
    NotApplicable,
    /// Invisible or control characters, which could hide what is approved.
    InvisibleCharacters,
    /// Args: `min`.
    TooShort,
    /// Args: `max`.
    TooLong,
    /// Args: `length`.
    NotDigits,
    NotKatakana,
    NotUpnLocal,
    NotDisplayName,
    NotMailNickname,
    NotMail,
    NotDate,
    /// Args: `days` from today.
    TooEarly,
    /// Args: `days` from today.
    TooLate,
    UnknownChoice,
    /// The master data of this field could not be read. Args: `master`.
    MasterMissing,
    /// Args: `max`.
    TooManyItems,
    Duplicate,
    /// Args: `min`.
    TooSmall,
    /// Args: `max`.
    TooLarge,
    NotPerson,
    /// Args: `min`.
    TooFewRows,
    /// A rule across fields. Args: its message as `ja` and `en`.
    RuleBroken,
    /// Args: `text` with which the name must begin.
    NameBegins,
    /// Args: `text` with which the name must end.
    NameEnds,
    /// Args: `text`: the character that a name may not hold, and those that it may.
    NameCharacters,
    /// Args: `text`: the word that no name may hold.
    NameBlocked,
    /// Args: `text`: the name that nobody gets.
    NameReserved,
    /// The values as a whole are larger than a list column can carry.
    FormTooBig,
    /// The file that carries the rows is not there, or is another than was applied for.
    RowsAltered,
    // From here on only the server can tell, for it asks the directory.
    /// The name belongs to another account or is asked for by another application.
    Taken,
    /// The domain of the user name does not belong to the tenant. Args: `domain`.
    UnknownDomain,
    /// The manager does not exist or may not sign in.
    ManagerGone,
    /// The tenant has no such licence.
    UnknownLicence,
    /// No seat of this licence is free. Args: `licence`.
    NoSeat,
    /// A licence needs the country in which it is used.
    UsageLocationMissing,
    /// Args: `group`.
    UnknownGroup,
    /// Exchange or the on-premises directory owns this group. Args: `group`.
    GroupNotWritable,
    /// The account to be changed does not exist.
    AccountGone,
    /// A directory on premises masters the account: it must be changed there.
    SyncedFromPremises,
    /// Somebody from outside: another organisation knows the password.
    GuestAccount,
    /// Everything is as it is wished already.
    NothingToDo,
    /// What was chosen does not exist.
    ObjectGone,
    /// It has no such address beside the one from which mail is sent. Args: `address`.
    UnknownAddress,
    /// Nobody of that name, or somebody who may not sign in. Args: `person`.
    UnknownPerson,
    /// Exchange has no mailbox or contact for him. Args: `person`.
    NoMailbox,
    /// A group must keep an owner.
    NoOwner,
    /// Nobody who may sign in owns the group: it must be adopted first.
    Orphaned,
    /// An owner who may sign in answers for the group: nobody else adopts it.
    NotOrphaned,
    /// An archived team changes nothing but its people.
    TeamArchived,
    /// One picture must be attached. Args: `max` in MB.
    NotOnePicture,
    /// What was deleted lies in the recycle bin no more, or nothing leads back from what was done.
    NotRestorable,
    /// Another open application is about the same object.
    TargetBusy,
    /// The licence comes through a group and cannot be taken away from the account alone. Args: `licence`.
    LicenceOfGroup,
    /// Nobody can be asked at a step; administrators must mend it. Args: `step`, `cause` and what it speaks of.
    NoApprover,
    /// A file that could be run is not taken. Args: `name`, `type`.
    FileTypeRefused,
    /// Args: `name`, `max` in MB.
    FileTooBig,
    /// All files together. Args: `max` in MB.
    FilesTooBig,
    /// Args: `max`.
    TooManyFiles,
}

/// One thing to mend. `field` is the field's key; it is empty when the form as a whole is meant, and
/// `people[3].upnLocal` in the fourth of several rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    pub code: Code,
    pub field: String,
    pub args: BTreeMap<String, Value>,
}

impl Issue {
    pub fn new(code: Code, field: impl Into<String>) -> Self {
        Self {
            code,
            field: field.into(),
            args: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// A complaint that does not know its field yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Complaint {
    pub(crate) code: Code,
    pub(crate) arg: Option<(&'static str, Value)>,
}

impl Complaint {
    pub(crate) fn about(code: Code, name: &'static str, value: impl Into<Value>) -> Self {
        Self {
            code,
            arg: Some((name, value.into())),
        }
    }

    pub(crate) fn of(self, field: &str) -> Issue {
        let issue = Issue::new(self.code, field);
        match self.arg {
            Some((name, value)) => issue.with(name, value),
            None => issue,
        }
    }
}

impl From<Code> for Complaint {
    fn from(code: Code) -> Self {
        Self { code, arg: None }
    }
}
