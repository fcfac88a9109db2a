//! `Query`: an object as JSON, with the properties that were asked for.

use super::dispatch;
use super::identity;
use super::object::{Object, Property};
use super::objects::{
    assignments, attachments, changes, collections, fields, files, item_reading, list, list_constants,
    people, roles, versions, views, web,
};
use super::request::{Query, Selection, Wanted};
use super::wire::Wire;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// How deep a query may go into objects of objects.
const MAX_DEPTH: usize = 8;

pub(super) struct Projection<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) expando_suffix: bool,
}

impl Projection<'_> {
    pub(super) fn query(&self, object: &Object, query: &Query) -> Result<Wire, Fault> {
        self.object(object, query, 0)
    }

    fn object(&self, object: &Object, query: &Query, depth: usize) -> Result<Wire, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::invalid_query("The query is nested too deeply."));
        }
        let mut members = self.head(object)?;
        for wanted in self.wanted(object, &query.own)? {
            let value = self.member(object, &wanted, depth)?;
            members.push((self.key(object, &wanted.name, &value), value));
        }
        if let Some(children) = self.children(object, query, depth)? {
            members.push(("_Child_Items_".to_owned(), Wire::Array(children)));
        }
        Ok(Wire::Object(members))
    }

    /// What stands in every object: its type, identity and version.
    fn head(&self, object: &Object) -> Result<Vec<(String, Wire)>, Fault> {
        let mut head = vec![("_ObjectType_".to_owned(), Wire::text(self.type_name(object)?))];
        if let Some(identity) = identity::write(self.session, object) {
            head.push(("_ObjectIdentity_".to_owned(), Wire::Text(identity)));
        }
        if let Object::Item(handle) = object
            && let Some(id) = handle.id
        {
            let revision = self.session.item(handle.list, id)?.revision;
            head.push(("_ObjectVersion_".to_owned(), Wire::text(revision.to_string())));
        }
        Ok(head)
    }

    fn type_name(&self, object: &Object) -> Result<&'static str, Fault> {
        Ok(match object {
            Object::Principal(id) if self.session.site().groups.contains_key(id) => "SP.Group",
            Object::Change(change) => changes::type_name(change),
            Object::Field(list, id, _) => fields::type_name(&fields::find(self.session, *list, *id)?.kind),
            other => other.type_name(),
        })
    }

    /// The properties asked for by name, and all simple ones where all are asked for.
    fn wanted(&self, object: &Object, selection: &Selection) -> Result<Vec<Wanted>, Fault> {
        let mut wanted = selection.properties.clone();
        if selection.all {
            for name in self.simple_properties(object)? {
                if wanted.iter().all(|known| known.name != name) {
                    wanted.push(Wanted { name, query: None });
                }
            }
        }
        Ok(wanted)
    }

    fn simple_properties(&self, object: &Object) -> Result<Vec<String>, Fault> {
        let fixed: &[&str] = match object {
            Object::Site => &web::SITE_PROPERTIES,
            Object::Web(_) => &web::PROPERTIES,
            Object::Folder(..) => &files::FOLDER_PROPERTIES,
            Object::File(..) => &files::FILE_PROPERTIES,
            Object::List(..) => {
                let names = list::PROPERTIES.iter().chain(&list_constants::NAMES);
                return Ok(names.map(|name| (*name).to_owned()).collect());
            }
            Object::Position(_) => &["PagingInfo"],
            Object::Items(_) => &["ListItemCollectionPosition"],
            Object::Item(handle) => {
                let mut names = item_reading::field_names(self.session.list(handle.list)?);
                names.extend(item_reading::PROPERTIES.map(str::to_owned));
                return Ok(names);
            }
            Object::Version(list, ..) => {
                let mut names = item_reading::field_names(self.session.list(*list)?);
                names.retain(|name| !versions::PROPERTIES.contains(&name.as_str()));
                names.extend(versions::PROPERTIES.map(str::to_owned));
                return Ok(names);
            }
            Object::Attachment(..) => &attachments::PROPERTIES,
            Object::Field(..) => &fields::PROPERTIES,
            Object::View(..) => &views::PROPERTIES,
            Object::ContentType(..) => &["Id", "Name", "StringId"],
            Object::RoleDefinition(_) => &roles::PROPERTIES,
            Object::RoleAssignment(..) => &assignments::PROPERTIES,
            Object::Principal(id) if self.session.site().groups.contains_key(id) => &people::GROUP_PROPERTIES,
            Object::Principal(_) => &people::USER_PROPERTIES,
            Object::Change(change) => {
                return Ok(changes::properties(change)
                    .into_iter()
                    .map(str::to_owned)
                    .collect());
            }
            _ => &[],
        };
        Ok(fixed.iter().map(|name| (*name).to_owned()).collect())
    }

    fn member(&self, object: &Object, wanted: &Wanted, depth: usize) -> Result<Wire, Fault> {
        match dispatch::property(self.session, object, &wanted.name)? {
            Property::Nothing => Ok(Wire::Null),
            Property::Value(value) => Ok(value),
            Property::Object(inner) => {
                let whole = whole();
                self.object(&inner, wanted.query.as_ref().unwrap_or(&whole), depth + 1)
            }
        }
    }

    fn children(&self, object: &Object, query: &Query, depth: usize) -> Result<Option<Vec<Wire>>, Fault> {
        if let Object::ViewFields(list, view) = object {
            return views::field_names(self.session, *list, *view).map(Some);
        }
        let Some(selection) = &query.children else {
            return Ok(None);
        };
        let Some(children) = collections::children(self.session, object)? else {
            return Ok(None);
        };
        let each = Query {
            own: selection.clone(),
            children: None,
        };
        let children: Result<Vec<Wire>, Fault> = children
            .iter()
            .map(|child| self.object(child, &each, depth + 1))
            .collect();
        children.map(Some)
    }

    /// Field values of an item carry their number type in the key, where the client asked for it.
    fn key(&self, object: &Object, name: &str, value: &Wire) -> String {
        let field = matches!(object, Object::Item(_)) && !item_reading::PROPERTIES.contains(&name);
        let suffix = match value {
            Wire::Integer(_) => "$  Int32",
            Wire::Double(_) => "$ Double",
            Wire::Array(_) => "$  Array",
            _ => "",
        };
        if self.expando_suffix && field {
            format!("{name}{suffix}")
        } else {
            name.to_owned()
        }
    }
}

fn whole() -> Query {
    let all = Selection {
        all: true,
        properties: Vec::new(),
    };
    Query {
        own: all.clone(),
        children: Some(all),
    }
}
