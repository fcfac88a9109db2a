//! The picture among the files of a submission.

use bytes::Bytes;
use forms::{Code, FieldKey, Issue, Values};
use m365::graph::{Picture, PictureFormat};
use provision::{GroupStep, Step, TeamPicture, TeamStep};
use workflow::{Hash, SealedFile};

use super::originals::{self, Originals};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::planning;
use crate::service::Service;

/// Graph takes less than this ("Update profilePhoto").
const MAX_MB: u32 = 4;

/// What stands before the content of a picture (ITU T.81 annex B, and PNG 5.2).
const KINDS: [(PictureFormat, &[u8]); 2] = [
    (PictureFormat::Jpeg, &[0xFF, 0xD8, 0xFF]),
    (PictureFormat::Png, b"\x89PNG\r\n\x1A\n"),
];

/// The only picture that is attached, where the form asks for it; or what is wrong with that.
pub(crate) async fn wished(
    service: &Service,
    case: &Case,
    values: &Values,
) -> Result<Result<Option<TeamPicture>, Vec<Issue>>, JobError> {
    let Some(field) = planning::asks_for_picture(&case.definition.execution.plan, values) else {
        return Ok(Ok(None));
    };
    let files = match super::take(service, case).await? {
        Ok(files) => files,
        Err(issues) => return Ok(Err(issues)),
    };
    let originals = Originals::open(service, case, &originals::of_submission(case)).await?;
    let mut pictures = Vec::new();
    for file in &files {
        let content = originals.content(&file.name).await?;
        pictures.extend(content.and_then(picture).map(|_| file));
    }
    Ok(match pictures.as_slice() {
        [only] => Ok(Some(named(only))),
        _ => Err(vec![not_one(field)]),
    })
}

fn named(file: &SealedFile) -> TeamPicture {
    TeamPicture {
        file: file.name.clone(),
        hash: file.hash.to_string(),
    }
}

fn not_one(field: &FieldKey) -> Issue {
    Issue::new(Code::NotOnePicture, field.as_str()).with("max", MAX_MB)
}

/// By what it holds, whatever it is called. None: Graph would not take it.
fn picture(content: Bytes) -> Option<Picture> {
    let kind = KINDS.iter().find(|(_, begins)| content.starts_with(begins));
    Picture::new(kind?.0, content).ok()
}

/// What a step sets that sets a picture: exactly the file that was approved.
pub(crate) async fn of_step(
    service: &Service,
    case: &Case,
    step: Step<'_>,
) -> Result<Option<Picture>, JobError> {
    let Step::Group(_, GroupStep::Team(TeamStep::SetTeamPicture(wanted))) = step else {
        return Ok(None);
    };
    let originals = Originals::open(service, case, &originals::of_submission(case)).await?;
    let content = originals.content(&wanted.file).await?;
    let approved = content.filter(|content| Hash::of(content).to_string() == wanted.hash);
    Ok(approved.and_then(picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r13_a_picture_is_known_by_what_it_holds_and_must_be_small_enough() {
        let of = |begins: &[u8], bytes: usize| {
            let mut content = begins.to_vec();
            content.resize(bytes, 0);
            picture(content.into()).is_some()
        };
        for (begins, bytes, taken) in [
            (&b"\x89PNG\r\n\x1A\n"[..], 100, true),
            (&[0xFF, 0xD8, 0xFF, 0xE0], 100, true),
            (&[0xFF, 0xD8, 0xFF, 0xE0], 4 * 1024 * 1024 - 1, true),
            (&[0xFF, 0xD8, 0xFF, 0xE0], 4 * 1024 * 1024, false),
            (b"GIF89a", 100, false),
            (b"<svg", 100, false),
            (b"", 0, false),
        ] {
            assert_eq!(of(begins, bytes), taken, "{begins:?} {bytes}");
        }
    }
}
