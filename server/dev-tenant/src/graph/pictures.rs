//! Pictures of groups and teams. One picture serves both.

use serde_json::json;

use super::fault::Fault;
use super::groups;
use super::permission::{READ_PICTURES, WRITE_PICTURES, WRITE_TEAM_PICTURES};
use super::request::{Outcome, Request, entity};
use super::teams::state::Picture;
use crate::call::Reply;
use crate::exchange::after;

/// Microsoft Graph, "Update profilePhoto": less than 4 MB.
const LARGEST: usize = 4 * 1024 * 1024;
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
const PNG: &[u8] = &[0x89, b'P', b'N', b'G'];

fn access_denied() -> Fault {
    Fault::refused(
        403,
        "ErrorAccessDenied",
        "Access is denied. Check credentials and try again.",
    )
}

pub(crate) fn put_of_team(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_TEAM_PICTURES)?;
    if !request.world.tenant().switches.teams.apps_set_pictures {
        return Err(Fault::refused(
            502,
            "BadGateway",
            "Failed to execute backend request.",
        ));
    }
    put(request, key, 204)
}

pub(crate) fn put_of_group(request: &Request, key: &str) -> Outcome {
    request.may_write(WRITE_PICTURES).map_err(|_| access_denied())?;
    if !request.world.tenant().switches.teams.apps_set_group_pictures {
        return Err(access_denied());
    }
    put(request, key, 200)
}

/// The mailbox of a new group is not ready at once, and the picture lies there.
fn put(request: &Request, key: &str, status: u16) -> Outcome {
    let picture = read_body(request)?;
    let mut tenant = request.world.tenant();
    let group = groups::find(&tenant.directory, request.now, key)?;
    if after(group.created, tenant.switches.teams.group_settles_seconds) > request.now {
        return Err(Fault::refused(
            404,
            "ErrorNonExistentMailbox",
            "The mailbox of the group is not ready yet.",
        ));
    }
    let group = groups::changeable(&mut tenant.directory, request.now, key)?;
    group.picture = Some(picture);
    let id = group.id;
    request.record(&mut tenant, format!("graph:set-picture:group:{}", id.0));
    Ok(Reply::empty(status))
}

fn read_body(request: &Request) -> Result<Picture, Fault> {
    let refused = |status, code, text: &str| Err(Fault::refused(status, code, text));
    if request.body.len() >= LARGEST {
        return refused(
            413,
            "RequestEntityTooLarge",
            "The picture must be smaller than 4 MB.",
        );
    }
    let content_type = if request.body.starts_with(JPEG) {
        "image/jpeg"
    } else if request.body.starts_with(PNG) {
        "image/png"
    } else {
        return refused(
            400,
            "ErrorInvalidImage",
            "The body is no picture that can be read.",
        );
    };
    // Some SDKs send `application/octet-stream`.
    let said = request
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    if !said.is_some_and(|said| said.starts_with("image/") || said == "application/octet-stream") {
        return refused(400, "BadRequest", "Content-Type must be that of a picture.");
    }
    Ok(Picture {
        content_type: content_type.to_owned(),
        size: request.body.len(),
        bytes: request.body.to_vec(),
    })
}

fn found<T>(request: &Request, key: &str, show: impl FnOnce(&Picture) -> T) -> Result<T, Fault> {
    request.may(READ_PICTURES)?;
    let tenant = request.world.tenant();
    let group = groups::find(&tenant.directory, request.now, key)?;
    let missing = || {
        Fault::refused(
            404,
            "ImageNotFound",
            "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
        )
    };
    group.picture.as_ref().map(show).ok_or_else(missing)
}

pub(crate) fn read(request: &Request, key: &str) -> Outcome {
    found(request, key, |picture| {
        Reply::text(200, &picture.content_type, picture.bytes.clone())
    })
}

pub(crate) fn describe(request: &Request, key: &str) -> Outcome {
    let shown = found(
        request,
        key,
        |picture| json!({"id": "default", "@odata.mediaContentType": picture.content_type, "height": 648, "width": 648}),
    )?;
    let shown = shown.as_object().cloned().unwrap_or_default();
    Ok(entity(200, &format!("groups('{key}')/photo/$entity"), shown))
}
