//! Builds one ProcessQuery document. Only this file writes its frame; every text goes through quick-xml.

use std::io;

use quick_xml::{Writer, writer::ElementWriter};
use uuid::Uuid;

use super::value::Parameter;
use crate::sharepoint::PrincipalId;

/// Object paths that one request may hold (SPClientCallableSettings.MaxObjectPaths; SharePoint Online
/// publishes no figure of its own). Beyond it: "The request uses too many resources."
pub const MAX_OBJECT_PATHS: usize = 256;

const NAMESPACE: &str = "http://schemas.microsoft.com/sharepoint/clientquery/2009";
/// SP.RequestContext.
const CONTEXT: &str = "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}";
/// SP.RoleDefinitionBindingCollection.
const BINDINGS: &str = "{07bf1941-6953-4761-b114-58374b4aaf57}";

type Xml = Writer<Vec<u8>>;

/// Number of an object path or action; unique within a request.
pub(crate) type Id = u32;

enum Path {
    Context,
    Property {
        parent: Id,
        name: &'static str,
    },
    Method {
        parent: Id,
        name: &'static str,
        parameters: Vec<Parameter>,
    },
    Bindings,
}

enum Action {
    /// Creates the object of a path, so that its methods run here and not later.
    Instantiate { path: Id },
    Method {
        path: Id,
        name: &'static str,
        parameters: Vec<Parameter>,
    },
    /// Reads scalar properties.
    Query {
        path: Id,
        properties: &'static [&'static str],
    },
    /// Runs the actions; an error in them ends only them.
    Scope {
        actions: Vec<(Id, Action)>,
        try_id: Id,
        catch_id: Id,
    },
}

/// A ProcessQuery in the making.
pub(crate) struct Request {
    next: Id,
    paths: Vec<(Id, Path)>,
    actions: Vec<(Id, Action)>,
}

impl Request {
    pub(crate) fn new() -> Self {
        Self {
            next: 1,
            paths: Vec::new(),
            actions: Vec::new(),
        }
    }

    fn id(&mut self) -> Id {
        self.next += 1;
        self.next - 1
    }

    fn path(&mut self, path: Path) -> Id {
        let id = self.id();
        self.paths.push((id, path));
        id
    }

    /// Object paths so far.
    pub(crate) fn paths(&self) -> usize {
        self.paths.len()
    }

    /// The web of the request's address.
    pub(crate) fn web(&mut self) -> Id {
        let context = self.path(Path::Context);
        self.property(context, "Web")
    }

    /// A list of that web.
    pub(crate) fn list(&mut self, web: Id, list: Uuid) -> Id {
        let lists = self.property(web, "Lists");
        self.method(lists, "GetById", vec![list.to_string().as_str().into()])
    }

    pub(crate) fn property(&mut self, parent: Id, name: &'static str) -> Id {
        self.path(Path::Property { parent, name })
    }

    pub(crate) fn method(&mut self, parent: Id, name: &'static str, parameters: Vec<Parameter>) -> Id {
        self.path(Path::Method {
            parent,
            name,
            parameters,
        })
    }

    /// An empty set of permission levels.
    pub(crate) fn bindings(&mut self) -> Id {
        self.path(Path::Bindings)
    }

    /// A user or group of the site; SharePoint keeps both under one numbering.
    pub(crate) fn principal(&mut self, site_users: Id, principal: PrincipalId) -> Id {
        self.method(site_users, "GetById", vec![principal.0.into()])
    }

    fn act(&mut self, action: Action) -> Id {
        let id = self.id();
        self.actions.push((id, action));
        id
    }

    pub(crate) fn instantiate(&mut self, path: Id) {
        self.act(Action::Instantiate { path });
    }

    pub(crate) fn call(&mut self, path: Id, name: &'static str, parameters: Vec<Parameter>) {
        self.act(Action::Method {
            path,
            name,
            parameters,
        });
    }

    /// Asks for properties; the answer stands under the id given back.
    pub(crate) fn query(&mut self, path: Id, properties: &'static [&'static str]) -> Id {
        self.act(Action::Query { path, properties })
    }

    /// Puts all actions that `build` adds into an exception scope; its outcome stands under the id given back.
    pub(crate) fn scope<T>(&mut self, build: impl FnOnce(&mut Self) -> T) -> (Id, T) {
        let outer = std::mem::take(&mut self.actions);
        let given = build(self);
        let actions = std::mem::replace(&mut self.actions, outer);
        let (try_id, catch_id) = (self.id(), self.id());
        (
            self.act(Action::Scope {
                actions,
                try_id,
                catch_id,
            }),
            given,
        )
    }

    /// The document.
    pub(crate) fn xml(&self) -> io::Result<String> {
        let mut xml = Writer::new(Vec::new());
        let root = xml.create_element("Request").with_attributes([
            ("xmlns", NAMESPACE),
            ("SchemaVersion", "15.0.0.0"),
            ("LibraryVersion", "16.0.0.0"),
            ("ApplicationName", "ProvisioningFlow"),
        ]);
        root.write_inner_content(|xml| {
            xml.create_element("Actions")
                .write_inner_content(|xml| write_actions(xml, &self.actions))?;
            xml.create_element("ObjectPaths").write_inner_content(|xml| {
                self.paths
                    .iter()
                    .try_for_each(|(id, path)| write_path(xml, *id, path))
            })?;
            Ok(())
        })?;
        String::from_utf8(xml.into_inner()).map_err(io::Error::other)
    }
}

fn write_path(xml: &mut Xml, id: Id, path: &Path) -> io::Result<()> {
    let id = id.to_string();
    match path {
        Path::Context => {
            let attributes = [("Id", id.as_str()), ("TypeId", CONTEXT), ("Name", "Current")];
            xml.create_element("StaticProperty")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Path::Property { parent, name } => {
            let parent = parent.to_string();
            let attributes = [("Id", id.as_str()), ("ParentId", &parent), ("Name", name)];
            xml.create_element("Property")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Path::Method {
            parent,
            name,
            parameters,
        } => {
            let parent = parent.to_string();
            let attributes = [("Id", id.as_str()), ("ParentId", &parent), ("Name", name)];
            let element = xml.create_element("Method").with_attributes(attributes);
            write_parameters(element, parameters)?;
        }
        Path::Bindings => {
            let attributes = [("Id", id.as_str()), ("TypeId", BINDINGS)];
            xml.create_element("Constructor")
                .with_attributes(attributes)
                .write_empty()?;
        }
    }
    Ok(())
}

fn write_parameters(method: ElementWriter<'_, Vec<u8>>, parameters: &[Parameter]) -> io::Result<()> {
    if parameters.is_empty() {
        return method.write_empty().map(drop);
    }
    method.write_inner_content(|xml| {
        let element = xml.create_element("Parameters");
        element
            .write_inner_content(|xml| parameters.iter().try_for_each(|parameter| parameter.write(xml)))?;
        Ok(())
    })?;
    Ok(())
}

fn write_actions(xml: &mut Xml, actions: &[(Id, Action)]) -> io::Result<()> {
    actions
        .iter()
        .try_for_each(|(id, action)| write_action(xml, *id, action))
}

fn write_action(xml: &mut Xml, id: Id, action: &Action) -> io::Result<()> {
    let id = id.to_string();
    match action {
        Action::Instantiate { path } => {
            let path = path.to_string();
            let attributes = [("Id", id.as_str()), ("ObjectPathId", &path)];
            xml.create_element("ObjectPath")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Action::Method {
            path,
            name,
            parameters,
        } => {
            let path = path.to_string();
            let attributes = [("Name", *name), ("Id", &id), ("ObjectPathId", &path)];
            let element = xml.create_element("Method").with_attributes(attributes);
            write_parameters(element, parameters)?;
        }
        Action::Query { path, properties } => {
            let path = path.to_string();
            let element = xml
                .create_element("Query")
                .with_attributes([("Id", id.as_str()), ("ObjectPathId", &path)]);
            element.write_inner_content(|xml| write_query(xml, properties))?;
        }
        Action::Scope {
            actions,
            try_id,
            catch_id,
        } => {
            let element = xml
                .create_element("ExceptionHandlingScope")
                .with_attribute(("Id", id.as_str()));
            element.write_inner_content(|xml| {
                let attempt = xml
                    .create_element("TryScope")
                    .with_attribute(("Id", try_id.to_string().as_str()));
                attempt.write_inner_content(|xml| write_actions(xml, actions))?;
                let catch = xml
                    .create_element("CatchScope")
                    .with_attribute(("Id", catch_id.to_string().as_str()));
                catch.write_empty().map(drop)
            })?;
        }
    }
    Ok(())
}

fn write_query(xml: &mut Xml, properties: &[&str]) -> io::Result<()> {
    let query = xml
        .create_element("Query")
        .with_attribute(("SelectAllProperties", "false"));
    query.write_inner_content(|xml| {
        let element = xml.create_element("Properties");
        element.write_inner_content(|xml| properties.iter().try_for_each(|name| write_scalar(xml, name)))?;
        Ok(())
    })?;
    Ok(())
}

fn write_scalar(xml: &mut Xml, name: &str) -> io::Result<()> {
    let element = xml
        .create_element("Property")
        .with_attributes([("Name", name), ("ScalarProperty", "true")]);
    element.write_empty().map(drop)
}

#[cfg(test)]
mod tests;
