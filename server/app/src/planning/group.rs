//! Groups: from the answers of a form to a wish, and from wishes to plans.

use forms::{Code, FieldKey, Issue, Schema, Values};
use m365::graph::Graph;
use provision::{
    GroupChange, GroupChangeFields, GroupFields, GroupKind, GroupWish, People as Named, PeopleTurnover, Plan,
    TeamPicture, Visibility,
};
use uuid::Uuid;
use workflow::definition::{self, ChangeGroup, CreateGroup, PlanMapping, Turnover};

use super::Issues;
use super::answers::{Answers, Person, key};
use super::people::People;
use super::team;

/// Whom a field names, as the form calls each.
pub(super) type Told = Vec<(Person, String)>;

/// A wish whose people are not looked up yet.
pub(super) struct Wished {
    wish: GroupWish,
    owners: Told,
    members: Told,
}

/// Reads the answers for a new group. `application`: what it is named after; `domain`: where its address lies.
pub(super) fn wished(
    application: &str,
    mapping: &CreateGroup,
    values: &Values,
    domain: &str,
) -> Result<Wished, Issues> {
    let answers = Answers { values };
    let wish = GroupWish {
        application: application.to_owned(),
        kind: kind(mapping.kind),
        display_name: answers.fill(&mapping.display_name),
        mail_nickname: answers.fill(&mapping.mail_nickname),
        domain: domain.to_owned(),
        description: mapping
            .description
            .as_ref()
            .map_or_else(String::new, |text| answers.fill(text)),
        visibility: shown(mapping.visibility.as_ref(), &answers)?.unwrap_or(Visibility::Private),
        team: mapping.team,
        owners: Named::new(),
        members: Named::new(),
        fields: GroupFields {
            display_name: first(Some(&mapping.display_name)),
            mail_nickname: first(Some(&mapping.mail_nickname)),
            description: first(mapping.description.as_ref()),
            owners: mapping.owners.as_str().to_owned(),
            members: key(mapping.members.as_ref()),
        },
    };
    Ok(Wished {
        wish,
        owners: answers.people(Some(&mapping.owners)),
        members: answers.people(mapping.members.as_ref()),
    })
}

fn kind(mapped: definition::GroupKind) -> GroupKind {
    match mapped {
        definition::GroupKind::Security => GroupKind::Security,
        definition::GroupKind::Microsoft365 => GroupKind::Microsoft365,
    }
}

/// None: nobody asked, or nobody answered.
fn shown(field: Option<&FieldKey>, answers: &Answers<'_>) -> Result<Option<Visibility>, Issues> {
    let Some(field) = field else {
        return Ok(None);
    };
    match answers.text(field) {
        "public" => Ok(Some(Visibility::Public)),
        "private" => Ok(Some(Visibility::Private)),
        "" => Ok(None),
        _ => Err(vec![Issue::new(Code::UnknownChoice, field.as_str())]),
    }
}

/// The field at which what is wrong with a template is told.
pub(super) fn first(template: Option<&String>) -> String {
    let field = template.and_then(|template| PlanMapping::placeholders(template).next());
    field.unwrap_or_default().to_owned()
}

/// The plans of new groups.
pub(super) async fn plan(
    graph: &Graph,
    asked: Vec<Wished>,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let mut people = People::of(graph);
    let mut plans = Vec::with_capacity(asked.len());
    for Wished {
        mut wish,
        owners,
        members,
    } in asked
    {
        wish.owners = known(&mut people, owners).await?;
        wish.members = known(&mut people, members).await?;
        let view = provision::look_for_group(graph, &wish).await?;
        plans.push(provision::plan_group(&wish, &view));
    }
    Ok(plans)
}

/// Several of whom nobody is known stand under one id: they are told together.
pub(super) async fn known(people: &mut People<'_>, told: Told) -> Result<Named, m365::Error> {
    let mut known = Named::new();
    for (person, called) in told {
        let id = people.id(person).await?;
        let entry = known.entry(id).or_default();
        if id.is_nil() && !entry.is_empty() {
            entry.push_str(", ");
            entry.push_str(&called);
        } else {
            *entry = called;
        }
    }
    Ok(known)
}

/// A change whose people are not looked up yet.
pub(super) struct Changed {
    wish: GroupChange,
    owners: [Told; 2],
    members: [Told; 2],
}

/// Reads the answers for a group that is there.
pub(super) fn changed(
    mapping: &ChangeGroup,
    schema: &Schema,
    values: &Values,
    picture: Option<&TeamPicture>,
) -> Result<Changed, Issues> {
    let answers = Answers { values };
    let filled = |template: &Option<String>| answers.fill_if_asked(template.as_ref()?, schema);
    let group = answers.ids(Some(&mapping.group), Code::UnknownGroup)?;
    let turnover =
        |fields: &Turnover| [&fields.add, &fields.remove].map(|field| answers.people(field.as_ref()));
    Ok(Changed {
        wish: GroupChange {
            // No answer: nothing has the nil id.
            group: group.first().copied().unwrap_or_else(Uuid::nil),
            display_name: filled(&mapping.display_name),
            description: filled(&mapping.description),
            visibility: shown(mapping.visibility.as_ref(), &answers)?,
            team: mapping
                .team
                .as_ref()
                .map(|team| team::wished(team, &answers, picture))
                .transpose()?,
            adopt: mapping.adopt,
            delete: mapping.delete,
            fields: fields(mapping),
            ..GroupChange::default()
        },
        owners: turnover(&mapping.owners),
        members: turnover(&mapping.members),
    })
}

fn fields(mapping: &ChangeGroup) -> GroupChangeFields {
    GroupChangeFields {
        group: mapping.group.as_str().to_owned(),
        display_name: first(mapping.display_name.as_ref()),
        description: first(mapping.description.as_ref()),
        visibility: key(mapping.visibility.as_ref()),
        add_owners: key(mapping.owners.add.as_ref()),
        remove_owners: key(mapping.owners.remove.as_ref()),
        add_members: key(mapping.members.add.as_ref()),
        remove_members: key(mapping.members.remove.as_ref()),
    }
}

/// The plans of changes. `by_hand`: people do what a directory on premises masters.
pub(super) async fn plan_changes(
    graph: &Graph,
    asked: Vec<Changed>,
    by_hand: bool,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let mut people = People::of(graph);
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
        let now = provision::look_at_group(graph, &wish).await?;
        plans.push(provision::plan_group_change(&wish, now.as_ref()));
    }
    Ok(plans)
}

pub(super) async fn turnover(
    people: &mut People<'_>,
    [add, remove]: [Told; 2],
) -> Result<PeopleTurnover, m365::Error> {
    Ok(PeopleTurnover {
        add: known(people, add).await?,
        remove: known(people, remove).await?,
    })
}
