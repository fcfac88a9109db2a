//! Mail contacts: from the answers of a form to a wish, and from wishes to plans.

use std::collections::BTreeMap;

use forms::{Code, Values};
use m365::Tenant;
use provision::{ContactChange, ContactFields, ContactWish};
use uuid::Uuid;
use workflow::Definition;
use workflow::definition::{ChangeContact, CreateContact};

use super::answers::Answers;
use super::group::first;
use super::row::Sheet;
use super::{Asked, Each, Issues, Stop};

/// The plans of new contacts.
pub(super) async fn new(asked: Asked<'_>, mapping: &CreateContact) -> Result<Each, Stop> {
    let read = |sheet: &Sheet| Ok(wished(&sheet.name(asked.application), mapping, &sheet.values));
    let wishes = asked.answers(read)?;
    Ok(plan(&asked.service.microsoft, wishes).await?)
}

/// Reads the answers for a new contact. `application`: what it is named after.
fn wished(application: &str, mapping: &CreateContact, values: &Values) -> ContactWish {
    let answers = Answers { values };
    let details = mapping.details.iter();
    ContactWish {
        application: application.to_owned(),
        display_name: answers.fill(&mapping.display_name),
        address: answers.fill(&mapping.address),
        details: details
            .map(|(detail, template)| (detail.as_str(), answers.fill(template)))
            .collect(),
        fields: ContactFields {
            contact: String::new(),
            display_name: first(Some(&mapping.display_name)),
            address: first(Some(&mapping.address)),
        },
    }
}

async fn plan(microsoft: &Tenant, wishes: Vec<ContactWish>) -> Result<Each, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut plans = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let view = provision::look_for_contact(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_contact(&wish, view));
    }
    Ok(plans)
}

/// The plans of changes.
pub(super) async fn change(asked: Asked<'_>, mapping: &ChangeContact) -> Result<Each, Stop> {
    let wishes = asked.answers(|sheet| changed(mapping, asked.definition, &sheet.values))?;
    Ok(plan_changes(&asked.service.microsoft, wishes).await?)
}

/// Reads the answers for a contact that is there.
fn changed(
    mapping: &ChangeContact,
    definition: &Definition,
    values: &Values,
) -> Result<ContactChange, Issues> {
    let (answers, schema) = (Answers { values }, &definition.form);
    let filled = |template: &Option<String>| answers.fill_if_asked(template.as_ref()?, schema);
    let contact = answers.ids(Some(&mapping.contact), Code::ObjectGone)?;
    let details: BTreeMap<_, _> = mapping
        .details
        .iter()
        .filter_map(|(detail, template)| Some((detail.as_str(), answers.fill_if_asked(template, schema)?)))
        .collect();
    Ok(ContactChange {
        // No answer: nothing has the nil id.
        contact: contact.first().copied().unwrap_or_else(Uuid::nil),
        display_name: filled(&mapping.display_name),
        address: filled(&mapping.address),
        details,
        delete: mapping.delete,
        by_hand: definition.works_by_hand(),
        fields: ContactFields {
            contact: mapping.contact.as_str().to_owned(),
            display_name: first(mapping.display_name.as_ref()),
            address: first(mapping.address.as_ref()),
        },
    })
}

async fn plan_changes(microsoft: &Tenant, wishes: Vec<ContactChange>) -> Result<Each, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut plans = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let now = provision::look_at_contact(&graph, &exchange, &wish).await?;
        plans.push(provision::plan_contact_change(&wish, now.as_ref()));
    }
    Ok(plans)
}
