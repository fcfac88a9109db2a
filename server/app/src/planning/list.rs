//! Mailing lists: from the answers of a form to a wish, and from wishes to plans.

use forms::{Code, FieldKey, Issue, Schema, Values};
use m365::Tenant;
use provision::{ListChange, ListFields, ListKind, ListWish, People as Named, Plan};
use uuid::Uuid;
use workflow::definition::{self, ChangeList, CreateList, Turnover};

use super::Issues;
use super::answers::{Answers, key};
use super::group::{Told, first, known, turnover};
use super::people::People;

/// A wish whose people are not looked up yet.
pub(super) struct Wished {
    wish: ListWish,
    owners: Told,
    members: Told,
}

/// Reads the answers for a new list. `application`: what it is named after; `domain`: where its address lies.
pub(super) fn wished(
    application: &str,
    mapping: &CreateList,
    values: &Values,
    domain: &str,
) -> Result<Wished, Issues> {
    let answers = Answers { values };
    let wish = ListWish {
        application: application.to_owned(),
        kind: match mapping.kind {
            definition::ListKind::Distribution => ListKind::Distribution,
            definition::ListKind::Security => ListKind::Security,
        },
        display_name: answers.fill(&mapping.display_name),
        alias: answers.fill(&mapping.alias),
        domain: domain.to_owned(),
        open_to_outside: outside(mapping.outside.as_ref(), &answers)?.unwrap_or(false),
        owners: Named::new(),
        members: Named::new(),
        fields: ListFields {
            display_name: first(Some(&mapping.display_name)),
            alias: first(Some(&mapping.alias)),
            add_owners: mapping.owners.as_str().to_owned(),
            add_members: key(mapping.members.as_ref()),
            ..ListFields::default()
        },
    };
    Ok(Wished {
        wish,
        owners: answers.people(Some(&mapping.owners)),
        members: answers.people(mapping.members.as_ref()),
    })
}

/// Whether mail from outside is let in; none: it was not answered.
fn outside(field: Option<&FieldKey>, answers: &Answers<'_>) -> Result<Option<bool>, Issues> {
    let Some(field) = field else {
        return Ok(None);
    };
    match answers.text(field) {
        "" => Ok(None),
        "open" => Ok(Some(true)),
        "closed" => Ok(Some(false)),
        _ => Err(vec![Issue::new(Code::UnknownChoice, field.as_str())]),
    }
}

/// The plans of new lists.
pub(super) async fn plan(
    microsoft: &Tenant,
    asked: Vec<Wished>,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut people = People::of(&graph);
    let mut plans = Vec::with_capacity(asked.len());
    for Wished {
        mut wish,
        owners,
        members,
    } in asked
    {
        wish.owners = known(&mut people, owners).await?;
        wish.members = known(&mut people, members).await?;
        let view = provision::look_for_list(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_list(&wish, &view));
    }
    Ok(plans)
}

/// A change whose people are not looked up yet.
pub(super) struct Changed {
    wish: ListChange,
    owners: [Told; 2],
    members: [Told; 2],
}

/// Reads the answers for a list that is there.
pub(super) fn changed(mapping: &ChangeList, schema: &Schema, values: &Values) -> Result<Changed, Issues> {
    let answers = Answers { values };
    let list = answers.ids(Some(&mapping.list), Code::UnknownGroup)?;
    let display_name = mapping.display_name.as_ref();
    let turnover =
        |fields: &Turnover| [&fields.add, &fields.remove].map(|field| answers.people(field.as_ref()));
    Ok(Changed {
        wish: ListChange {
            // No answer: nothing has the nil id.
            list: list.first().copied().unwrap_or_else(Uuid::nil),
            display_name: display_name.and_then(|template| answers.fill_if_asked(template, schema)),
            open_to_outside: outside(mapping.outside.as_ref(), &answers)?,
            adopt: mapping.adopt,
            delete: mapping.delete,
            fields: ListFields {
                list: mapping.list.as_str().to_owned(),
                display_name: first(display_name),
                alias: String::new(),
                add_owners: key(mapping.owners.add.as_ref()),
                remove_owners: key(mapping.owners.remove.as_ref()),
                add_members: key(mapping.members.add.as_ref()),
                remove_members: key(mapping.members.remove.as_ref()),
            },
            ..ListChange::default()
        },
        owners: turnover(&mapping.owners),
        members: turnover(&mapping.members),
    })
}

/// The plans of changes. `by_hand`: people do what a directory on premises masters.
pub(super) async fn plan_changes(
    microsoft: &Tenant,
    asked: Vec<Changed>,
    by_hand: bool,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut people = People::of(&graph);
    let mut plans = Vec::with_capacity(asked.len());
    for Changed {
        mut wish,
        owners,
        members,
    } in asked
    {
        wish.by_hand = by_hand;
        wish.owners = turnover(&mut people, owners).await?;
        wish.members = turnover(&mut people, members).await?;
        let now = provision::look_at_list(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_list_change(&wish, now.as_ref()));
    }
    Ok(plans)
}
