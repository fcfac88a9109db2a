//! The sign-in pages.

use crate::call::{Call, Reply};
use crate::directory::{ObjectId, User};
use crate::entra::fault::{Fault, description};
use crate::entra::html::{Language, escape, hidden, page};
use crate::entra::person;
use crate::entra::ticket::{self, Kind};
use crate::world::World;

/// So many people are shown at once; the search reaches the others.
const SHOWN: usize = 200;

const FILTER: &str = r"const box=document.querySelector('input[type=search]');
box.addEventListener('input',()=>{const sought=box.value.trim().toLowerCase();
for(const row of document.querySelectorAll('li'))row.hidden=!row.textContent.toLowerCase().includes(sought);});";

const SUBMIT: &str = "document.forms[0].submit();";

/// The staff to choose from.
pub(crate) fn choose(
    world: &World,
    call: &Call,
    query: &str,
    search: &str,
    fault: Option<&Fault>,
) -> Result<Reply, Fault> {
    let language = Language::of(call);
    let rows: String = found(world, search).iter().map(row).collect();
    let none = language.pick("該当する人がいません。", "Nobody matches.");
    let rows = if rows.is_empty() {
        format!("<li>{none}</li>")
    } else {
        rows
    };
    let title = language.pick("サインイン", "Sign in");
    let body = format!(
        r#"{}<p class="note">{}</p>{}
<form method="post" action="{}">{}<button class="enter" tabindex="-1">{}</button><label for="search">{}</label>
<input id="search" type="search" name="search" value="{}" autocomplete="off" autofocus><ul>{rows}</ul></form>"#,
        heading(world, title),
        language.pick("サインインする人を選んでください。", "Choose who you are."),
        notice(world, call, fault),
        action(world),
        hidden("request", &ticket::seal(world, Kind::Request, &query)?),
        // The Enter key presses a form's first button: it must search, not sign somebody in.
        language.pick("検索", "Search"),
        language.pick(
            "氏名・部署・役職・アカウントで検索",
            "Search by name, department, post or account"
        ),
        escape(search),
    );
    Ok(page(200, language, call.request_id, title, &body, FILTER))
}

fn found(world: &World, search: &str) -> Vec<User> {
    let sought = search.trim().to_lowercase();
    let tenant = world.tenant();
    let there = tenant
        .directory
        .users
        .values()
        .filter(|user| user.deleted.is_none());
    let mut all: Vec<User> = there.filter(|user| matches(user, &sought)).cloned().collect();
    all.sort_by(|one, other| one.display_name.cmp(&other.display_name));
    all.truncate(SHOWN);
    all
}

fn matches(user: &User, sought: &str) -> bool {
    let (department, post) = (person::text(user, "department"), person::text(user, "jobTitle"));
    [&user.display_name, &user.user_principal_name, department, post]
        .iter()
        .any(|text| text.to_lowercase().contains(sought))
}

fn row(user: &User) -> String {
    let face: String = user.display_name.chars().take(1).collect();
    let (department, post) = (person::text(user, "department"), person::text(user, "jobTitle"));
    format!(
        r#"<li><button name="person" value="{}"><span class="face" aria-hidden="true">{}</span><span class="who"><span class="name">{}</span> <span class="post">{} {}</span><br><span class="account">{}</span></span></button></li>"#,
        user.id.0,
        escape(&face),
        escape(&user.display_name),
        escape(department),
        escape(post),
        escape(&user.user_principal_name),
    )
}

/// Asks for the password.
pub(super) fn password(
    world: &World,
    call: &Call,
    query: &str,
    user: &User,
    fault: Option<&Fault>,
) -> Result<Reply, Fault> {
    let language = Language::of(call);
    let title = language.pick("パスワードの入力", "Enter password");
    let fields = [(
        "password",
        language.pick("パスワード", "Password"),
        "current-password",
    )];
    form(world, call, query, user, title, &fields, fault)
}

/// Asks for a password of the person's own, in place of the one he was given.
pub(super) fn change(
    world: &World,
    call: &Call,
    query: &str,
    user: &User,
    fault: Option<&Fault>,
) -> Result<Reply, Fault> {
    let language = Language::of(call);
    let title = language.pick("パスワードの更新", "Update your password");
    let fields = [
        (
            "password",
            language.pick("現在のパスワード", "Current password"),
            "current-password",
        ),
        (
            "new",
            language.pick("新しいパスワード", "New password"),
            "new-password",
        ),
        (
            "again",
            language.pick("新しいパスワード(確認)", "New password, again"),
            "new-password",
        ),
    ];
    form(world, call, query, user, title, &fields, fault)
}

fn form(
    world: &World,
    call: &Call,
    query: &str,
    user: &User,
    title: &str,
    fields: &[(&str, &str, &str)],
    fault: Option<&Fault>,
) -> Result<Reply, Fault> {
    let language = Language::of(call);
    let fields: Vec<String> = fields.iter().map(field).collect();
    let ObjectId(id) = user.id;
    let body = format!(
        r#"{}<p class="account">{}</p>{}<form method="post" action="{}">{}{}{}<button class="primary">{}</button></form>"#,
        heading(world, title),
        escape(&user.user_principal_name),
        notice(world, call, fault),
        action(world),
        hidden("request", &ticket::seal(world, Kind::Request, &query)?),
        hidden("person", &id.to_string()),
        fields.concat(),
        language.pick("サインイン", "Sign in"),
    );
    Ok(page(200, language, call.request_id, title, &body, ""))
}

fn field((name, label, fill): &(&str, &str, &str)) -> String {
    format!(
        r#"<label for="{name}">{label}</label><input id="{name}" type="password" name="{name}" autocomplete="{fill}" required>"#
    )
}

/// Carries an answer to the client by a form that submits itself.
pub(super) fn form_post(call: &Call, to: &str, answer: &[(&'static str, String)]) -> Reply {
    let language = Language::of(call);
    let fields: String = answer.iter().map(|(name, value)| hidden(name, value)).collect();
    let body = format!(
        r#"<form method="post" action="{}">{fields}<noscript><p>{}</p><button class="primary">{}</button></noscript></form>"#,
        escape(to),
        language.pick(
            "スクリプトが無効です。「続行」を押してください。",
            "Script is off. Press Continue."
        ),
        language.pick("続行", "Continue"),
    );
    let title = language.pick("サインインしています", "Signing in");
    page(200, language, call.request_id, title, &body, SUBMIT)
}

/// A refusal that has no registered address to go to.
pub(crate) fn refused(world: &World, call: &Call, fault: &Fault) -> Reply {
    let language = Language::of(call);
    let title = language.pick(
        "サインインできません",
        "Sorry, but we're having trouble signing you in",
    );
    let body = format!("{}{}", heading(world, title), notice(world, call, Some(fault)));
    page(fault.status, language, call.request_id, title, &body, "")
}

/// Nobody is signed in any more.
pub(crate) fn signed_out(world: &World, call: &Call) -> Reply {
    let language = Language::of(call);
    let title = language.pick("サインアウトしました", "You signed out of your account");
    let body = format!(
        r#"{}<p class="note"><a href="https://{}.sharepoint.com/">SharePoint</a></p>"#,
        heading(world, title),
        escape(&world.names.name)
    );
    page(200, language, call.request_id, title, &body, "")
}

fn heading(world: &World, title: &str) -> String {
    let name = escape(&world.names.display_name);
    format!(r#"<p class="tenant">{name}</p><h1>{}</h1>"#, escape(title))
}

fn notice(world: &World, call: &Call, fault: Option<&Fault>) -> String {
    let text = fault.map(|fault| escape(&description(world, call, fault)));
    text.map(|text| format!(r#"<p class="fault" role="alert">{text}</p>"#))
        .unwrap_or_default()
}

fn action(world: &World) -> String {
    format!("/{}/login", world.names.id)
}
