//! HTML by templates that escape every value: the one place where text becomes markup.

use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, Error, Value, context};
use serde::Serialize;

use super::frame::Frame;
use crate::call::{Call, Reply};

const HTML: &str = "text/html; charset=utf-8";
const STYLE_SHEET: &str = "/_layouts/15/1041/styles/classic.css";

/// Templates by name; `.html` makes the engine escape.
const TEMPLATES: [(&str, &str); 10] = [
    ("frame.html", include_str!("templates/frame.html")),
    ("control.html", include_str!("templates/control.html")),
    ("contents.html", include_str!("templates/contents.html")),
    ("display_form.html", include_str!("templates/display_form.html")),
    ("edit_form.html", include_str!("templates/edit_form.html")),
    ("conflict.html", include_str!("templates/conflict.html")),
    ("home.html", include_str!("templates/home.html")),
    ("refusal.html", include_str!("templates/refusal.html")),
    (
        "version_history.html",
        include_str!("templates/version_history.html"),
    ),
    ("view_page.html", include_str!("templates/view_page.html")),
];

static ENVIRONMENT: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

/// A page inside the frame of the site.
pub(super) fn page(status: u16, template: &str, frame: &Frame, content: impl Serialize) -> Reply {
    let (frame, content) = (Value::from(Serde(frame)), Value::from(Serde(content)));
    reply(status, template, context! {frame, content})
}

/// A page without frame: its reader may not see anything of the site.
pub(super) fn bare(status: u16, template: &str, content: impl Serialize) -> Reply {
    let content = Value::from(Serde(content));
    reply(status, template, context! {frame => (), content})
}

fn reply(status: u16, template: &str, values: Value) -> Reply {
    match render(template, values) {
        Ok(html) => Reply::text(status, HTML, html)
            .with("Cache-Control", "private, max-age=0, no-store")
            .with("X-Content-Type-Options", "nosniff")
            .with("X-Frame-Options", "SAMEORIGIN"),
        Err(error) => {
            tracing::error!(%error, template, "a page cannot be rendered");
            Reply::text(500, HTML, "申し訳ございません。問題が発生しました。")
        }
    }
}

fn render(template: &str, values: Value) -> Result<String, String> {
    let environment = ENVIRONMENT.as_ref().map_err(ToString::to_string)?;
    let template = environment.get_template(template);
    let html = template.and_then(|template| template.render(values));
    html.map_err(|error| format!("{error:#}"))
}

pub(super) fn style_sheet(call: &Call) -> Option<Reply> {
    (call.path == STYLE_SHEET).then(|| {
        Reply::text(200, "text/css; charset=utf-8", include_str!("classic.css"))
            .with("Cache-Control", "max-age=60")
    })
}
