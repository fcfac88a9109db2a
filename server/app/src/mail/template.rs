//! The language of mail templates: text, `{{ name }}`, and `{% if name %}` … `{% endif %}`. No more: whoever edits a
//! mail cannot make it compute.
//!
//! The first line is the subject. A condition that stands alone on its line leaves no empty line behind.

use thiserror::Error;

use super::facts::{Fact, Facts, Value};

/// A template that was understood: it can be filled, and nothing can go wrong any more.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Template {
    pub(super) subject: Vec<Piece>,
    pub(super) body: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Fact(Fact),
    If(Fact, Vec<Piece>),
}

/// Whether a mail may speak of what has this name.
pub(super) type Speaks<'a> = &'a dyn Fn(&str) -> bool;

/// Where a template is wrong, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}. {remedy}")]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) problem: String,
    pub(super) remedy: String,
}

impl Fault {
    pub(super) fn new(line: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

impl Template {
    /// `speaks`: whether the mail may speak of what has this name.
    pub(super) fn parse(text: &str, speaks: Speaks) -> Result<Self, Fault> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        clean(&text)?;
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        if subject.trim().is_empty() {
            return Err(Fault::new(
                1,
                "the subject is empty",
                "Write the subject into the first line",
            ));
        }
        let subject = pieces(subject, 1, speaks)?;
        if let Some(list) = named(&subject).into_iter().find(|fact| is_list(*fact)) {
            let problem = format!("the subject shows the list {{{{ {} }}}}", list.name);
            return Err(Fault::new(1, problem, "Show it in the text below"));
        }
        let body = pieces(&alone(body), 2, speaks)?;
        Ok(Self { subject, body })
    }

    /// Everything that it speaks of.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let all = named(&self.subject).into_iter().chain(named(&self.body));
        all.map(|fact| fact.name)
    }

    /// Whether the text shows this, whatever the conditions.
    pub(super) fn always_shows(&self, name: &str) -> bool {
        let shows = |piece: &Piece| matches!(piece, Piece::Fact(fact) if fact.name == name);
        self.body.iter().any(shows)
    }
}

/// A character that starts a new line would begin another header, or hide text.
fn clean(text: &str) -> Result<(), Fault> {
    for (line, text) in (1..).zip(text.split('\n')) {
        let breaks = |c: &char| (c.is_control() && *c != '\t') || matches!(c, '\u{2028}' | '\u{2029}');
        if let Some(control) = text.chars().find(breaks) {
            let problem = format!("the control character U+{:04X}", u32::from(control));
            return Err(Fault::new(line, problem, "Take it out"));
        }
    }
    Ok(())
}

fn is_list(fact: Fact) -> bool {
    matches!((fact.of)(&Facts::default()), Value::Lines(_) | Value::Items(_))
}

fn named(pieces: &[Piece]) -> Vec<Fact> {
    let mut all = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Fact(fact) => all.push(*fact),
            Piece::If(fact, inner) => {
                all.push(*fact);
                all.extend(named(inner));
            }
        }
    }
    all
}

/// Conditions that stand alone on their lines, without the ends of these lines; the lines keep their numbers by a
/// mark that [`pieces`] counts and takes out.
fn alone(body: &str) -> String {
    let mut text = String::new();
    for line in body.split_inclusive('\n') {
        let bare = line.trim();
        let is_tag = bare.starts_with("{%") && bare.ends_with("%}") && bare.matches("{%").count() == 1;
        if is_tag {
            text.push_str(bare);
            text.push(LINE);
        } else {
            text.push_str(line);
        }
    }
    text
}

/// An end of a line that is not shown; no template that is clean holds it.
const LINE: char = '\u{2028}';

/// Mails are filled in level by level of it.
const DEEPEST: usize = 16;

fn pieces(text: &str, first_line: usize, speaks: Speaks) -> Result<Vec<Piece>, Fault> {
    let mut open: Vec<(Fact, usize, Vec<Piece>)> = Vec::new();
    let mut now = Vec::new();
    let mut rest = text;
    let mut line = first_line;
    while let Some(at) = tag(rest) {
        put(&mut now, &rest[..at]);
        line += lines(&rest[..at]);
        let (tag, after) = read(&rest[at..], line, speaks)?;
        match tag {
            Tag::Fact(fact) => now.push(Piece::Fact(fact)),
            Tag::If(_) if open.len() >= DEEPEST => {
                let problem = format!("more than {DEEPEST} {{% if … %}} within one another");
                return Err(Fault::new(line, problem, "Write them one after the other"));
            }
            Tag::If(fact) => open.push((fact, line, std::mem::take(&mut now))),
            Tag::EndIf => {
                let (fact, _, before) = open.pop().ok_or_else(|| {
                    Fault::new(line, "an {% endif %} without its {% if … %}", "Take it out")
                })?;
                let inner = std::mem::replace(&mut now, before);
                now.push(Piece::If(fact, inner));
            }
        }
        rest = after;
    }
    put(&mut now, rest);
    match open.pop() {
        Some((fact, line, _)) => {
            let problem = format!("{{% if {} %}} is not closed", fact.name);
            Err(Fault::new(line, problem, "Write {% endif %} where it ends"))
        }
        None => Ok(now),
    }
}

fn tag(text: &str) -> Option<usize> {
    let is_tag = |at: &usize| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%'));
    text.match_indices('{').map(|(at, _)| at).find(is_tag)
}

fn lines(text: &str) -> usize {
    text.matches(['\n', LINE]).count()
}

fn put(pieces: &mut Vec<Piece>, text: &str) {
    let text = text.replace(LINE, "");
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

enum Tag {
    Fact(Fact),
    If(Fact),
    EndIf,
}

/// The tag with which the text begins, and what follows it.
fn read<'a>(text: &'a str, line: usize, speaks: Speaks) -> Result<(Tag, &'a str), Fault> {
    let is_fact = text.starts_with("{{");
    let end = if is_fact { "}}" } else { "%}" };
    let Some((inside, after)) = text[2..].split_once(end).filter(|(inside, _)| lines(inside) == 0) else {
        let problem = format!("a {} without {end}", &text[..2]);
        return Err(Fault::new(
            line,
            problem,
            format!("Close it with {end} on the same line"),
        ));
    };
    let words: Vec<&str> = inside.split_whitespace().collect();
    let tag = match (is_fact, words.as_slice()) {
        (true, [name]) => Tag::Fact(shown(fact(name, line, speaks)?, line)?),
        (false, ["if", name]) => Tag::If(fact(name, line, speaks)?),
        (false, ["endif"]) => Tag::EndIf,
        _ => {
            let problem = format!("{}{inside}{end} is not understood", &text[..2]);
            let remedy = "A template knows {{ name }}, {% if name %} and {% endif %}";
            return Err(Fault::new(line, problem, remedy));
        }
    };
    Ok((tag, after))
}

fn fact(name: &str, line: usize, speaks: Speaks) -> Result<Fact, Fault> {
    let found = Fact::called(name).filter(|fact| speaks(fact.name));
    found.ok_or_else(|| {
        let problem = format!("this mail cannot speak of \"{name}\"");
        Fault::new(
            line,
            problem,
            "Use a name that the shipped template of this mail uses",
        )
    })
}

fn shown(fact: Fact, line: usize) -> Result<Fact, Fault> {
    if matches!((fact.of)(&Facts::default()), Value::Flag(_)) {
        let problem = format!("{{{{ {} }}}} has no text", fact.name);
        return Err(Fault::new(
            line,
            problem,
            format!("Ask it with {{% if {} %}}", fact.name),
        ));
    }
    Ok(fact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let any = |_: &str| true;
        Template::parse(text, &any).unwrap_err().to_string()
    }

    #[test]
    fn w30_what_a_template_cannot_say_is_refused_with_line_and_remedy() {
        let nested = format!(
            "件名\n{}{}",
            "{% if by %}".repeat(20_000),
            "{% endif %}".repeat(20_000)
        );
        for (text, line, named) in [
            ("件名\n\n{{ secret }}", "line 3", "\"secret\""),
            ("件名 {{ plan }}\n", "line 1", "list"),
            ("\n本文", "line 1", "subject is empty"),
            ("件名\rBcc: all@example.com\n", "line 1", "U+000D"),
            ("件名\n{% for x in plan %}", "line 2", "not understood"),
            ("件名\n{{ to | safe }}", "line 2", "not understood"),
            ("件名\n{% if by %}\n{{ by }}\n", "line 2", "not closed"),
            ("件名\n\n{% endif %}", "line 3", "without its"),
            ("件名\n{{ to }\n}", "line 2", "without }}"),
            ("件名\n{{ retry }}", "line 2", "no text"),
            (&nested, "line 2", "within one another"),
        ] {
            let said = fault(text);
            assert!(said.starts_with(line) && said.contains(named), "{text:?}: {said}");
        }
    }

    #[test]
    fn a_mail_speaks_of_its_own_facts_alone() {
        let only_to = |name: &str| name == "to";
        assert!(Template::parse("件名\n{{ to }}", &only_to).is_ok());
        let said = Template::parse("件名\n{{ to }} {{ by }}", &only_to).unwrap_err();
        assert_eq!((said.line, said.problem.contains("\"by\"")), (2, true));
    }
}
