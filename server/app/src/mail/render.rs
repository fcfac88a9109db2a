//! A template filled with facts: the subject as one line, the text as HTML in which nothing but our own addresses is
//! markup.

use super::Text;
use super::facts::{Facts, Value};
use super::template::{Piece, Template};
use crate::config::Language;

pub(super) fn render(template: &Template, language: Language, facts: &Facts) -> Text {
    let mut subject = String::new();
    fill(&template.subject, facts, &mut |shown| plain(shown, &mut subject));
    let mut html = String::from("<div style=\"white-space:pre-wrap\">");
    fill(&template.body, facts, &mut |shown| {
        markup(shown, language, &mut html);
    });
    html.push_str("</div>");
    Text { subject, html }
}

#[derive(Clone, Copy)]
enum Shown<'a> {
    Words(&'a str),
    Value(Value<'a>),
}

fn fill(pieces: &[Piece], facts: &Facts, show: &mut dyn FnMut(Shown)) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => show(Shown::Words(text)),
            Piece::Fact(fact) => show(Shown::Value((fact.of)(facts))),
            Piece::If(fact, inner) if (fact.of)(facts).is_there() => fill(inner, facts, show),
            Piece::If(..) => {}
        }
    }
}

/// A value never starts a new line in the subject.
fn plain(shown: Shown, subject: &mut String) {
    let text = match shown {
        Shown::Words(text) | Shown::Value(Value::Line(text) | Value::Link(text)) => text,
        Shown::Value(Value::Lines(_) | Value::Items(_) | Value::Flag(_)) => "",
    };
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    subject.extend(text.chars().map(|c| if breaks(c) { ' ' } else { c }));
}

fn markup(shown: Shown, language: Language, html: &mut String) {
    match shown {
        Shown::Words(text) | Shown::Value(Value::Line(text)) => escape(text, html),
        Shown::Value(Value::Link(address)) => link(address, html),
        Shown::Value(Value::Lines(lines)) => {
            bullets(lines, language, html, |line, html| escape(line, html));
        }
        Shown::Value(Value::Items(items)) => bullets(items, language, html, |item, html| {
            escape(&item.text, html);
            html.push_str("<br>");
            link(&item.url, html);
        }),
        Shown::Value(Value::Flag(_)) => {}
    }
}

fn bullets<T>(all: &[T], language: Language, html: &mut String, show: impl Fn(&T, &mut String)) {
    for (number, one) in all.iter().enumerate() {
        if number > 0 {
            html.push_str("<br>");
        }
        html.push_str(bullet(language));
        show(one, html);
    }
}

fn bullet(language: Language) -> &'static str {
    match language {
        Language::Ja => "・",
        Language::En => "- ",
    }
}

/// Only https leads anywhere.
fn link(address: &str, html: &mut String) {
    if !address.starts_with("https://") {
        escape(address, html);
        return;
    }
    html.push_str("<a href=\"");
    escape(address, html);
    html.push_str("\">");
    escape(address, html);
    html.push_str("</a>");
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str, facts: &Facts) -> Text {
        let any = |_: &str| true;
        render(&Template::parse(template, &any).unwrap(), Language::Ja, facts)
    }

    #[test]
    fn w30_a_form_value_brings_neither_markup_nor_a_link_nor_a_header_into_a_mail() {
        let nasty = "<img src=x>\r\nBcc: all@example.com\u{2028}\"&' https://evil.example";
        let facts = Facts {
            title: nasty.to_owned(),
            plan: vec!["<a href=\"https://evil.example\">".to_owned()],
            url: "https://contoso.sharepoint.com/x?a=1&b=\"".to_owned(),
            ..Facts::default()
        };
        let text = rendered("件名 {{ title }}\n{{ title }}\n{{ plan }}\n{{ url }}", &facts);
        assert!(
            !text.subject.contains(['\r', '\n', '\u{2028}']),
            "{}",
            text.subject
        );
        assert_eq!(text.html.matches("<a ").count(), 1, "{}", text.html);
        assert!(!text.html.contains("<img") && !text.html.contains("href=\"https://evil"));
        assert!(
            text.html
                .contains("href=\"https://contoso.sharepoint.com/x?a=1&amp;b=&quot;\"")
        );
    }

    #[test]
    fn a_template_inside_a_form_value_is_only_text() {
        let facts = Facts {
            comment: "{{ head }}".into(),
            head: "secret".into(),
            ..Facts::default()
        };
        let text = rendered("件名\n{{ comment }}", &facts);
        assert!(text.html.contains("{{ head }}") && !text.html.contains("secret"));
    }

    #[test]
    fn a_condition_that_is_not_met_leaves_nothing_behind() {
        let template =
            "件名{% if step %}({{ step }}){% endif %}\n前\n{% if by %}\n人: {{ by }}\n{% endif %}\n後";
        let body = |text: &Text| text.html.replace("<br>", "\n");
        let without = rendered(template, &Facts::default());
        assert_eq!(without.subject, "件名");
        assert!(body(&without).contains("前\n後"), "{}", without.html);
        let facts = Facts {
            by: "森田".into(),
            step: "上長承認".into(),
            ..Facts::default()
        };
        let with = rendered(template, &facts);
        assert_eq!(with.subject, "件名(上長承認)");
        assert!(body(&with).contains("前\n人: 森田\n後"), "{}", with.html);
    }
}
