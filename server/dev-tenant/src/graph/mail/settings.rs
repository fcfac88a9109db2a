//! Settings of a mailbox, as far as automatic replies go ("Get user mailbox settings", "Update user mailbox
//! settings"). Whoever never set any has them disabled, with a period all the same.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use serde_json::{Value, json};

use super::owner;
use super::state::{AutomaticReplies, Status, Zoned};
use crate::directory::ObjectId;
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::permission::{READ_MAIL_SETTINGS, WRITE_MAIL_SETTINGS};
use crate::graph::request::{Outcome, Request, entity, parameter};
use crate::world::Tenant;

/// Zone names of Windows that the tenant's people use, beside those of IANA; Microsoft knows more.
const WINDOWS_ZONES: [&str; 3] = [
    "Tokyo Standard Time",
    "Pacific Standard Time",
    "W. Europe Standard Time",
];

pub(super) fn all(request: &Request, key: &str) -> Outcome {
    let tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, READ_MAIL_SETTINGS)?;
    let mut replies = shown(&of(&tenant, owner, request.now));
    // In the example of the whole settings the words of enumerations begin with capitals.
    for word in ["status", "externalAudience"] {
        replies.insert(word.to_owned(), capital(&replies[word]));
    }
    let mut settings = Entity::new();
    settings.insert("automaticRepliesSetting".to_owned(), Value::Object(replies));
    Ok(entity(
        200,
        &format!("users('{}')/mailboxSettings", owner.0),
        settings,
    ))
}

pub(super) fn automatic_replies(request: &Request, key: &str) -> Outcome {
    let tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, READ_MAIL_SETTINGS)?;
    let context = format!("users('{}')/mailboxSettings/automaticRepliesSetting", owner.0);
    Ok(entity(200, &context, shown(&of(&tenant, owner, request.now))))
}

pub(super) fn change(request: &Request, key: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, WRITE_MAIL_SETTINGS)?;
    let body = request.object()?;
    let asked = parameter(&body, "automaticRepliesSetting").and_then(Value::as_object);
    let Some(asked) = asked.filter(|_| body.keys().all(|name| name.contains('@') || is_replies(name))) else {
        return Err(Fault::NotModelled(
            "settings of mailboxes but automatic replies".to_owned(),
        ));
    };
    let mut replies = of(&tenant, owner, request.now);
    apply(&mut replies, asked)?;
    tenant.mailboxes.automatic_replies.insert(owner, replies.clone());
    request.record(&mut tenant, format!("graph:update:mailboxSettings:{}", owner.0));
    let mut settings = Entity::new();
    settings.insert(
        "automaticRepliesSetting".to_owned(),
        Value::Object(shown(&replies)),
    );
    Ok(entity(
        200,
        &format!("users('{}')/mailboxSettings", owner.0),
        settings,
    ))
}

fn is_replies(name: &str) -> bool {
    name.eq_ignore_ascii_case("automaticRepliesSetting")
}

fn capital(word: &Value) -> Value {
    let word = word.as_str().unwrap_or_default();
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    json!(first + letters.as_str())
}

fn of(tenant: &Tenant, owner: ObjectId, now: Timestamp) -> AutomaticReplies {
    let set = tenant.mailboxes.automatic_replies.get(&owner).cloned();
    let at = |hours| {
        let moment = now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now);
        Zoned {
            date_time: moment.strftime("%Y-%m-%dT%H:00:00").to_string(),
            time_zone: "UTC".to_owned(),
        }
    };
    set.unwrap_or_else(|| AutomaticReplies {
        status: Status::Disabled,
        start: at(0),
        end: at(24),
        internal_message: String::new(),
        external_message: String::new(),
    })
}

fn shown(replies: &AutomaticReplies) -> Entity {
    let zoned = |zoned: &Zoned| json!({ "dateTime": format!("{}.0000000", zoned.date_time), "timeZone": zoned.time_zone });
    let shown = json!({
        "status": replies.status.word(), "externalAudience": "all",
        "scheduledStartDateTime": zoned(&replies.start), "scheduledEndDateTime": zoned(&replies.end),
        "internalReplyMessage": replies.internal_message, "externalReplyMessage": replies.external_message,
    });
    match shown {
        Value::Object(shown) => shown,
        _ => Entity::new(),
    }
}

fn apply(replies: &mut AutomaticReplies, asked: &Entity) -> Result<(), Fault> {
    for (name, value) in asked {
        match name.to_ascii_lowercase().as_str() {
            name if name.contains('@') => {}
            "status" => {
                let word = value.as_str().unwrap_or_default();
                replies.status = Status::named(word).ok_or_else(|| invalid(name))?;
            }
            "scheduledstartdatetime" => replies.start = zoned(name, value)?,
            "scheduledenddatetime" => replies.end = zoned(name, value)?,
            "internalreplymessage" => value
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut replies.internal_message),
            "externalreplymessage" => value
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut replies.external_message),
            "externalaudience" => {}
            _ => return Err(invalid(name)),
        }
    }
    Ok(())
}

fn zoned(name: &str, value: &Value) -> Result<Zoned, Fault> {
    let text = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .ok_or_else(|| invalid(name))
    };
    let (date_time, time_zone) = (text("dateTime")?, text("timeZone")?);
    let date_time: civil::DateTime = date_time.parse().map_err(|_| invalid(name))?;
    if TimeZone::get(time_zone).is_err() && !WINDOWS_ZONES.contains(&time_zone) {
        return Err(Fault::NotModelled(format!("the time zone {time_zone}")));
    }
    Ok(Zoned {
        date_time: date_time.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        time_zone: time_zone.to_owned(),
    })
}

fn invalid(name: &str) -> Fault {
    Fault::refused(
        400,
        "ErrorInvalidRequest",
        format!("The property '{name}' is invalid."),
    )
}
