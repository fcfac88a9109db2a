//! Secrets of an app: Entra chooses them, and shows each once.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;
use uuid::Uuid;

use super::{changeable, show};
use crate::call::Reply;
use crate::directory::AppSecret;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::permission::WRITE_CREDENTIALS;
use crate::graph::policies::{Credential, permit};
use crate::graph::request::{Outcome, Request, entity, parameter};
use crate::registration::{AppObject, CredentialRecord};
use crate::world::Ids;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_.-";
const LENGTH: usize = 40;
const HINT: usize = 3;
/// Years, where the caller does not say when it ends.
const YEARS: i64 = 2;

pub(super) fn add(request: &Request, object: AppObject, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = changeable(request, &mut tenant.directory, object, key, WRITE_CREDENTIALS)?.app_id;
    let body = request.object()?;
    let wish = Wish::read(request.now, parameter(&body, "passwordCredential"))?;
    let directory = &tenant.directory;
    permit(
        directory,
        app,
        object,
        Credential::Password,
        (wish.starts, wish.ends),
    )?;
    let held = AppSecret {
        key_id: tenant.ids.uuid(),
        value: made(&mut tenant.ids),
        not_after: wish.ends,
        removed: false,
    };
    let app = tenant
        .directory
        .apps
        .get_mut(&app)
        .ok_or_else(|| Fault::no_resource(key))?;
    let record = CredentialRecord {
        object,
        display_name: wish.display_name,
        starts: wish.starts,
        hint: Some(held.value[..HINT].to_owned()),
        added: request.now,
        removed: None,
    };
    app.registration.records.insert(held.key_id, record);
    let mut shown = show::secret(app, &held);
    shown["secretText"] = held.value.clone().into();
    let what = format!(
        "graph:add-secret:{}:{}:{}",
        object.resource(),
        app.object_id(object).0,
        held.key_id
    );
    app.secrets.push(held);
    request.record(&mut tenant, what);
    let shown = shown.as_object().cloned().unwrap_or_default();
    Ok(entity(200, "microsoft.graph.passwordCredential", shown))
}

fn made(ids: &mut Ids) -> String {
    let letter = |_| {
        let at = ids.below(LETTERS.len() as u64);
        char::from(LETTERS[usize::try_from(at).unwrap_or_default()])
    };
    (0..LENGTH).map(letter).collect()
}

struct Wish {
    display_name: Option<String>,
    starts: Timestamp,
    ends: Timestamp,
}

impl Wish {
    fn read(now: Timestamp, asked: Option<&Value>) -> Result<Self, Fault> {
        let asked = match asked {
            None | Some(Value::Null) => Entity::new(),
            Some(Value::Object(asked)) => model::canonical("passwordCredential", asked)?,
            Some(_) => return Err(Fault::invalid("passwordCredential", "addPassword")),
        };
        if asked.get("secretText").is_some_and(Value::is_string) {
            return Err(Fault::bad_request(
                "Property 'secretText' is read-only and cannot be set.",
            ));
        }
        let starts = time(&asked, "startDateTime")?.unwrap_or(now);
        let ends = time(&asked, "endDateTime")?.unwrap_or_else(|| after_years(starts));
        if ends <= starts || ends <= now {
            return Err(Fault::bad_request("Password credential end date is invalid."));
        }
        let name = asked.get("displayName").and_then(Value::as_str);
        Ok(Self {
            display_name: name.map(str::to_owned),
            starts,
            ends,
        })
    }
}

fn after_years(starts: Timestamp) -> Timestamp {
    let end = starts.to_zoned(TimeZone::UTC).checked_add(YEARS.years());
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}

/// A moment in a credential's description.
pub(super) fn time(asked: &Entity, name: &str) -> Result<Option<Timestamp>, Fault> {
    let text = asked.get(name).and_then(Value::as_str);
    let parsed = text.map(str::parse).transpose();
    parsed.map_err(|_| Fault::invalid(name, "credential"))
}

pub(super) fn remove(request: &Request, object: AppObject, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let app = changeable(request, &mut tenant.directory, object, key, WRITE_CREDENTIALS)?;
    let gone = key_id(&request.object()?)?;
    let keeper = app.keeper(gone);
    let mut held = app.secrets.iter_mut();
    let held = held
        .find(|held| held.key_id == gone && !held.removed && keeper == object)
        .ok_or_else(|| Fault::bad_request("No password credential found with keyId."))?;
    held.removed = true;
    app.note_removal(gone, request.now);
    let what = format!(
        "graph:remove-secret:{}:{}:{gone}",
        object.resource(),
        app.object_id(object).0
    );
    request.record(&mut tenant, what);
    Ok(Reply::empty(204))
}

pub(super) fn key_id(body: &Entity) -> Result<Uuid, Fault> {
    let id = parameter(body, "keyId").and_then(Value::as_str);
    let id = id.ok_or_else(|| Fault::required("keyId", "credential"))?;
    id.parse().map_err(|_| Fault::invalid("keyId", "credential"))
}
