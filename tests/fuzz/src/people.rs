//! What people write into forms and columns, what administrators write into definitions, and what we wrote ourselves
//! and read again from a list.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Context, Schema, Values};
use jiff::Timestamp;
use workflow::journal::{Line, Sealed, verify};
use workflow::judge::{Editor, Expectations, Ruling, STANDING, Version, judge, judge_act, judge_inbox};
use workflow::{Definition, Hash, PersonId, StepToken};

use crate::{first_line, text};

const SCHEMA: &str = include_str!("../schema.json");

/// Values of a form, held against one with every kind of field.
pub(super) fn form(bytes: &[u8]) {
    let Some(values) = text(bytes).and_then(|text| Values::parse(text).ok()) else {
        return;
    };
    let schema = Schema::parse(SCHEMA).expect("the schema is good");
    let today = "2026-04-01".parse().expect("a date");
    let masters = BTreeMap::new();
    let naming = forms::HouseNaming::default();
    let context = Context {
        today,
        masters,
        naming,
    };
    drop(forms::validate(&schema, &values, &context));
    let normal = forms::normalise(&schema, &values);
    assert_eq!(forms::normalise(&schema, &normal), normal, "normal stays normal");
    drop(forms::validate(&schema, &normal, &context));
    drop(forms::summary(
        &schema,
        &normal,
        &context.masters,
        forms::Language::Ja,
    ));
}

/// A definition that was read is written so that it is read again.
pub(super) fn definition(bytes: &[u8]) {
    if let Some(definition) = text(bytes).and_then(|text| Definition::parse(text).ok()) {
        drop(
            definition
                .numbering
                .number("2026-04-01".parse().expect("a date"), u64::MAX),
        );
        let written = serde_json::to_string(&definition).expect("it can be written");
        assert_eq!(Definition::parse(&written), Ok(definition));
    }
}

/// One journal line on each line of text.
pub(super) fn journal(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for line in text.lines().filter_map(|line| Line::parse(line).ok()) {
        let sealed = line.seal().expect("it can be written");
        assert_eq!(Line::parse(&sealed.body).ok().as_ref(), Some(&line));
        drop(verify(&line.application, &[sealed]));
    }
    let as_kept = |body: &str| Sealed {
        body: body.to_owned(),
        hash: Hash::of(body.as_bytes()),
    };
    let chain: Vec<_> = text.lines().map(as_kept).collect();
    if let Some(first) = chain.first().and_then(|first| Line::parse(&first.body).ok()) {
        drop(verify(&first.application, &chain));
    }
}

/// Columns as `name=value` lines; the first line is `PFDecisionFor`.
pub(super) fn decision(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (decision_for, columns) = first_line(text);
    let person = PersonId::new("b6a7c1de-0000-4000-8000-000000000001");
    let token = StepToken(Hash::of(b"step"));
    let pair = |line: &str| {
        let (name, value) = line.split_once('=')?;
        Some((name.to_owned(), value.into()))
    };
    let mut fields: BTreeMap<_, _> = columns.lines().filter_map(pair).collect();
    fields.insert("PFDecisionFor".to_owned(), decision_for.into());
    let version = Version {
        label: "1.0".to_owned(),
        number: 1,
        created: Timestamp::UNIX_EPOCH,
        editor: Editor::Person(person.clone()),
        fields,
    };
    let versions = [version];
    drop(judge_inbox(&versions, &person));
    drop(judge_act(&versions, &person));
    let judgement = judge(&versions, &expected(&person, token));
    if let [(1, Ruling::Decision { .. })] = judgement.rulings[..] {
        let (named, decider) = decision_for.split_once(':').expect("a token and a person");
        assert_eq!(StepToken::parse(named), Ok(token));
        assert!(PersonId::new(decider) == person || decider.eq_ignore_ascii_case(ADDRESS));
    }
}

const ADDRESS: &str = "aiko@contoso.example";

fn expected(person: &PersonId, token: StepToken) -> Expectations {
    Expectations {
        judged: None,
        own: BTreeSet::new(),
        asked: Some((token, Timestamp::UNIX_EPOCH)),
        assignees: BTreeSet::from([person.clone()]),
        shown: BTreeSet::new(),
        standing: STANDING,
        addresses: BTreeSet::from([(person.clone(), ADDRESS.to_owned())]),
        sealed: BTreeMap::new(),
    }
}
