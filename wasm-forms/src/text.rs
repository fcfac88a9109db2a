//! Judging strings.

use serde_json::Value;

use crate::issue::{Code, Complaint};
use crate::rule::Rule;

pub(crate) struct Bounds {
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) newlines: bool,
}

pub(crate) fn judge(value: &Value, bounds: &Bounds, rule: Option<&Rule>) -> Result<(), Complaint> {
    let text = value.as_str().ok_or(Code::WrongType)?;
    let length = text.chars().count();
    if length > bounds.max as usize {
        return Err(Complaint::about(Code::TooLong, "max", bounds.max));
    }
    if length < bounds.min as usize {
        return Err(Complaint::about(Code::TooShort, "min", bounds.min));
    }
    if text
        .chars()
        .any(|c| is_invisible(c) && !(bounds.newlines && c == '\n'))
    {
        return Err(Code::InvisibleCharacters.into());
    }
    rule.map_or(Ok(()), |rule| rule.judge(text))
}

/// Controls, zero-width and direction-changing characters: an approver could not see what he approves.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}'
        )
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}
