//! Columns of a list.

use quick_xml::{Writer, events::BytesText};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Form, List};
use crate::{Result, error::found, odata};

/// AddFieldOptions.AddFieldInternalNameHint: the internal name is the one of the XML.
const INTERNAL_NAME_HINT: u32 = 8;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Field {
    pub id: Uuid,
    pub internal_name: String,
    pub title: String,
    pub type_as_string: String,
    pub indexed: bool,
    pub enforce_unique_values: bool,
    pub hidden: bool,
    /// JSON by which modern views draw the column.
    #[serde(default)]
    pub custom_formatter: Option<String>,
    /// The column's own XML.
    #[serde(default)]
    pub schema_xml: String,
}

/// A column to be made; a closed set of attributes, so that no text can become markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldWish<'a> {
    /// Internal name, for ever.
    pub name: &'a str,
    /// What people read.
    pub title: &'a str,
    /// `Text`, `Note`, `Choice`, `Number`, `DateTime`, `Boolean`, `User`, `UserMulti`.
    pub kind: &'a str,
    /// For `Choice`.
    pub choices: &'a [&'a str],
    /// Further attributes, e.g. `("RichText", "FALSE")`, `("NumLines", "6")`, `("Mult", "TRUE")`.
    pub attributes: &'a [(&'a str, &'a str)],
}

impl FieldWish<'_> {
    fn xml(&self) -> std::io::Result<String> {
        let mut writer = Writer::new(Vec::new());
        let mut field = writer.create_element("Field").with_attributes([
            ("Type", self.kind),
            ("Name", self.name),
            ("StaticName", self.name),
            ("DisplayName", self.title),
        ]);
        field = field.with_attributes(self.attributes.iter().copied());
        if self.choices.is_empty() {
            field.write_empty()?;
        } else {
            field.write_inner_content(|inner| self.write_choices(inner))?;
        }
        Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
    }

    fn write_choices(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        writer.create_element("CHOICES").write_inner_content(|inner| {
            for choice in self.choices {
                inner
                    .create_element("CHOICE")
                    .write_text_content(BytesText::new(choice))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl List {
    /// All columns.
    pub async fn fields(&self) -> Result<Vec<Field>> {
        let select = "$select=Id,InternalName,Title,TypeAsString,Indexed,EnforceUniqueValues,Hidden,\
            CustomFormatter,SchemaXml";
        self.site
            .all("read columns", &format!("{}/fields?{select}", self.path()))
            .await
    }

    /// One column by internal name or title.
    pub async fn field(&self, name: &str) -> Result<Option<Field>> {
        found(self.site.get("read a column", &self.field_path(name)).await)
    }

    /// Makes a column. Find first: a second one of the same name gets another internal name.
    pub async fn create_field(&self, wish: &FieldWish<'_>) -> Result<Field> {
        let xml = wish
            .xml()
            .map_err(|_| crate::Error::unaddressable(crate::Service::SharePoint, "create a column"))?;
        let body = json!({ "parameters": { "SchemaXml": xml, "Options": INTERNAL_NAME_HINT } });
        let path = format!("{}/fields/createfieldasxml", self.path());
        self.site.post("create a column", &path, body).await?.json()
    }

    /// Indexes a column, and makes its values unique if wished (unique columns have to be indexed; not in a
    /// list whose items are readable by their authors only). Idempotent.
    pub async fn index_field(&self, name: &str, unique: bool) -> Result<()> {
        let path = self.field_path(name);
        self.site
            .merge("index a column", &path, "*", json!({ "Indexed": true }))
            .await?;
        if unique {
            let body = json!({ "EnforceUniqueValues": true });
            self.site.merge("make a column unique", &path, "*", body).await?;
        }
        Ok(())
    }

    /// Renames what people read. Idempotent.
    pub async fn title_field(&self, name: &str, title: &str) -> Result<()> {
        self.site
            .merge(
                "name a column",
                &self.field_path(name),
                "*",
                json!({ "Title": title }),
            )
            .await?;
        Ok(())
    }

    /// Gives a column the JSON by which modern views draw it. Idempotent.
    pub async fn format_field(&self, name: &str, formatter: &str) -> Result<()> {
        let body = json!({ "CustomFormatter": formatter });
        self.site
            .merge("format a column", &self.field_path(name), "*", body)
            .await?;
        Ok(())
    }

    /// Makes a choice column offer these. Idempotent.
    pub async fn offer_choices(&self, name: &str, choices: &[&str]) -> Result<()> {
        let body = json!({ "Choices": choices });
        self.site
            .merge("change a column's choices", &self.field_path(name), "*", body)
            .await?;
        Ok(())
    }

    /// Shows a column in a form or not. Idempotent.
    pub async fn show_field(&self, name: &str, form: Form, shown: bool) -> Result<()> {
        let method = format!("set{}({shown})", form.attribute().to_lowercase());
        let path = format!("{}/{method}", self.field_path(name));
        self.site
            .post("show a column in a form", &path, json!({}))
            .await?;
        Ok(())
    }

    fn field_path(&self, name: &str) -> String {
        format!(
            "{}/fields/getbyinternalnameortitle({})",
            self.path(),
            odata::literal(name)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_never_become_markup() {
        let wish = FieldWish {
            name: "PFAct",
            title: "操作 \"<&>\"",
            kind: "Choice",
            choices: &["申請", "<x/>"],
            attributes: &[("Indexed", "TRUE")],
        };
        insta::assert_snapshot!(wish.xml().unwrap(), @r#"<Field Type="Choice" Name="PFAct" StaticName="PFAct" DisplayName="操作 &quot;&lt;&amp;&gt;&quot;" Indexed="TRUE"><CHOICES><CHOICE>申請</CHOICE><CHOICE>&lt;x/&gt;</CHOICE></CHOICES></Field>"#);
    }
}
