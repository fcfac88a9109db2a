//! Writes a ProcessQuery document. Only this file writes its frame; every text goes through quick-xml.

use std::io;

use quick_xml::{Writer, writer::ElementWriter};

use super::{
    request::{Action, Id, Path, Request},
    value::Parameter,
};

const NAMESPACE: &str = "http://schemas.microsoft.com/sharepoint/clientquery/2009";
/// SP.RequestContext.
const CONTEXT: &str = "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}";
/// SP.RoleDefinitionBindingCollection.
const BINDINGS: &str = "{07bf1941-6953-4761-b114-58374b4aaf57}";

type Xml = Writer<Vec<u8>>;

impl Request {
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
        Action::Identity { path } => {
            let path = path.to_string();
            let attributes = [("Id", id.as_str()), ("ObjectPathId", &path)];
            xml.create_element("ObjectIdentityQuery")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Action::Scope { actions } => {
            // What nothing catches needs no TryScope and no CatchScope (MS-CSOM 3.1.4.1.3.11).
            let element = xml
                .create_element("ExceptionHandlingScopeSimple")
                .with_attribute(("Id", id.as_str()));
            element.write_inner_content(|xml| write_actions(xml, actions))?;
        }
    }
    Ok(())
}
