//! Shared mailboxes: from the answers of a form to a wish, and from wishes to plans.

use std::collections::BTreeMap;

use forms::{Code, FieldKey, Schema, Values};
use m365::Tenant;
use provision::{
    MailboxAddresses, MailboxChange, MailboxFields, MailboxWish, People as Named, PeopleTurnover, Right,
    TurnoverFields,
};
use uuid::Uuid;
use workflow::Definition;
use workflow::definition::{AddressChange, ChangeMailbox, CreateMailbox, Turnover};

use super::answers::{Answers, key};
use super::group::{Told, first, known, turnover};
use super::people::People;
use super::row::Sheet;
use super::{Asked, Each, Issues, Stop};

/// A wish whose people are not looked up yet.
struct Wished {
    wish: MailboxWish,
    rights: BTreeMap<Right, Told>,
}

/// The plans of new mailboxes.
pub(super) async fn new(asked: Asked<'_>, mapping: &CreateMailbox) -> Result<Each, Stop> {
    let domain = &asked.service.config.tenant.domain;
    let read = |sheet: &Sheet| {
        Ok(wished(
            &sheet.name(asked.application),
            mapping,
            &sheet.values,
            domain,
        ))
    };
    let wishes = asked.answers(read)?;
    Ok(plan(&asked.service.microsoft, wishes).await?)
}

/// Reads the answers for a new mailbox. `application`: what it is named after; `domain`: where its address lies.
fn wished(application: &str, mapping: &CreateMailbox, values: &Values, domain: &str) -> Wished {
    let answers = Answers { values };
    let asked = [
        (Right::FullAccess, &mapping.full_access),
        (Right::SendAs, &mapping.send_as),
        (Right::SendOnBehalf, &mapping.send_on_behalf),
    ];
    let fields = |field: &Option<FieldKey>| TurnoverFields {
        add: key(field.as_ref()),
        remove: String::new(),
    };
    let wish = MailboxWish {
        application: application.to_owned(),
        display_name: answers.fill(&mapping.display_name),
        alias: answers.fill(&mapping.alias),
        domain: domain.to_owned(),
        rights: BTreeMap::new(),
        fields: MailboxFields {
            display_name: first(Some(&mapping.display_name)),
            address: first(Some(&mapping.alias)),
            rights: asked.map(|(right, field)| (right, fields(field))).into(),
            ..MailboxFields::default()
        },
    };
    let rights = asked.map(|(right, field)| (right, answers.people(field.as_ref())));
    let rights = rights.into();
    Wished { wish, rights }
}

async fn plan(microsoft: &Tenant, asked: Vec<Wished>) -> Result<Each, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut people = People::of(&graph);
    let mut plans = Vec::with_capacity(asked.len());
    for Wished { mut wish, rights } in asked {
        for (right, told) in rights {
            let named: Named = known(&mut people, told).await?;
            wish.rights.insert(right, named);
        }
        let view = provision::look_for_mailbox(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_mailbox(&wish, &view));
    }
    Ok(plans)
}

/// A change whose people are not looked up yet.
struct Changed {
    wish: MailboxChange,
    rights: BTreeMap<Right, [Told; 2]>,
}

/// The plans of changes.
pub(super) async fn change(asked: Asked<'_>, mapping: &ChangeMailbox) -> Result<Each, Stop> {
    let (domain, definition) = (&asked.service.config.tenant.domain, asked.definition);
    let wishes = asked.answers(|sheet| changed(mapping, definition, &sheet.values, domain))?;
    Ok(plan_changes(&asked.service.microsoft, wishes).await?)
}

/// Reads the answers for a mailbox that is there.
fn changed(
    mapping: &ChangeMailbox,
    definition: &Definition,
    values: &Values,
    domain: &str,
) -> Result<Changed, Issues> {
    let (answers, schema) = (Answers { values }, &definition.form);
    let mailbox = answers.ids(Some(&mapping.mailbox), Code::ObjectGone)?;
    let display_name = mapping.display_name.as_ref();
    let asked = [
        (Right::FullAccess, &mapping.full_access),
        (Right::SendAs, &mapping.send_as),
        (Right::SendOnBehalf, &mapping.send_on_behalf),
    ];
    let sides = |fields: &Turnover| [&fields.add, &fields.remove].map(|field| answers.people(field.as_ref()));
    Ok(Changed {
        wish: MailboxChange {
            // No answer: nothing has the nil id.
            mailbox: mailbox.first().copied().unwrap_or_else(Uuid::nil),
            display_name: display_name.and_then(|template| answers.fill_if_asked(template, schema)),
            addresses: addresses(&mapping.addresses, &answers, schema, domain),
            rights: BTreeMap::new(),
            delete: mapping.delete,
            by_hand: definition.works_by_hand(),
            fields: fields(mapping, asked),
        },
        rights: asked.map(|(right, fields)| (right, sides(fields))).into(),
    })
}

fn fields(mapping: &ChangeMailbox, asked: [(Right, &Turnover); 3]) -> MailboxFields {
    let of = |fields: &Turnover| TurnoverFields {
        add: key(fields.add.as_ref()),
        remove: key(fields.remove.as_ref()),
    };
    MailboxFields {
        mailbox: mapping.mailbox.as_str().to_owned(),
        display_name: first(mapping.display_name.as_ref()),
        address: first(mapping.addresses.primary.as_ref()),
        add_address: first(mapping.addresses.add.as_ref()),
        remove_address: first(mapping.addresses.remove.as_ref()),
        rights: asked.map(|(right, fields)| (right, of(fields))).into(),
    }
}

/// Whole addresses: what has no domain lies in ours; what was not answered is not changed.
fn addresses(
    mapping: &AddressChange,
    answers: &Answers<'_>,
    schema: &Schema,
    domain: &str,
) -> MailboxAddresses {
    let whole = |template: &Option<String>| {
        let text = answers.fill_if_asked(template.as_ref()?, schema)?;
        match text.as_str() {
            "" => None,
            text if text.contains('@') => Some(text.to_owned()),
            local => Some(format!("{local}@{domain}")),
        }
    };
    MailboxAddresses {
        primary: whole(&mapping.primary),
        add: whole(&mapping.add),
        remove: whole(&mapping.remove),
    }
}

async fn plan_changes(microsoft: &Tenant, asked: Vec<Changed>) -> Result<Each, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut people = People::of(&graph);
    let mut plans = Vec::with_capacity(asked.len());
    for Changed { mut wish, rights } in asked {
        for (right, told) in rights {
            let turnover: PeopleTurnover = turnover(&mut people, told).await?;
            wish.rights.insert(right, turnover);
        }
        let now = provision::look_at_mailbox(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_mailbox_change(&wish, now.as_ref()));
    }
    Ok(plans)
}
