//! The lists as a PnP provisioning template (schema 2022-09), for those who provision sites with the tools of
//! the PnP community. `setup` afterwards finds what such a template cannot say (indexes of built-in columns,
//! webhooks, definitions) and adds it.

mod columns;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod facts;

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Grant, Level, List, Manifest, View};
use crate::config::Language;

/// Namespace of the schema, `ProvisioningSchema-2022-09.xsd`.
const NAMESPACE: &str = "http://schemas.dev.office.com/PnP/2022/09/ProvisioningSchema";
/// Custom list (SPListTemplateType.GenericList).
const GENERIC_LIST: &str = "100";
/// PnP's own word for everyone except external users; `setup` puts `people.participants` in its place.
const PARTICIPANTS: &str = "{everyonebutexternalusers}";
/// Has to be given to the tool: login name of the administrators' group.
const ADMINISTRATORS: &str = "{parameter:administrators}";

type Xml = Writer<Vec<u8>>;

/// The whole template with titles in one language.
pub fn xml(manifest: &Manifest, language: Language) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let root = [("xmlns:pnp", NAMESPACE), ("Generator", "provisioning-flow")];
    element(&mut writer, "pnp:Provisioning", &root, |inner| {
        element(inner, "pnp:Preferences", &[], |inner| {
            element(inner, "pnp:Parameters", &[], |inner| {
                let key = [("Key", "administrators"), ("Required", "true")];
                empty(inner, "pnp:Parameter", &key)
            })
        })?;
        element(inner, "pnp:Templates", &[], |inner| {
            let template = [
                ("ID", "PROVISIONING-FLOW"),
                ("Version", "1.0"),
                ("BaseSiteTemplate", "STS#0"),
                ("Scope", "RootSite"),
            ];
            element(inner, "pnp:ProvisioningTemplate", &template, |inner| {
                levels(inner, &manifest.levels)?;
                element(inner, "pnp:Lists", &[], |inner| {
                    manifest
                        .lists
                        .iter()
                        .try_for_each(|wish| list(inner, wish, language))
                })
            })
        })
    })?;
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

fn element(
    writer: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let element = writer
        .create_element(name)
        .with_attributes(attributes.iter().copied());
    element.write_inner_content(inside).map(|_| ())
}

fn empty(writer: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let element = writer
        .create_element(name)
        .with_attributes(attributes.iter().copied());
    element.write_empty().map(|_| ())
}

fn levels(writer: &mut Xml, levels: &[Level]) -> io::Result<()> {
    element(writer, "pnp:Security", &[], |inner| {
        element(inner, "pnp:Permissions", &[], |inner| {
            element(inner, "pnp:RoleDefinitions", &[], |inner| {
                levels.iter().try_for_each(|wish| level(inner, wish))
            })
        })
    })
}

fn level(writer: &mut Xml, level: &Level) -> io::Result<()> {
    let named = [
        ("Name", level.name.as_str()),
        ("Description", level.description.as_str()),
    ];
    element(writer, "pnp:RoleDefinition", &named, |inner| {
        element(inner, "pnp:Permissions", &[], |inner| {
            level.permissions.iter().try_for_each(|right| {
                let element = inner.create_element("pnp:Permission");
                element.write_text_content(BytesText::new(right)).map(|_| ())
            })
        })
    })
}

fn list(writer: &mut Xml, wish: &List, language: Language) -> io::Result<()> {
    let versions = wish.major_version_limit.to_string();
    let readable = u8::from(wish.read_security).to_string();
    let editable = u8::from(wish.write_security).to_string();
    let flag = |flag: bool| if flag { "true" } else { "false" };
    let settings = [
        ("Title", wish.title.in_language(language)),
        ("Description", wish.description.in_language(language)),
        ("TemplateType", GENERIC_LIST),
        ("Url", &wish.url),
        ("EnableVersioning", "true"),
        ("MaxVersionLimit", &versions),
        ("EnableAttachments", flag(wish.attachments)),
        ("EnableFolderCreation", flag(wish.folders)),
        ("NoCrawl", flag(wish.no_crawl)),
        ("ReadSecurity", &readable),
        ("WriteSecurity", &editable),
    ];
    element(writer, "pnp:ListInstance", &settings, |inner| {
        if !wish.views.is_empty() {
            element(inner, "pnp:Views", &[], |inner| {
                wish.views.iter().try_for_each(|wish| view(inner, wish, language))
            })?;
        }
        element(inner, "pnp:Fields", &[], |inner| {
            let mut fields = wish.fields.iter();
            fields.try_for_each(|field| columns::write(inner, &wish.url, field, language))
        })?;
        permissions(inner, &wish.grants)
    })
}

fn view(writer: &mut Xml, wish: &View, language: Language) -> io::Result<()> {
    let default = if wish.default { "TRUE" } else { "FALSE" };
    let attributes = [
        ("DisplayName", wish.title.in_language(language)),
        ("DefaultView", default),
        ("Type", "HTML"),
    ];
    element(writer, "View", &attributes, |inner| {
        let query = BytesText::from_escaped(wish.query.as_str());
        inner.create_element("Query").write_text_content(query)?;
        element(inner, "ViewFields", &[], |inner| {
            let mut names = wish.fields.iter();
            names.try_for_each(|name| empty(inner, "FieldRef", &[("Name", name)]))
        })?;
        let rows = wish.row_limit.to_string();
        let limit = inner.create_element("RowLimit").with_attribute(("Paged", "TRUE"));
        limit.write_text_content(BytesText::new(&rows)).map(|_| ())
    })
}

fn permissions(writer: &mut Xml, grants: &[Grant]) -> io::Result<()> {
    let nothing_kept = [("CopyRoleAssignments", "false"), ("ClearSubscopes", "false")];
    element(writer, "pnp:Security", &[], |inner| {
        element(inner, "pnp:BreakRoleInheritance", &nothing_kept, |inner| {
            let row = |who, level| [("Principal", who), ("RoleDefinition", level)];
            empty(inner, "pnp:RoleAssignment", &row(ADMINISTRATORS, "PF-Read"))?;
            let mut grants = grants.iter();
            grants.try_for_each(|grant| empty(inner, "pnp:RoleAssignment", &row(PARTICIPANTS, &grant.level)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_templates_are_those_of_the_lists() {
        let manifest = Manifest::embedded().unwrap();
        for (language, file, option) in [
            (Language::Ja, "site-template.ja.xml", ""),
            (Language::En, "site-template.en.xml", " --english"),
        ] {
            let path = format!("{}/../../manifests/{file}", env!("CARGO_MANIFEST_DIR"));
            let committed = std::fs::read_to_string(path).unwrap_or_default();
            assert_eq!(
                committed.trim_end(),
                xml(&manifest, language).unwrap(),
                "run `provisioning-flow site-template{option} > manifests/{file}`"
            );
        }
    }
}
