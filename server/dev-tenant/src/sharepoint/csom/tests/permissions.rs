use crate::sharepoint::fixture::{Fixture, JIRO, OWNER, TARO, app, person};
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::update::Stamp;
use crate::sharepoint::operations::{assignments, inheritance};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::role;

const ITEM: &str = r#"<Method Id="10" ParentId="4" Name="GetItemById"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method>"#;

/// Item 1 is for Taro alone, item 2 for every reader of the list.
fn shared() -> Fixture {
    let fixture = Fixture::new();
    let (list, taro) = (fixture.list, fixture.taro);
    fixture.session(&app(), |session| {
        for title in ["for Taro", "for all"] {
            let edits = [("Title".to_owned(), Some(FieldValue::Text(title.to_owned())))].into();
            items::create(session, list, Placing::default(), edits, &Stamp::default()).unwrap();
        }
        let item = Securable::Item(list, ItemId(1));
        inheritance::break_inheritance(session, item, false, true).unwrap();
        assignments::add(session, item, taro, role::READ).unwrap();
    });
    fixture
}

#[test]
fn an_item_of_others_is_refused_by_every_way_to_it() {
    let fixture = shared();
    let identity = format!(
        r#"<Identity Id="10" Name="x|740c6a0b-85e2-48a0-a494-e0f1759d4aa7:site:{}:web:{}:list:{}:item:1,1"/>"#,
        fixture.site,
        fixture.session(&app(), |session| session.site().web_id),
        fixture.list
    );
    let query = |path: u32| {
        format!(
            r#"<Query Id="90" ObjectPathId="{path}"><Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery></Query>"#
        )
    };
    let below = |name: &str| format!(r#"<Property Id="11" ParentId="10" Name="{name}"/>"#);
    for item in [ITEM, &identity] {
        let mut ways = vec![(query(10), String::new())];
        ways.extend(["Versions", "AttachmentFiles", "RoleAssignments"].map(|name| (query(11), below(name))));
        ways.push((
            r#"<Method Name="DeleteObject" Id="90" ObjectPathId="10"/>"#.to_owned(),
            String::new(),
        ));
        ways.push((
            r#"<Method Name="Recycle" Id="90" ObjectPathId="10"/>"#.to_owned(),
            String::new(),
        ));
        for (action, path) in ways {
            let answer = fixture.send(&person(JIRO), &action, &format!("{item}{path}"));
            assert!(answer[0]["ErrorInfo"]["ErrorCode"].is_i64(), "{action} {path}");
            assert_eq!(answer.len(), 1);
        }
    }
    assert_eq!(fixture.titles(&app()).len(), 2);
}

#[test]
fn get_items_leaves_out_what_the_caller_may_not_read() {
    let fixture = shared();
    let path = r#"<Method Id="10" ParentId="4" Name="GetItems"><Parameters><Parameter TypeId="{3d248d7b-fc86-40a3-aa97-02a75d69fb8a}"><Property Name="ViewXml" Type="String">&lt;View/&gt;</Property></Parameter></Parameters></Method>"#;
    let query = r#"<Query Id="90" ObjectPathId="10"><Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery></Query>"#;
    let titles = |caller| -> Vec<String> {
        let answer = fixture.send(&caller, query, path);
        let rows = answer[2]["_Child_Items_"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| row["Title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles(person(TARO)), ["for Taro", "for all"]);
    assert_eq!(titles(person(JIRO)), ["for all"]);
}

#[test]
fn a_reader_can_neither_write_nor_manage() {
    let fixture = shared();
    let set = r#"<Method Name="SetFieldValue" Id="89" ObjectPathId="10"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">mine</Parameter></Parameters></Method>"#;
    let break_it = r#"<Method Name="BreakRoleInheritance" Id="90" ObjectPathId="10"><Parameters><Parameter Type="Boolean">true</Parameter><Parameter Type="Boolean">true</Parameter></Parameters></Method>"#;
    for action in [
        format!(r#"{set}<Method Name="Update" Id="90" ObjectPathId="10"/>"#),
        format!(r#"{set}<Method Name="SystemUpdate" Id="90" ObjectPathId="10"/>"#),
        break_it.to_owned(),
        r#"<Method Name="DeleteObject" Id="90" ObjectPathId="10"/>"#.to_owned(),
        r#"<SetProperty Id="89" ObjectPathId="4" Name="Title"><Parameter Type="String">x</Parameter></SetProperty><Method Name="Update" Id="90" ObjectPathId="4"/>"#.to_owned(),
        r#"<Method Name="DeleteObject" Id="90" ObjectPathId="4"/>"#.to_owned(),
    ] {
        let answer = fixture.send(&person(TARO), &action, ITEM);
        assert_eq!(answer[0]["ErrorInfo"]["ErrorCode"], -2_147_024_891, "{action}");
    }
    assert_eq!(fixture.titles(&app()), ["for Taro", "for all"]);
}

#[test]
fn levels_and_groups_are_made_by_owners_alone() {
    let fixture = Fixture::new();
    let paths = r#"<Property Id="10" ParentId="2" Name="RoleDefinitions"/><Method Id="11" ParentId="10" Name="Add"><Parameters><Parameter TypeId="{59eddf82-1018-4677-8067-69e16efd3495}"><Property Name="BasePermissions" TypeId="{db780e5a-6bc6-41ad-8e64-9dfa761afb6d}"><Property Name="High" Type="Number">0</Property><Property Name="Low" Type="Number">3</Property></Property><Property Name="Name" Type="String">PF-Door</Property><Property Name="Order" Type="Number">1</Property></Parameter></Parameters></Method>
        <Property Id="12" ParentId="2" Name="SiteGroups"/><Method Id="13" ParentId="12" Name="Add"><Parameters><Parameter TypeId="{9fd1540e-59e6-47fa-9a00-5173c9c35785}"><Property Name="Title" Type="String">Step 1</Property></Parameter></Parameters></Method>"#;
    for path in [11, 13] {
        let action = format!(r#"<ObjectPath Id="90" ObjectPathId="{path}"/>"#);
        let refused = fixture.send(&person(TARO), &action, paths);
        assert_eq!(refused[0]["ErrorInfo"]["ErrorCode"], -2_147_024_891);
        let made = fixture.send(&person(OWNER), &action, paths);
        assert_eq!(made[2]["IsNull"], false);
    }
}
