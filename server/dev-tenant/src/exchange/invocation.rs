//! One cmdlet with its parameters, read from `{"CmdletInput": {"CmdletName": …, "Parameters": {…}}}`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::cmdlets::{self, Cmdlet};
use super::fault::Fault;
use crate::call::Call;
use crate::caller::AppCaller;
use crate::world::{Tenant, World};

/// Rows and warnings of a cmdlet.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) rows: Vec<Map<String, Value>>,
    pub(super) warnings: Vec<String>,
}

pub(super) type Outcome = Result<Done, Fault>;

impl Done {
    pub(super) fn rows(rows: Vec<Map<String, Value>>) -> Self {
        Self {
            rows,
            warnings: Vec::new(),
        }
    }

    pub(super) fn warned(warning: String) -> Self {
        Self {
            rows: Vec::new(),
            warnings: vec![warning],
        }
    }
}

pub(super) struct Invocation<'a> {
    pub(super) world: &'a World,
    pub(super) call: &'a Call,
    pub(super) app: &'a AppCaller,
    pub(super) cmdlet: &'static Cmdlet,
    pub(super) now: Timestamp,
    parameters: BTreeMap<String, Value>,
}

/// What a list of many values becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    Replace(Vec<String>),
    Change { add: Vec<String>, remove: Vec<String> },
}

/// Parameters that every cmdlet has.
const COMMON: [&str; 5] = ["Confirm", "WarningAction", "ErrorAction", "Verbose", "Debug"];

/// The name of the cmdlet in a body, and its parameters.
pub(super) fn input(body: &[u8]) -> Result<(String, Map<String, Value>), Fault> {
    let unreadable = || Fault::Unreadable("The request body holds no CmdletInput.".to_owned());
    let body: Value = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let input = &body["CmdletInput"];
    let name = input["CmdletName"].as_str().ok_or_else(unreadable)?;
    let parameters = match &input["Parameters"] {
        Value::Null => Map::new(),
        Value::Object(parameters) => parameters.clone(),
        _ => return Err(unreadable()),
    };
    Ok((name.to_owned(), parameters))
}

impl<'a> Invocation<'a> {
    pub(super) fn read(world: &'a World, app: &'a AppCaller, call: &'a Call) -> Result<Self, Fault> {
        let format = call.header("x-responseformat").unwrap_or("json");
        if !format.eq_ignore_ascii_case("json") {
            return Err(Fault::NotModelled(format!("answers as {format}")));
        }
        let (name, given) = input(&call.body)?;
        let cmdlet = cmdlets::named(&name)?;
        let invocation = Self {
            world,
            call,
            app,
            cmdlet,
            now: world.clock.now(),
            parameters: parameters(cmdlet, given)?,
        };
        invocation.check_confirmation()?;
        Ok(invocation)
    }

    fn check_confirmation(&self) -> Result<(), Fault> {
        let asks = self.cmdlet.asks && self.world.tenant().switches.exchange.needs_confirmation;
        if !asks || self.flag("Confirm") == Some(false) {
            return Ok(());
        }
        Err(Fault::refused(
            "System.Management.Automation.PSInvalidOperationException",
            "A command that prompts the user failed because the host program or the command type does not support user interaction. Use -Confirm:$false.",
        ))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parameters.contains_key(name)
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.parameters.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    pub(super) fn identity(&self) -> &str {
        self.text("Identity").unwrap_or_default()
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(Value::as_bool)
    }

    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.value(name).map(texts).unwrap_or_default()
    }

    /// `None` when the parameter is not given.
    pub(super) fn edit(&self, name: &str) -> Option<Edit> {
        let value = self.value(name)?;
        let Value::Object(table) = value else {
            return Some(Edit::Replace(texts(value)));
        };
        let side = |wanted: &str| {
            let mut entries = table.iter();
            let found = entries.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| texts(value)).unwrap_or_default()
        };
        Some(Edit::Change {
            add: side("add"),
            remove: side("remove"),
        })
    }

    /// Notes an effect; see [`crate::ledger::Effect::key`].
    pub(super) fn record(&self, tenant: &mut Tenant, key: String) {
        let who = format!("app:{}", self.app.app_id.0);
        tenant.record(self.now, self.call.request_id, &who, key);
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn parameters(cmdlet: &Cmdlet, given: Map<String, Value>) -> Result<BTreeMap<String, Value>, Fault> {
    let mut read = BTreeMap::new();
    for (asked, value) in given {
        // Annotations such as `Identity@odata.type` say nothing new.
        if asked.contains('@') {
            continue;
        }
        let mut all = cmdlet.parameters.iter();
        let known = all.find_map(|parameter| Some((parameter, parameter.spelled(&asked)?)));
        let common = COMMON.iter().find(|name| name.eq_ignore_ascii_case(&asked));
        match (known, common) {
            (Some((parameter, name)), _) => {
                parameter.check(&name, &value)?;
                read.insert(name, value);
            }
            (None, Some(name)) => {
                read.insert((*name).to_owned(), value);
            }
            (None, None) => {
                return Err(Fault::binding(format!(
                    "A parameter cannot be found that matches parameter name '{asked}'."
                )));
            }
        }
    }
    let mut needed = cmdlet.parameters.iter().filter(|parameter| parameter.required);
    match needed.find(|parameter| !read.contains_key(parameter.name)) {
        Some(missing) => Err(Fault::binding(format!(
            "Cannot process command because of one or more missing mandatory parameters: {}.",
            missing.name
        ))),
        None => Ok(read),
    }
}
