//! Named rules for one line of text. There are no free patterns: each rule is the remote side's own.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::issue::{Code, Complaint};

/// Microsoft Graph, user resource: mailNickname has 64 characters at most; we hold the local part of a user
/// principal name, which becomes the mail nickname, to the same.
pub(crate) const UPN_LOCAL_MAX: usize = 64;
/// Microsoft Graph, user resource: displayName has 256 characters at most.
pub(crate) const DISPLAY_NAME_MAX: usize = 256;
/// RFC 5321: a path is 256 octets with its angle brackets.
pub(crate) const MAIL_MAX: usize = 254;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "name", rename_all = "camelCase")]
pub enum Rule {
    /// Exactly this many digits.
    Digits {
        length: u32,
    },
    /// Katakana, long vowel mark, middle dot and spaces.
    Katakana {},
    UpnLocal {},
    DisplayName {},
    MailNickname {},
    Mail {},
}

const UNREADABLE: &str = "a rule is one of {\"name\": \"digits\", \"length\": 6}, {\"name\": \"katakana\"}, upnLocal, displayName, \
mailNickname, mail";

/// By hand: what is derived weighs a dozen kilobytes in the browser.
impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(&value).ok_or_else(|| Error::custom(UNREADABLE))
    }
}

impl Rule {
    fn read(value: &Value) -> Option<Self> {
        let members = value.as_object()?;
        let length = members.get("length").and_then(Value::as_u64);
        let rule = match (members.get("name")?.as_str()?, members.len()) {
            ("digits", 2) => Self::Digits {
                length: u32::try_from(length?).ok()?,
            },
            ("katakana", 1) => Self::Katakana {},
            ("upnLocal", 1) => Self::UpnLocal {},
            ("displayName", 1) => Self::DisplayName {},
            ("mailNickname", 1) => Self::MailNickname {},
            ("mail", 1) => Self::Mail {},
            _ => return None,
        };
        Some(rule)
    }

    /// Rules whose every good value is ASCII: the whole of full-width ASCII may be folded for them.
    pub(crate) fn is_ascii(&self) -> bool {
        !matches!(self, Self::Katakana {} | Self::DisplayName {})
    }

    pub(crate) fn judge(&self, text: &str) -> Result<(), Complaint> {
        let keep = |good: bool, code: Code| if good { Ok(()) } else { Err(Complaint::from(code)) };
        match self {
            Self::Digits { length } => {
                let good = text.len() == *length as usize && text.bytes().all(|b| b.is_ascii_digit());
                if good {
                    Ok(())
                } else {
                    Err(Complaint::about(Code::NotDigits, "length", *length))
                }
            }
            Self::Katakana {} => keep(text.chars().all(is_katakana), Code::NotKatakana),
            Self::UpnLocal {} => within(text, UPN_LOCAL_MAX).and(keep(is_upn_local(text), Code::NotUpnLocal)),
            Self::DisplayName {} => {
                within(text, DISPLAY_NAME_MAX).and(keep(is_display_name(text), Code::NotDisplayName))
            }
            Self::MailNickname {} => {
                within(text, UPN_LOCAL_MAX).and(keep(is_mail_nickname(text), Code::NotMailNickname))
            }
            Self::Mail {} => keep(is_mail(text), Code::NotMail),
        }
    }
}

fn within(text: &str, max: usize) -> Result<(), Complaint> {
    let max_arg = u64::try_from(max).unwrap_or(u64::MAX);
    if text.chars().count() > max {
        Err(Complaint::about(Code::TooLong, "max", max_arg))
    } else {
        Ok(())
    }
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | ' ')
}

/// Microsoft Graph, create user: A-Z a-z 0-9 ' . - _ ! # ^ ~ are allowed, accents are not.
/// Dots at an end or side by side would make an invalid mail address.
pub(crate) fn is_upn_local(text: &str) -> bool {
    let dots = text.starts_with('.') || text.ends_with('.') || text.contains("..");
    !text.is_empty()
        && !dots
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c))
}

/// Angle brackets and the like are allowed by Graph but make a name look like markup or an address.
fn is_display_name(text: &str) -> bool {
    !text.chars().any(|c| matches!(c, '<' | '>' | '"' | ';' | '@'))
}

/// Microsoft Graph, create group: ASCII without @ ( ) / [ ] ' ; : < > , and space; the double quote and the
/// backslash, which its mail address could not carry, are refused too.
fn is_mail_nickname(text: &str) -> bool {
    let dots = text.starts_with('.') || text.ends_with('.') || text.contains("..");
    !text.is_empty()
        && !dots
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !"@()/[]\\'\";:<>,".contains(c))
}

/// A plain address `local@domain.tld`: neither quoted nor international forms.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let local_good = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    text.len() <= MAIL_MAX
        && (1..=64).contains(&local.len())
        && local_good
        && local.chars().all(atom)
        && domain.contains('.')
        && domain.split('.').all(label)
}
