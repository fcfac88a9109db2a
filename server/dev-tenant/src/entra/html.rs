//! Pages: every text that comes from outside is escaped, and only our own script runs.

use uuid::Uuid;

use crate::call::{Call, Reply};

/// Text as it may stand in an element or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A hidden field of a form.
pub(crate) fn hidden(name: &str, value: &str) -> String {
    format!(
        r#"<input type="hidden" name="{}" value="{}">"#,
        escape(name),
        escape(value)
    )
}

/// The page's language: Japanese unless the browser asks for another first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Japanese,
    English,
}

impl Language {
    pub(crate) fn of(call: &Call) -> Self {
        let asked = call.header("accept-language").unwrap_or("ja");
        if asked.trim_start().to_ascii_lowercase().starts_with("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }

    pub(crate) const fn pick<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }

    const fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }
}

/// A page of the login host. `body` is HTML, `script` runs under a nonce.
pub(crate) fn page(
    status: u16,
    language: Language,
    nonce: Uuid,
    title: &str,
    body: &str,
    script: &str,
) -> Reply {
    let nonce = nonce.simple();
    let html = format!(
        r#"<!DOCTYPE html>
<html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title><style nonce="{nonce}">{}</style></head>
<body><main>{body}</main><script nonce="{nonce}">{script}</script></body></html>"#,
        language.tag(),
        escape(title),
        include_str!("page.css")
    );
    Reply::text(status, "text/html; charset=utf-8", html)
        .with("Cache-Control", "no-store, no-cache")
        .with("Referrer-Policy", "strict-origin-when-cross-origin")
        .with("X-Content-Type-Options", "nosniff")
        .with("X-Frame-Options", "DENY")
        .with(
            "Content-Security-Policy",
            format!("default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"),
        )
}
