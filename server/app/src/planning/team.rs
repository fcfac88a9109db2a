//! From the answers of a form to what is wished of a team. Pure.

use std::collections::BTreeMap;

use forms::{Code, FieldKey, Issue, Values};
use provision::{TeamPicture, TeamWish};
use workflow::definition::{ChangeTeam, PlanMapping};

use super::Issues;
use super::answers::Answers;

/// `picture`: the one that is attached, where the form asks for one.
pub(super) fn wished(
    mapping: &ChangeTeam,
    answers: &Answers<'_>,
    picture: Option<&TeamPicture>,
) -> Result<TeamWish, Issues> {
    let mut settings = BTreeMap::new();
    for (setting, field) in &mapping.settings {
        if let Some(allowed) = either(answers, field, ["allow", "forbid"])? {
            settings.insert(setting.place(), allowed);
        }
    }
    let archive = mapping.archive.as_ref();
    Ok(TeamWish {
        settings,
        archived: match archive {
            Some(field) => either(answers, field, ["archive", "restore"])?,
            None => None,
        },
        picture: picture.cloned(),
    })
}

/// Which of two words a field answers; none: it was not answered.
fn either(answers: &Answers<'_>, field: &FieldKey, [yes, no]: [&str; 2]) -> Result<Option<bool>, Issues> {
    match answers.text(field) {
        "" => Ok(None),
        word if word == yes => Ok(Some(true)),
        word if word == no => Ok(Some(false)),
        _ => Err(vec![Issue::new(Code::UnknownChoice, field.as_str())]),
    }
}

/// The field that asks for a picture, where it asks for the attached one.
pub(crate) fn asks_for_picture<'a>(plan: &'a PlanMapping, values: &Values) -> Option<&'a FieldKey> {
    let PlanMapping::ChangeGroup(change) = plan else {
        return None;
    };
    let field = change.team.as_ref()?.picture.as_ref()?;
    (values.text(field.as_str()) == Some("attached")).then_some(field)
}
