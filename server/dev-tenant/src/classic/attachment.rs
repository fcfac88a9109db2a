//! Download of an attachment.

use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::byte_range::part;
use crate::sharepoint::operations::attachments;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::ids::{ItemId, ListId};

pub(super) fn answer(visit: &Visit<'_, '_>, list: ListId, item: ItemId, name: &str) -> Result<Reply, Fault> {
    let file = attachments::find(&visit.session, list, item, name)?;
    let encoded = percent_encoding::utf8_percent_encode(&file.file_name, percent_encoding::NON_ALPHANUMERIC);
    let part = part(visit.call, file.content.clone());
    // Never shown in the page's own origin: a file that people attached may be HTML.
    let reply = Reply::text(part.status, "application/octet-stream", part.bytes)
        .with(
            "Content-Disposition",
            format!("attachment; filename*=UTF-8''{encoded}"),
        )
        .with("X-Content-Type-Options", "nosniff");
    let headers = part.headers.into_iter();
    Ok(headers.fold(reply, |reply, (name, value)| reply.with(name, value)))
}
