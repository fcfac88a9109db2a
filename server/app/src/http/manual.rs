//! `/manual`: the manuals that this build carries, as plain pages without scripts.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use pulldown_cmark::{Event, Options, Parser, html};

use super::Problem;
use crate::config::Language;

const PAGES: [(&str, &str, &str); 8] = [
    ("ja", "user", include_str!("../../manual/ja/user.md")),
    ("ja", "admin", include_str!("../../manual/ja/admin.md")),
    ("ja", "setup", include_str!("../../manual/ja/setup.md")),
    ("ja", "february", include_str!("../../manual/ja/february.md")),
    ("en", "user", include_str!("../../manual/en/user.md")),
    ("en", "admin", include_str!("../../manual/en/admin.md")),
    ("en", "setup", include_str!("../../manual/en/setup.md")),
    ("en", "february", include_str!("../../manual/en/february.md")),
];
const STYLE: &str = include_str!("../../manual/style.css");
/// What the manuals show, by its name beside them.
const PICTURE: (&str, &[u8]) = ("/manual/review.png", include_bytes!("../../manual/review.png"));
const POLICY: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// `language`: of those who prefer none that there is.
pub(super) fn routes(language: Language) -> Router {
    let first = move |headers: HeaderMap| async move {
        let asked = headers.get(header::ACCEPT_LANGUAGE);
        let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or_default();
        Redirect::to(&format!("/manual/{}/user", spoken(asked, language)))
    };
    Router::new()
        .route("/manual", get(first))
        .route(
            PICTURE.0,
            get(|| async { ([(header::CONTENT_TYPE, "image/png")], PICTURE.1) }),
        )
        .route("/manual/{language}/{page}", get(show))
}

/// The manuals' language that a browser prefers (`Accept-Language`, RFC 9110, 12.5.4), or else ours.
fn spoken(asked: &str, language: Language) -> &'static str {
    let mut wishes: Vec<(f32, &str)> = asked.split(',').map(wish).collect();
    // Of those alike the first one counts: the order stays.
    wishes.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let known = |(_, tag): (f32, &str)| match tag.split('-').next().unwrap_or_default() {
        primary if primary.eq_ignore_ascii_case("ja") => Some("ja"),
        primary if primary.eq_ignore_ascii_case("en") => Some("en"),
        _ => None,
    };
    let own = match language {
        Language::Ja => "ja",
        Language::En => "en",
    };
    let mut ranked = wishes.into_iter().filter(|(weight, _)| *weight > 0.0);
    ranked.find_map(known).unwrap_or(own)
}

/// How much a language is wished, and which.
fn wish(one: &str) -> (f32, &str) {
    let (tag, weight) = one.split_once(';').unwrap_or((one, ""));
    let weight = weight
        .trim()
        .strip_prefix("q=")
        .map_or(1.0, |q| q.parse().unwrap_or(0.0));
    (weight, tag.trim())
}

async fn show(Path((language, page)): Path<(String, String)>) -> Result<impl IntoResponse, Problem> {
    // Links within the manuals name files, so that they lead somewhere in the repository too.
    let page = page.trim_end_matches(".md");
    let found = PAGES
        .iter()
        .find(|(spoken, name, _)| *spoken == language && *name == page);
    let (language, _, text) = found.ok_or(Problem::NotFound)?;
    Ok((
        [(header::CONTENT_SECURITY_POLICY, POLICY)],
        Html(rendered(language, text)),
    ))
}

fn rendered(language: &str, text: &str) -> String {
    // The manuals hold no HTML of their own; should one ever, it is shown as text.
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    let links: Vec<_> = PAGES
        .iter()
        .map(|(spoken, name, text)| link(spoken, name, text))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Provisioning Flow</title>\
         <style>{STYLE}</style><nav>{}</nav><main>{body}</main></html>",
        links.join(" · ")
    )
}

fn link(language: &str, name: &str, text: &str) -> String {
    let title = text.lines().next().unwrap_or(name).trim_start_matches("# ");
    format!("<a href=\"/manual/{language}/{name}\">{title}</a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_manual_has_a_title_and_its_twin_in_the_other_language() {
        for (language, name, text) in PAGES {
            assert!(text.starts_with("# "), "{language}/{name}");
            let other = if language == "ja" { "en" } else { "ja" };
            let twin = PAGES
                .iter()
                .find(|(spoken, twin, _)| *spoken == other && *twin == name)
                .unwrap();
            let headings = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
            assert_eq!(
                headings(text),
                headings(twin.2),
                "{name}: the languages tell different things"
            );
        }
    }

    #[test]
    fn every_picture_of_a_manual_is_served_beside_it() {
        for (language, name, text) in PAGES {
            for picture in text
                .split("](../")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
            {
                assert_eq!(format!("/manual/{picture}"), PICTURE.0, "{language}/{name}");
            }
        }
    }

    #[test]
    fn markup_in_a_manual_is_shown_as_text() {
        assert!(!rendered("en", "<script>alert(1)</script>").contains("<script>"));
    }

    #[test]
    fn the_manual_opens_in_the_language_that_the_browser_prefers_or_else_in_the_installation_s() {
        for (asked, ours, shown) in [
            ("", Language::Ja, "ja"),
            ("", Language::En, "en"),
            ("fr-FR, *;q=0.5", Language::En, "en"),
            ("en-US,en;q=0.9,ja;q=0.8", Language::Ja, "en"),
            ("ja,en-US;q=0.9", Language::En, "ja"),
            ("fr, en;q=0.3, ja;q=0.7", Language::En, "ja"),
            ("JA", Language::En, "ja"),
            ("en;q=0", Language::Ja, "ja"),
            ("jargon", Language::En, "en"),
        ] {
            assert_eq!(spoken(asked, ours), shown, "{asked}");
        }
    }
}
