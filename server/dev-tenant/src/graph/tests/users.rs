use serde_json::{Value, json};

use super::world::{ALL, call, person, send, user, world};
use crate::graph::model;

#[test]
fn a_created_user_is_read_by_id_and_by_name_with_the_default_properties() {
    let world = world(0);
    let id = user(&world, "hanako");
    for key in [
        id.as_str(),
        "hanako@contoso.onmicrosoft.com",
        "HANAKO%40contoso.onmicrosoft.com",
    ] {
        let (status, body) = call(&world, &format!("GET /users/{key}"), &Value::Null);
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["displayName"], "hanako");
        assert!(body.get("accountEnabled").is_none(), "not in the default set");
        assert!(!body.to_string().contains("Correct-Horse"));
    }
    assert_eq!(
        world.tenant().ledger.effects[0].key,
        "graph:create:user:hanako@contoso.onmicrosoft.com"
    );
}

#[test]
fn bad_users_are_refused_in_graphs_words() {
    let world = world(0);
    user(&world, "taken");
    let table = json!([
        ["displayName", null, "A value is required for property 'displayName'"],
        ["userPrincipalName", "taken@contoso.onmicrosoft.com", "Another object with the same value"],
        ["userPrincipalName", "x@elsewhere.example", "The domain portion of the userPrincipalName"],
        ["userPrincipalName", "佐藤@contoso.onmicrosoft.com", "Invalid value specified"],
        ["mailNickname", "a b", "Invalid value specified for property 'mailNickname'"],
        ["employeeId", "12345678901234567", "Invalid value specified for property 'employeeId'"],
        ["businessPhones", ["1", "2"], "Invalid value specified for property 'businessPhones'"],
        ["jobTitle", 7, "Invalid value specified for property 'jobTitle'"],
        ["favouriteColour", "blue", "One or more property values specified are invalid."],
        ["passwordProfile", {"password": "weak"}, "The specified password does not comply"],
    ]);
    for row in table.as_array().unwrap() {
        let (property, message) = (row[0].as_str().unwrap(), row[2].as_str().unwrap());
        let mut body = person("fresh");
        body.as_object_mut().unwrap().remove("mailNickName");
        body["mailNickname"] = json!("fresh");
        body[property] = row[1].clone();
        let (status, answer) = call(&world, "POST /users", &body);
        let error = &answer["error"];
        assert_eq!(
            (status, error["code"].as_str()),
            (400, Some("Request_BadRequest")),
            "{property}: {answer}"
        );
        assert!(
            error["message"].as_str().unwrap().starts_with(message),
            "{property}: {answer}"
        );
        assert!(error["innerError"]["request-id"].is_string());
    }
}

#[test]
fn a_conflict_names_its_property_in_the_details() {
    let world = world(0);
    user(&world, "a");
    let (_, body) = call(&world, "POST /users", &person("a"));
    assert_eq!(body["error"]["details"][0]["code"], "ObjectConflict");
    assert_eq!(body["error"]["details"][0]["target"], "userPrincipalName");
}

#[test]
fn each_call_needs_its_permission() {
    let world = world(0);
    let id = user(&world, "a");
    let read: &[&str] = &["User.Read.All"];
    for (line, enough, short) in [
        (format!("GET /users/{id}"), read, &["Mail.Send"][..]),
        (format!("DELETE /users/{id}"), &["User.DeleteRestore.All"], read),
        ("GET /subscribedSkus".to_owned(), &["Organization.Read.All"], read),
        ("GET /groups".to_owned(), &["GroupMember.Read.All"], read),
        (
            "GET /servicePrincipals".to_owned(),
            &["Application.Read.All"],
            read,
        ),
    ] {
        let (status, body) = send(&world, short, &line, &[], &Value::Null);
        assert_eq!(status, 403, "{line}");
        assert_eq!(body["error"]["code"], "Authorization_RequestDenied");
        assert_eq!(
            body["error"]["message"],
            "Insufficient privileges to complete the operation."
        );
        let (status, body) = send(&world, enough, &line, &[], &Value::Null);
        assert!(status < 300, "{line}: {body}");
    }
}

#[test]
fn a_password_needs_its_own_permission_and_a_directory_role() {
    let world = world(0);
    let id = user(&world, "a");
    let body = json!({"passwordProfile": {"password": "Another-Horse-9"}});
    for roles in [ALL, &["User-PasswordProfile.ReadWrite.All"]] {
        assert_eq!(
            send(&world, roles, &format!("PATCH /users/{id}"), &[], &body).0,
            403
        );
    }
}

#[test]
fn pages_lead_to_every_user_once_and_emit_only_what_the_model_knows() {
    let world = world(0);
    for n in 0..7 {
        user(&world, &format!("user{n}"));
    }
    let mut url = "/users?$top=3&$select=id,proxyAddresses,assignedLicenses".to_owned();
    let mut seen = Vec::new();
    loop {
        let (status, body) = call(&world, &format!("GET {url}"), &Value::Null);
        assert_eq!(status, 200, "{body}");
        for entity in body["value"].as_array().unwrap() {
            seen.push(entity["id"].as_str().unwrap().to_owned());
        }
        match body["@odata.nextLink"].as_str() {
            Some(next) => next
                .replace("https://graph.microsoft.com/v1.0", "")
                .clone_into(&mut url),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 7);
    let (_, body) = call(&world, "GET /users?$select=*", &Value::Null);
    for name in body["value"][0].as_object().unwrap().keys() {
        assert!(model::property("user", name).is_some(), "{name}");
    }
}

#[test]
fn advanced_filters_need_the_eventual_header_and_a_count() {
    let world = world(0);
    user(&world, "a");
    let line = "GET /users?$filter=displayName%20ne%20'b'&$count=true";
    assert_eq!(call(&world, line, &Value::Null).0, 400);
    let (status, body) = send(
        &world,
        ALL,
        line,
        &[("consistencylevel", "eventual")],
        &Value::Null,
    );
    assert_eq!((status, &body["@odata.count"]), (200, &json!(1)));
}

#[test]
fn a_manager_is_set_expanded_and_cleared() {
    let world = world(0);
    let (boss, id) = (user(&world, "boss"), user(&world, "staff"));
    let body = json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/users/{boss}")});
    assert_eq!(
        call(&world, &format!("GET /users/{id}/manager"), &Value::Null).0,
        404
    );
    assert_eq!(
        call(&world, &format!("PUT /users/{id}/manager/$ref"), &body).0,
        204
    );
    let (_, shown) = call(
        &world,
        &format!("GET /users/{id}?$expand=manager($select=id)"),
        &Value::Null,
    );
    assert_eq!(shown["manager"]["id"], json!(boss));
    // Also beside what is selected, and of all.
    let (_, listed) = call(
        &world,
        "GET /users?$select=id,department&$expand=manager($select=id)",
        &Value::Null,
    );
    let all = listed["value"].as_array().expect("users");
    let manager_of = |id: &str| {
        let user = all.iter().find(|user| user["id"] == id);
        user.expect("him")["manager"]["id"].clone()
    };
    assert_eq!(manager_of(&id), json!(boss));
    assert_eq!(manager_of(&boss), Value::Null);
    assert_eq!(
        call(&world, &format!("DELETE /users/{id}/manager/$ref"), &Value::Null).0,
        204
    );
}

#[test]
fn a_deleted_user_is_gone_and_can_be_restored() {
    let world = world(0);
    let id = user(&world, "a");
    assert_eq!(call(&world, &format!("DELETE /users/{id}"), &Value::Null).0, 204);
    assert_eq!(call(&world, &format!("GET /users/{id}"), &Value::Null).0, 404);
    let (_, gone) = call(
        &world,
        "GET /directory/deletedItems/microsoft.graph.user",
        &Value::Null,
    );
    assert_eq!(gone["value"][0]["id"], json!(id));
    assert_eq!(
        call(
            &world,
            &format!("POST /directory/deletedItems/{id}/restore"),
            &Value::Null
        )
        .0,
        200
    );
    assert_eq!(call(&world, &format!("GET /users/{id}"), &Value::Null).0, 200);
}
