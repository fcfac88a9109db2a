//! Whom a route asks where the form, a master table, the target's owners or the company's own organisation says so.

#[path = "sources/published.rs"]
mod published;
#[path = "sources/viewers.rs"]
mod viewers;

use std::collections::BTreeSet;

use e2e::administrators;
use e2e::forms;
use e2e::house::{House, Wishes};
use e2e::offer::{managers_approval, named, step};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{is_shut_out, item_of, until, vote};
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const SHIPPED: &str = include_str!("../../manifests/workflows/user-create.json");
const STEP: &str = "指定承認";
/// People who are asked by no shipped step.
const CHOSEN: &str = "kenji.osawa";
const ANOTHER: &str = "naoki.kiryu";

/// A house whose workflow asks these sources, one step each, and whose form has more fields. Nothing serves yet.
async fn house(sources: &[Value], fields: &[Value], more: &Value) -> House {
    let house = House::build(BACKEND, Wishes::default()).await;
    let steps = sources.iter().enumerate().map(|(at, source)| {
        let approval = json!({ "approval": { "assignees": [source], "quorum": { "of": "any" } } });
        step(&format!("step{at}"), STEP, &approval)
    });
    let shipped: Value = serde_json::from_str(SHIPPED).expect("JSON");
    let mut form = shipped["form"].clone();
    let known = form["sections"][0]["fields"].as_array_mut().expect("fields");
    known.extend(fields.iter().cloned());
    let mut members = json!({ "steps": steps.collect::<Vec<_>>(), "form": form });
    let further = more.as_object().expect("members").clone();
    members.as_object_mut().expect("members").extend(further);
    house.offer(&members);
    house
}

/// What `setup` has to say of a definition is nothing.
async fn served(mut house: House) -> House {
    let said = said(&house, &["setup"]);
    assert!(!said.contains("not published"), "{said}");
    house.serve().await;
    house
}

/// Everything that a command says.
fn said(house: &House, arguments: &[&str]) -> String {
    let output = house.run(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn field(key: &str, input: &str) -> Value {
    json!({ "key": key, "label": { "ja": key, "en": key }, "input": { "type": input } })
}

fn upn(house: &House, local: &str) -> String {
    format!("{local}@{}", house.world().names.domain)
}

/// The file of the company under this name, beside the configuration.
fn write(house: &House, name: &str, text: &str) {
    let path = house.folder.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file of the company");
}

/// The row of an application with further answers.
async fn applied(house: &House, applicant: &Person, local: &str, more: &Value) -> i64 {
    let mut form = forms::account(house, local);
    let answers = form.as_object_mut().expect("answers");
    answers.extend(more.as_object().expect("answers").clone());
    applicant.add(INBOX, &forms::application(&form)).await
}

/// Whoever is asked at the first step of a new application; nobody else but the applicant sees it.
async fn asked(house: &House, (applicant, local): (&Person, &str), more: &Value, by: &Person) -> i64 {
    let row = applied(house, applicant, local, more).await;
    let item = item_of(house, applicant, by, row).await;
    let shown = until(house, by, (APPLICATIONS, item), |row| row["PFStepName"] == STEP).await;
    assert_eq!(shown["PFStatus"], "IA");
    item
}

#[tokio::test(flavor = "multi_thread")]
async fn w09_the_approver_whom_the_form_names_is_asked_and_a_name_that_nobody_bears_goes_back() {
    let source = json!({ "from": "field", "field": "approver" });
    let house = house(&[source], &[field("approver", "person")], &json!({})).await;
    let house = served(house).await;
    let [applicant, chosen, manager] = sign_in(&house, [APPLICANT, CHOSEN, MANAGER]).await;
    let named = json!({ "approver": { "upn": upn(&house, CHOSEN) } });
    let item = asked(&house, (&applicant, "hana.takahashi"), &named, &chosen).await;
    assert!(is_shut_out(&manager, item).await, "his manager is not asked");
    vote(&house, &chosen, item, STEP).await;
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    let nobody = json!({ "approver": { "upn": upn(&house, "nobody.at.all") } });
    let row = applied(&house, &applicant, "yui.takahashi", &nobody).await;
    let back = until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "SB").await;
    let issues = back["PFIssues"].as_str().expect("issues");
    assert!(issues.contains("approver"), "{issues}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w08_the_approver_stands_in_a_table_of_the_company_which_counts_as_it_is_then() {
    let source =
        json!({ "from": "master", "table": "systems", "keys": { "system": "system" }, "person": "owner" });
    let house = house(&[source], &[field("system", "text")], &json!({})).await;
    house.configure(|text| format!("[organisation]\nmasters = \"tables\"\n{text}"));
    let [first, then] = [CHOSEN, ANOTHER].map(|local| upn(&house, local));
    write(
        &house,
        "tables/systems.csv",
        &format!("system,owner\n販売,{then}\n会計,{first}\n"),
    );
    let house = served(house).await;
    let [applicant, chosen, another] = sign_in(&house, [APPLICANT, CHOSEN, ANOTHER]).await;
    let system = json!({ "system": "会計" });
    let item = asked(&house, (&applicant, "hana.takahashi"), &system, &chosen).await;
    assert!(is_shut_out(&another, item).await, "the row of another system");
    write(
        &house,
        "tables/systems.csv",
        &format!("\u{FEFF}system,owner\r\n会計,{then}\r\n"),
    );
    let item = asked(&house, (&applicant, "yui.takahashi"), &system, &another).await;
    vote(&house, &another, item, STEP).await;
    until(&house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_of_a_group_and_the_manager_of_a_person_are_asked_about_them() {
    let source = json!({ "from": "owner", "of": "target" });
    let house = house(&[source], &[field("target", "text")], &json!({})).await;
    let group = house.group("会計システム");
    {
        let owner = house.id_of(CHOSEN);
        let mut tenant = house.world().tenant();
        let users = &tenant.directory.users;
        let owner = users.keys().copied().find(|id| id.0 == owner).expect("the owner");
        let mut groups = tenant.directory.groups.values_mut();
        groups.find(|one| one.id.0 == group).expect("the group").owners = BTreeSet::from([owner]);
    }
    let house = served(house).await;
    let [applicant, owner, manager] = sign_in(&house, [APPLICANT, CHOSEN, MANAGER]).await;
    let of_group = json!({ "target": group.to_string() });
    asked(&house, (&applicant, "hana.takahashi"), &of_group, &owner).await;
    let of_person = json!({ "target": upn(&house, APPLICANT) });
    let item = asked(&house, (&applicant, "yui.takahashi"), &of_person, &manager).await;
    assert!(is_shut_out(&owner, item).await, "the owner of something else");
}

/// The applicant is 担当 of 営業部, below 営業本部, and 兼務 of 開発部.
fn posts(house: &House) -> String {
    let [applicant, manager, head, other] =
        [APPLICANT, MANAGER, CHOSEN, EXPERTS[1]].map(|local| upn(house, local));
    format!(
        "ユーザー,上長,部門,上位部門,役職,職位,終了日\n\
         {applicant},{manager},営業部,営業本部,担当,1,\n{applicant},,開発部,,担当,1,\n\
         {manager},{head},営業部,,課長,3,\n{head},,営業本部,,部長,7,\n\
         {other},,開発部,,課長,5,\n{manager},,開発部,,部長,9,2020-03-31\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn rank_unit_above_and_the_post_that_is_applied_as_come_from_the_company_s_organisation() {
    let in_unit = json!({ "from": "unit", "rank": 5, "parents": 2 });
    let up_to_rank = json!({ "from": "manager", "levels": 5, "untilRank": 6 });
    let apply_as = json!({ "applyAs": "unit" });
    let house = house(&[in_unit, up_to_rank], &[field("unit", "text")], &apply_as).await;
    house.configure(|text| format!("[organisation]\nfile = \"organisation.csv\"\n{text}"));
    write(&house, "organisation.csv", &posts(&house));
    let house = served(house).await;
    let [applicant, head, other, manager] = sign_in(&house, [APPLICANT, CHOSEN, EXPERTS[1], MANAGER]).await;
    // In his main post: nobody of 営業部 is high enough, so the unit above is asked; then the manager of that rank.
    let first = asked(&house, (&applicant, "hana.takahashi"), &json!({}), &head).await;
    let before = head.read(APPLICATIONS, first).await.expect("the application");
    vote(&house, &head, first, STEP).await;
    until(&house, &head, (APPLICATIONS, first), |row| {
        row["PFStepName"] == STEP && row["PFStepToken"] != before["PFStepToken"]
    })
    .await;
    assert!(is_shut_out(&manager, first).await, "he is below that rank");
    vote(&house, &head, first, STEP).await;
    until(&house, &applicant, (APPLICATIONS, first), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    // In the other post.
    let second = json!({ "unit": "開発部" });
    asked(&house, (&applicant, "yui.takahashi"), &second, &other).await;
    let row = applied(&house, &applicant, "rin.takahashi", &json!({ "unit": "人事部" })).await;
    let back = until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "SB").await;
    let issues = back["PFIssues"].as_str().expect("issues");
    assert!(issues.contains("unit"), "not his unit: {issues}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_is_tried_for_people_of_the_tenant_and_a_route_is_that_of_the_company_s_own() {
    let house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    let members = json!({ "steps": [managers_approval(&json!({}))], "nobody": { "then": "stop" } });
    house.offer(&members);
    let told = said(&house, &["setup"]);
    assert!(
        told.contains("not published") && told.contains("for applicant"),
        "somebody has no manager: {told}"
    );
    let applicant = upn(&house, APPLICANT);
    let route = said(
        &house,
        &["route", "--workflow", "user-create", "--applicant", &applicant],
    );
    assert!(
        route.contains("上長承認") && !route.contains("情報システム部 合議"),
        "{route}"
    );
    let unknown = said(
        &house,
        &["route", "--workflow", "user-delete", "--applicant", &applicant],
    );
    assert!(unknown.contains("user-create"), "what is offered: {unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_is_that_of_the_published_definition_or_of_a_file_that_is_not_published_yet() {
    let house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    let steps = |key: &str, title: &str| {
        let own = named(&[house.id_of(MANAGER), house.id_of(EXPERTS[0])]);
        let approval = json!({ "approval": { "assignees": own, "quorum": { "of": "any" } } });
        json!({ "steps": [step(key, title, &approval)] })
    };
    house.offer(&steps("first", "公開した確認"));
    let published = said(&house, &["setup"]);
    assert!(!published.contains("not published"), "{published}");
    // Changed since: it is no route of anybody until it is published.
    let file = house.folder.path().join("workflows/user-create.json");
    let mut next: Value = serde_json::from_str(SHIPPED).expect("JSON");
    next["steps"] = steps("next", "まだ公開しない確認")["steps"].clone();
    next["version"] = json!(2);
    std::fs::write(&file, next.to_string()).expect("a definition");
    let applicant = upn(&house, APPLICANT);
    let route = |more: &[&str]| {
        let mut arguments = vec!["route", "--applicant", &applicant, "--explain"];
        arguments.extend(more);
        said(&house, &arguments)
    };
    let standing = route(&["--workflow", "user-create"]);
    assert!(
        standing.contains("公開した確認")
            && standing.contains("定義版 1")
            && standing.contains("名指しされている"),
        "{standing}"
    );
    let file = file.to_string_lossy().into_owned();
    let tried = route(&["--definition", &file]);
    assert!(
        tried.contains("まだ公開しない確認") && tried.contains("定義版 2"),
        "{tried}"
    );
    let both = route(&["--definition", &file, "--workflow", "user-create"]);
    assert!(both.contains("cannot be used with"), "{both}");
}

/// Conditions with more combinations than are tried.
fn many_ways() -> Value {
    let ways = ["lastName", "firstName", "lastNameKana", "firstNameKana"].map(|field| {
        let options: Vec<_> = (0..15).map(|at| format!("{field} = \"{at}\"")).collect();
        options.join(" or ")
    });
    let mut steps = vec![managers_approval(&json!({}))];
    steps.extend(ways.iter().enumerate().map(|(at, when)| {
        let mut further = managers_approval(&json!({}));
        further["key"] = json!(format!("way{at}"));
        further["when"] = json!(when);
        further
    }));
    json!({ "steps": steps })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_of_which_not_everything_could_be_tried_is_published_only_when_that_is_accepted() {
    let house = House::build(BACKEND, Wishes::default()).await;
    house.offer(&many_ways());
    let refused = said(&house, &["setup"]);
    assert!(
        refused.contains("not published") && refused.contains("--accept-untried"),
        "{refused}"
    );
    let accepted = said(&house, &["setup", "--accept-untried"]);
    assert!(!accepted.contains("not published"), "{accepted}");
    assert!(
        accepted.contains("people of the tenant as applicants"),
        "{accepted}"
    );
}
