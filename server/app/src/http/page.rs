//! HTML of our own pages: one frame, nothing from other hosts, nothing inline without its nonce.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use minijinja::Environment;
use serde::Serialize;

use super::Problem;
use super::sign_in::random;

/// What the browser asks for; Japanese unless it prefers English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    Ja,
    En,
}

impl Language {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let asked = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        match asked {
            Some(text) if text.trim_start().to_ascii_lowercase().starts_with("en") => Self::En,
            _ => Self::Ja,
        }
    }
}

/// A page that only says something.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Notice {
    NotSignedIn,
    Consented,
    NotFound,
    ForAdministrators,
}

/// Whether forms of the page may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    None,
    /// To ourselves.
    Ours,
}

pub(super) fn notice(status: StatusCode, notice: Notice, language: Language) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Facts {
        notice: Notice,
    }
    render(
        status,
        include_str!("page/notice.html"),
        language,
        &Facts { notice },
    )
}

/// Fills a template; it knows `facts`, `language` and `nonce`.
pub(super) fn render(
    status: StatusCode,
    template: &str,
    language: Language,
    facts: &impl Serialize,
) -> Result<Response, Problem> {
    render_with(status, template, (language, Forms::None), facts)
}

/// The same for a page that may have forms.
pub(super) fn render_with(
    status: StatusCode,
    template: &str,
    (language, forms): (Language, Forms),
    facts: &impl Serialize,
) -> Result<Response, Problem> {
    let nonce = random()?;
    let mut environment = Environment::new();
    environment
        .add_template("frame.html", include_str!("page/frame.html"))
        .map_err(Problem::internal)?;
    let facts = minijinja::Value::from(minijinja::value::Serde(facts));
    let language = minijinja::Value::from(minijinja::value::Serde(language));
    let values = minijinja::context! { facts, language, nonce => nonce.as_str() };
    // The name's ending turns HTML escaping on.
    let html = environment
        .render_named_str("page.html", template, values)
        .map_err(Problem::internal)?;
    let forms = match forms {
        Forms::None => "'none'",
        Forms::Ours => "'self'",
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((status, headers, Html(html)).into_response())
}
