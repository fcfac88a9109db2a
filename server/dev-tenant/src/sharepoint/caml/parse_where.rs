//! The `<Where>` element.

use super::parse::{CamlError, field_name, is_true};
use super::view::{Content, FieldRef, Operand, Operator, Predicate};
use crate::sharepoint::xml::Element;

pub(super) fn filter(element: &Element) -> Result<Option<Predicate>, CamlError> {
    match element.children.as_slice() {
        [] => Ok(None),
        [one] => predicate(one).map(Some),
        _ => Err(CamlError::Invalid),
    }
}

fn predicate(element: &Element) -> Result<Predicate, CamlError> {
    match element.name.as_str() {
        "And" => pair(element).map(|(left, right)| Predicate::And(left, right)),
        "Or" => pair(element).map(|(left, right)| Predicate::Or(left, right)),
        "IsNull" => field(element).map(Predicate::IsNull),
        "IsNotNull" => field(element).map(Predicate::IsNotNull),
        "In" => Ok(Predicate::In(field(element)?, values(element)?)),
        "Membership" => membership(element),
        name => compare(operator(name)?, element),
    }
}

fn pair(element: &Element) -> Result<(Box<Predicate>, Box<Predicate>), CamlError> {
    match element.children.as_slice() {
        [left, right] => Ok((Box::new(predicate(left)?), Box::new(predicate(right)?))),
        _ => Err(CamlError::Invalid),
    }
}

fn operator(name: &str) -> Result<Operator, CamlError> {
    Ok(match name {
        "Eq" => Operator::Eq,
        "Neq" => Operator::Neq,
        "Gt" => Operator::Gt,
        "Geq" => Operator::Geq,
        "Lt" => Operator::Lt,
        "Leq" => Operator::Leq,
        "BeginsWith" => Operator::BeginsWith,
        "Contains" => Operator::Contains,
        "Includes" => Operator::Includes,
        "NotIncludes" => Operator::NotIncludes,
        other => return Err(CamlError::NotModelled(other.to_owned())),
    })
}

fn compare(operator: Operator, element: &Element) -> Result<Predicate, CamlError> {
    let value = element.child("Value").ok_or(CamlError::Invalid)?;
    Ok(Predicate::Compare {
        operator,
        field: field(element)?,
        value: operand(value)?,
    })
}

fn membership(element: &Element) -> Result<Predicate, CamlError> {
    match element.attribute_ignoring_case("Type") {
        Some("CurrentUserGroups") => field(element).map(Predicate::CurrentUserGroups),
        other => Err(CamlError::NotModelled(format!(
            "Membership {}",
            other.unwrap_or_default()
        ))),
    }
}

fn field(element: &Element) -> Result<FieldRef, CamlError> {
    let reference = element.child("FieldRef").ok_or(CamlError::Invalid)?;
    Ok(FieldRef {
        name: field_name(reference)?,
        lookup_id: is_true(reference, "LookupId"),
    })
}

fn values(element: &Element) -> Result<Vec<Operand>, CamlError> {
    let list = element.child("Values").ok_or(CamlError::Invalid)?;
    list.children.iter().map(operand).collect()
}

fn operand(element: &Element) -> Result<Operand, CamlError> {
    let content = match element.children.first() {
        None => Content::Literal(element.text.clone()),
        Some(child) => special(child)?,
    };
    Ok(Operand {
        kind: element
            .attribute_ignoring_case("Type")
            .unwrap_or("Text")
            .to_owned(),
        include_time: is_true(element, "IncludeTimeValue"),
        content,
    })
}

fn special(element: &Element) -> Result<Content, CamlError> {
    match element.name.to_ascii_lowercase().as_str() {
        "userid" => Ok(Content::UserId),
        "now" => Ok(Content::Now),
        "today" => {
            let offset = element
                .attribute_ignoring_case("OffsetDays")
                .or_else(|| element.attribute_ignoring_case("Offset"));
            let offset_days = offset.map_or(Ok(0), str::parse).map_err(|_| CamlError::Invalid)?;
            Ok(Content::Today { offset_days })
        }
        _ => Err(CamlError::NotModelled(element.name.clone())),
    }
}
