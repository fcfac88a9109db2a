//! The template held against the schema's facts.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::facts::FACTS;
use super::facts::Inside::{self, All, Any, Nothing, OneWord, Sequence};
use super::facts::Kind::{self, Decimal, Flag, Id, Int, OneOf, Text};
use crate::config::Language;
use crate::setup::{Manifest, template};

impl Kind {
    fn fits(self, value: &str) -> bool {
        match self {
            Text => true,
            Int => value.parse::<i32>().is_ok(),
            Flag => ["true", "false"].contains(&value),
            Decimal => value.parse::<f64>().is_ok() && !value.contains(['e', 'E', 'n', 'N']),
            Id => value.starts_with(|first: char| first.is_ascii_alphabetic()) && !value.contains([':', ' ']),
            OneOf(values) => values.contains(&value),
        }
    }
}

impl Inside {
    fn fits(&self, children: &[String], text: &str) -> Result<(), String> {
        let names = |all: &[&str]| children.iter().all(|child| all.contains(&child.as_str()));
        let ok = match self {
            Nothing => children.is_empty() && text.is_empty(),
            Any => !children.is_empty() && children.iter().all(|child| child.starts_with('~')),
            OneWord(words) => children.is_empty() && words.contains(&text),
            All(all) => names(all) && (1..children.len()).all(|at| !children[..at].contains(&children[at])),
            Sequence(steps) => return in_sequence(steps, children),
        };
        if ok {
            Ok(())
        } else {
            Err(format!("{children:?} {text}"))
        }
    }
}

fn in_sequence(steps: &[&str], children: &[String]) -> Result<(), String> {
    let mut rest = children;
    for step in steps {
        let name = step.trim_end_matches(['!', '*']);
        let most = if step.contains('*') { usize::MAX } else { 1 };
        let count = rest.iter().take_while(|child| *child == name).count().min(most);
        if count == 0 && step.contains('!') {
            return Err(format!("no {name}"));
        }
        rest = &rest[count..];
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(format!("out of place: {rest:?}"))
    }
}

/// One open element.
#[derive(Default)]
struct Open {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<String>,
    text: String,
}

impl Open {
    fn new(start: &BytesStart<'_>) -> Self {
        let name = start.name().as_ref().to_owned();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
            (attribute.key.as_ref().to_owned(), value.into_owned())
        });
        Self {
            name: name
                .strip_prefix("pnp:")
                .map_or_else(|| format!("~{name}"), str::to_owned),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn check(&self, parent: &str) -> Result<(), String> {
        if self.name.starts_with('~') {
            return Ok(());
        }
        let both = format!("{parent}/{}", self.name);
        let fact = FACTS.iter().find(|fact| fact.name == both);
        let fact = fact.or_else(|| FACTS.iter().find(|fact| fact.name == self.name));
        let fact = fact.ok_or_else(|| format!("{both}: not in the schema's part that we know"))?;
        for (name, value) in self.attributes.iter().filter(|(name, _)| name != "xmlns:pnp") {
            let known = fact.attributes.iter().find(|(known, ..)| known == name);
            let (_, kind, _) = known.ok_or_else(|| format!("{both}: no attribute {name}"))?;
            if !kind.fits(value) {
                return Err(format!("{both}: {name} cannot be {value}"));
            }
        }
        let has = |name: &str| self.attributes.iter().any(|(found, _)| found == name);
        if let Some((name, ..)) = fact.attributes.iter().find(|(name, _, must)| *must && !has(name)) {
            return Err(format!("{both}: {name} must be there"));
        }
        let inside = fact.inside.fits(&self.children, self.text.trim());
        inside.map_err(|problem| format!("{both}: {problem}"))
    }
}

fn validated(xml: &str) -> Result<usize, String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut checked) = (vec![Open::default()], 0);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => return Ok(checked),
            Event::Start(start) => open.push(Open::new(&start)),
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                let parent = open.last_mut().unwrap();
                closed.check(&parent.name)?;
                parent.children.push(closed.name);
                checked += 1;
            }
            _ => {}
        }
    }
}

#[test]
fn the_template_keeps_to_the_schema() {
    let manifest = Manifest::embedded().unwrap();
    for language in [Language::Ja, Language::En] {
        let xml = template::xml(&manifest, language).unwrap();
        assert!(validated(&xml).unwrap() > 100);
    }
}

#[test]
fn what_the_schema_forbids_is_found() {
    let xml = template::xml(&Manifest::embedded().unwrap(), Language::Ja).unwrap();
    for (from, to, named) in [
        ("TemplateType=\"100\" ", "", "TemplateType must be there"),
        ("NoCrawl=\"true\"", "NoCrawl=\"yes\"", "NoCrawl cannot be yes"),
        ("Scope=\"RootSite\"", "Scope=\"Site\"", "Scope cannot be Site"),
        (
            "CopyRoleAssignments=\"false\" ",
            "",
            "CopyRoleAssignments must be there",
        ),
        (">OpenItems<", ">OpenItem<", "OpenItem"),
        ("EnableAttachments", "Attachments", "no attribute Attachments"),
        (
            "<pnp:Preferences>",
            "<pnp:Templates/><pnp:Preferences>",
            "out of place",
        ),
        ("pnp:Fields>", "pnp:Columns>", "not in the schema"),
    ] {
        assert!(xml.contains(from), "{from}");
        let error = validated(&xml.replace(from, to)).unwrap_err();
        assert!(error.contains(named), "{error}");
    }
}
