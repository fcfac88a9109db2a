//! As much of JSON Schema as the published schema uses; a word that is not known here fails loudly.

use serde_json::{Map, Value};

pub(crate) const SCHEMA: &str = include_str!("../../../../manifests/workflow.schema.json");

pub(crate) struct Schema {
    root: Value,
}

type Object = Map<String, Value>;

impl Schema {
    pub(crate) fn published() -> Self {
        Self {
            root: serde_json::from_str(SCHEMA).unwrap(),
        }
    }

    pub(crate) fn admits(&self, value: &Value) -> bool {
        self.fits(&self.root, value)
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let rules = schema.as_object().unwrap();
        rules
            .iter()
            .all(|(word, rule)| self.rule(rules, (word.as_str(), rule), value))
    }

    fn rule(&self, rules: &Object, (word, rule): (&str, &Value), value: &Value) -> bool {
        match word {
            "$schema" | "title" | "description" | "default" | "$defs" => true,
            "$ref" => {
                let place = rule.as_str().unwrap().strip_prefix('#').unwrap();
                self.fits(self.root.pointer(place).unwrap(), value)
            }
            "oneOf" => {
                let branches = rule.as_array().unwrap();
                branches.iter().filter(|branch| self.fits(branch, value)).count() == 1
            }
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_a(one, value)),
                one => is_a(one, value),
            },
            "minimum" => value
                .as_i64()
                .is_some_and(|number| number >= rule.as_i64().unwrap()),
            "maximum" => value
                .as_i64()
                .is_some_and(|number| number <= rule.as_i64().unwrap()),
            "minLength" => value
                .as_str()
                .is_some_and(|text| text.chars().count() as u64 >= rule.as_u64().unwrap()),
            "pattern" => value
                .as_str()
                .is_some_and(|text| matches(rule.as_str().unwrap(), text)),
            word => self.inside(rules, (word, rule), value),
        }
    }

    /// Rules about items and members.
    fn inside(&self, rules: &Object, (word, rule): (&str, &Value), value: &Value) -> bool {
        match word {
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| self.fits(rule, item))),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "required" => value.as_object().is_none_or(|members| {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .all(|name| members.contains_key(name.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|members| {
                let known = rule.as_object().unwrap();
                known
                    .iter()
                    .all(|(name, schema)| members.get(name).is_none_or(|member| self.fits(schema, member)))
            }),
            "additionalProperties" => value
                .as_object()
                .is_none_or(|members| self.others(rules, rule, members)),
            unknown => panic!("{unknown} is not known here"),
        }
    }

    fn others(&self, rules: &Object, rule: &Value, members: &Object) -> bool {
        let known = |name: &str| {
            rules
                .get("properties")
                .is_some_and(|known| known.get(name).is_some())
        };
        let mut others = members.iter().filter(|(name, _)| !known(name));
        match rule {
            Value::Bool(allowed) => *allowed || others.next().is_none(),
            schema => others.all(|(_, member)| self.fits(schema, member)),
        }
    }
}

fn is_a(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        unknown => panic!("{unknown} is not known here"),
    }
}

/// The patterns of the schema.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern {
        "^[a-z0-9-]+$" => {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }
        "^[A-Za-z0-9]{1,10}$" => {
            (1..=10).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
        }
        "^([01][0-9]|2[0-3]):[0-5][0-9]$" => text.parse::<jiff::civil::Time>().is_ok() && text.len() == 5,
        r"^\d{4}-\d{2}-\d{2}$" => text.parse::<forms::Date>().is_ok(),
        unknown => panic!("{unknown} is not known here"),
    }
}
