use serde_json::{Value, json};

use super::world::{call, person, world};

fn part(id: &Value, method: &str, url: &str, after: &Value) -> Value {
    json!({"id": id, "method": method, "url": url, "dependsOn": after})
}

#[test]
fn a_batch_answers_each_part_and_skips_what_depended_on_a_failure() {
    let world = world(0);
    let mut create = part(&json!(1), "POST", "/users", &json!([]));
    create["body"] = person("a");
    create["headers"] = json!({"Content-Type": "application/json"});
    let requests = json!({"requests": [
        create,
        part(&json!("2"), "GET", "users/a@contoso.onmicrosoft.com", &json!(["1"])),
        part(&json!("3"), "GET", "/users/nobody", &json!([])),
        part(&json!("4"), "GET", "/users", &json!(["3"])),
    ]});
    let (status, body) = call(&world, "POST /$batch", &requests);
    assert_eq!(status, 200, "{body}");
    let statuses: Vec<_> = body["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["status"].clone())
        .collect();
    assert_eq!(statuses, [201, 200, 404, 424]);
    assert_eq!(body["responses"][0]["id"], json!(1));
}

#[test]
fn a_malformed_envelope_is_refused_whole() {
    let world = world(0);
    let one = |id: &str| part(&json!(id), "GET", "/users", &json!([]));
    let many: Vec<Value> = (0..21).map(|n| one(&n.to_string())).collect();
    for requests in [json!([]), json!([one("1"), one("1")]), json!(many)] {
        assert_eq!(
            call(&world, "POST /$batch", &json!({"requests": requests})).0,
            400
        );
    }
}
