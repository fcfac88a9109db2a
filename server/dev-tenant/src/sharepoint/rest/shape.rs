//! The five JSON shapes of SharePoint's OData answers.

use serde_json::{Map, Value, json};

use crate::call::Call;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `odata=verbose`: everything under `d`.
    Verbose,
    /// `application/json`: `odata.*` annotations.
    Minimal,
    /// `odata=nometadata`.
    NoMetadata,
    /// OData 4, `odata.metadata=minimal`: `@odata.*` annotations (SPHttpClient).
    MinimalV4,
    /// OData 4, `odata.metadata=none`.
    NoMetadataV4,
    /// No JSON was asked for: SharePoint answers Atom, which is not modelled.
    Atom,
}

/// What an answer says of an entity beside its properties.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entity {
    /// `SP.List`, `SP.Data.PFInboxListItem` …
    pub(super) type_name: String,
    /// Below `/_api/`.
    pub(super) path: String,
    pub(super) etag: Option<String>,
    pub(super) properties: Map<String, Value>,
    /// Navigations that were not expanded.
    pub(super) deferred: Vec<&'static str>,
}

impl Shape {
    pub(super) fn of(call: &Call) -> Self {
        let accept = call
            .header("accept")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "");
        let version_4 = call
            .header("odata-version")
            .is_some_and(|version| version.starts_with('4'));
        if !accept.contains("application/json") {
            return Self::Atom;
        }
        let none = accept.contains("odata=nometadata") || accept.contains("odata.metadata=none");
        match (accept.contains("odata=verbose"), version_4, none) {
            (true, _, _) => Self::Verbose,
            (false, true, true) => Self::NoMetadataV4,
            (false, true, false) => Self::MinimalV4,
            (false, false, true) => Self::NoMetadata,
            (false, false, false) => Self::Minimal,
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Verbose => "application/json;odata=verbose;charset=utf-8",
            Self::Minimal | Self::Atom => {
                "application/json;odata=minimalmetadata;streaming=true;charset=utf-8"
            }
            Self::NoMetadata => "application/json;odata=nometadata;streaming=true;charset=utf-8",
            Self::MinimalV4 => {
                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
            }
            Self::NoMetadataV4 => {
                "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
            }
        }
    }

    fn prefix(self) -> &'static str {
        if matches!(self, Self::MinimalV4 | Self::NoMetadataV4) {
            "@odata"
        } else {
            "odata"
        }
    }

    /// One entity as it stands inside an answer; `api` is `https://…/_api`.
    pub(super) fn entity(self, entity: Entity, api: &str) -> Value {
        let uri = format!("{api}/{}", entity.path);
        let mut object = Map::new();
        match self {
            Self::Verbose => {
                let mut metadata = json!({"id": uri, "uri": uri, "type": entity.type_name});
                if let Some(etag) = &entity.etag {
                    metadata["etag"] = json!(etag);
                }
                object.insert("__metadata".to_owned(), metadata);
                for name in entity.deferred {
                    object.insert(
                        name.to_owned(),
                        json!({"__deferred": {"uri": format!("{uri}/{name}")}}),
                    );
                }
            }
            Self::Minimal | Self::MinimalV4 => {
                let prefix = self.prefix();
                let type_name = if self == Self::MinimalV4 {
                    format!("#{}", entity.type_name)
                } else {
                    entity.type_name
                };
                object.insert(format!("{prefix}.type"), json!(type_name));
                object.insert(format!("{prefix}.id"), json!(uri));
                object.insert(format!("{prefix}.editLink"), json!(entity.path));
                if let Some(etag) = entity.etag {
                    object.insert(format!("{prefix}.etag"), json!(etag));
                }
            }
            Self::NoMetadata | Self::NoMetadataV4 | Self::Atom => {}
        }
        for (name, value) in entity.properties {
            object.insert(name, self.plain(value));
        }
        Value::Object(object)
    }

    /// In verbose answers a list of plain values stands under `results`.
    fn plain(self, value: Value) -> Value {
        match value {
            Value::Array(values) if self == Self::Verbose && !values.iter().any(Value::is_object) => {
                json!({"results": values})
            }
            other => other,
        }
    }

    /// A collection inside another entity.
    pub(super) fn nested(self, entities: Vec<Value>) -> Value {
        match self {
            Self::Verbose => json!({"results": entities}),
            _ => Value::Array(entities),
        }
    }

    pub(super) fn whole_entity(self, entity: Value, context: &str) -> Value {
        match (self, entity) {
            (Self::Verbose, entity) => json!({"d": entity}),
            (Self::Minimal, Value::Object(mut object)) => {
                object.insert("odata.metadata".to_owned(), json!(format!("{context}/@Element")));
                Value::Object(object)
            }
            (Self::MinimalV4, Value::Object(mut object)) => {
                object.insert("@odata.context".to_owned(), json!(format!("{context}/$entity")));
                Value::Object(object)
            }
            (_, entity) => entity,
        }
    }

    pub(super) fn whole_collection(self, entities: &[Value], next: Option<&str>, context: &str) -> Value {
        if self == Self::Verbose {
            let mut d = json!({"results": entities});
            if let Some(next) = next {
                d["__next"] = json!(next);
            }
            return json!({"d": d});
        }
        let mut answer = json!({"value": entities});
        match self {
            Self::Minimal => answer["odata.metadata"] = json!(context),
            Self::MinimalV4 => answer["@odata.context"] = json!(context),
            _ => {}
        }
        if let Some(next) = next {
            answer[format!("{}.nextLink", self.prefix())] = json!(next);
        }
        answer
    }

    /// The result of a function that answers a plain or complex value.
    pub(super) fn scalar(self, name: &str, value: Value, context: &str) -> Value {
        match self {
            Self::Verbose => json!({"d": {name: self.plain(value)}}),
            Self::NoMetadata | Self::NoMetadataV4 | Self::Atom if value.is_object() => value,
            Self::NoMetadata | Self::NoMetadataV4 | Self::Atom => json!({"value": value}),
            Self::Minimal | Self::MinimalV4 => {
                let key = if self == Self::Minimal {
                    "odata.metadata"
                } else {
                    "@odata.context"
                };
                let mut answer = match value {
                    Value::Object(object) => object,
                    plain => Map::from_iter([("value".to_owned(), plain)]),
                };
                answer.insert(key.to_owned(), json!(context));
                Value::Object(answer)
            }
        }
    }

    pub(super) fn void(self, name: &str) -> Value {
        match self {
            Self::Verbose => json!({"d": {name: Value::Null}}),
            _ => json!({format!("{}.null", self.prefix()): true}),
        }
    }

    pub(super) fn error(self, code: &str, message: &str) -> Value {
        match self {
            Self::Verbose | Self::NoMetadataV4 | Self::MinimalV4 => {
                let message = if self == Self::Verbose {
                    json!({"lang": "en-US", "value": message})
                } else {
                    json!(message)
                };
                json!({"error": {"code": code, "message": message}})
            }
            _ => json!({"odata.error": {"code": code, "message": {"lang": "en-US", "value": message}}}),
        }
    }
}
