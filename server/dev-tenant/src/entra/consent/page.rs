//! The page on which an administrator accepts, or does not.

use super::asked::Asked;
use super::decision::Question;
use crate::call::{Call, Reply};
use crate::directory::User;
use crate::entra::fault::Fault;
use crate::entra::html::{Language, escape, hidden, page};
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Kind};
use crate::world::World;

pub(super) fn show(
    world: &World,
    call: &Call,
    (parameters, asked): (&Parameters, &Asked),
    user: &User,
) -> Result<Reply, Fault> {
    let language = Language::of(call);
    let title = language.pick("要求されているアクセス許可", "Permissions requested");
    let question = Question {
        query: parameters.encode(),
        person: user.id,
    };
    let rows: String = asked.permissions.iter().map(|name| row(name)).collect();
    let body = format!(
        r#"<p class="tenant">{}</p><h1>{title}</h1><p class="account">{}</p><p>{}</p><ul>{rows}</ul>
<form method="post" action="/{}/v2.0/adminconsent">{}<button class="primary">{}</button> <button name="cancel" value="1">{}</button></form>"#,
        escape(&world.names.display_name),
        escape(&user.user_principal_name),
        escape(&asked.name),
        world.names.id,
        hidden("question", &ticket::seal(world, Kind::Consent, &question)?),
        language.pick("承諾", "Accept"),
        language.pick("キャンセル", "Cancel"),
    );
    Ok(page(200, language, call.request_id, title, &body, ""))
}

fn row(name: &str) -> String {
    format!("<li>{}</li>", escape(name))
}
