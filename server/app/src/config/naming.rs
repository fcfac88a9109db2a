//! How names look in this house, whichever workflow asks for them.

use forms::{HouseNaming, Naming as Rules};
use serde::Deserialize;

/// Addresses that Entra keeps for Global Administrators: whoever reads their mail can pass for the owner of the domain
/// ("Enforce a naming policy on Microsoft 365 groups in Microsoft Entra ID").
const RESERVED: &str =
    "abuse admin administrator hostmaster majordomo postmaster root secure security ssl-admin webmaster";

/// Rules for all names that requests give. Patterns with answers of a form stand in the workflow's own field.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Naming {
    /// What stands nowhere in a name, whatever the width, case and kana.
    pub blocked: Vec<String>,
    /// What does not stand in it as a word of its own.
    pub blocked_words: Vec<String>,
    /// User names and addresses before the `@` that nobody gets.
    pub reserved: Vec<String>,
    /// User names.
    pub upn: Pattern,
    /// Addresses before the `@`, which are mail nicknames too.
    pub alias: Pattern,
    /// Names of groups, as people read them.
    pub group_name: Pattern,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pattern {
    pub begins: String,
    pub ends: String,
    /// The only characters, e.g. `a-z0-9-`; all where it is empty.
    pub characters: String,
}

impl Default for Naming {
    fn default() -> Self {
        Self {
            blocked: Vec::new(),
            blocked_words: Vec::new(),
            reserved: RESERVED.split_whitespace().map(str::to_owned).collect(),
            upn: Pattern::default(),
            alias: Pattern::default(),
            group_name: Pattern::default(),
        }
    }
}

impl Naming {
    /// What is wrong, with the remedy.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        for (key, pattern) in [
            ("naming.upn", &self.upn),
            ("naming.alias", &self.alias),
            ("naming.group_name", &self.group_name),
        ] {
            if [&pattern.begins, &pattern.ends]
                .iter()
                .any(|text| text.contains(['{', '}']))
            {
                let remedy = "a pattern with answers belongs to a field of a workflow (naming.begins): take the braces out";
                return Err((key, remedy.to_owned()));
            }
        }
        let words = self
            .blocked
            .iter()
            .chain(&self.blocked_words)
            .chain(&self.reserved);
        if words.into_iter().any(|word| word.trim().is_empty()) {
            return Err(("naming", "holds an empty word: take it out".to_owned()));
        }
        Ok(())
    }

    /// As forms are judged by them.
    pub fn rules(&self) -> HouseNaming {
        let of = |pattern: &Pattern, reserved: &[String]| Rules {
            begins: pattern.begins.clone(),
            ends: pattern.ends.clone(),
            characters: pattern.characters.clone(),
            reserved: reserved.to_vec(),
            ..Rules::default()
        };
        HouseNaming {
            all: Rules {
                blocked: self.blocked.clone(),
                blocked_words: self.blocked_words.clone(),
                ..Rules::default()
            },
            upn: of(&self.upn, &self.reserved),
            alias: of(&self.alias, &self.reserved),
            group_name: of(&self.group_name, &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r21_a_pattern_of_the_house_names_no_fields_and_no_word_is_empty() {
        let of = |text: &str| toml::from_str::<Naming>(text).unwrap();
        assert!(
            of("blocked = [\"社外秘\"]\nalias.begins = \"x-\"")
                .check()
                .is_ok()
        );
        assert_eq!(
            of("alias.begins = \"{department}-\"").check().unwrap_err().0,
            "naming.alias"
        );
        assert_eq!(of("blocked_words = [\" \"]").check().unwrap_err().0, "naming");
        assert!(
            Naming::default()
                .rules()
                .alias
                .reserved
                .contains(&"postmaster".to_owned())
        );
    }
}
