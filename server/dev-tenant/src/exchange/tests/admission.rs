use serde_json::{Value, json};

use super::world::{ADMINISTRATOR, administrator, app, failure, input, list, post, send, world, world_with};
use crate::caller::Caller;
use crate::exchange::writes;
use crate::switches::{ExchangeSwitches, Switches};
use crate::world::World;

const RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";

fn status(world: &World, caller: Option<&Caller>, cmdlet: &str, parameters: &Value) -> u16 {
    send(
        world,
        caller,
        &post("beta/InvokeCommand", &input(cmdlet, parameters)),
    )
    .status
}

#[test]
fn without_the_app_role_or_a_directory_role_the_answer_is_a_403_that_cannot_be_read() {
    let world = world();
    for caller in [
        app("Exchange.ManageAsApp", &[]),
        app("Exchange.Manage", &[ADMINISTRATOR]),
    ] {
        let call = post("beta/InvokeCommand", &input("Get-Mailbox", &json!({})));
        let reply = send(&world, Some(&caller), &call);
        assert_eq!((reply.status, reply.body.as_slice()), (403, &[0_u8][..]));
        assert!(
            reply
                .headers
                .contains(&("Content-Encoding".to_owned(), "gzip".to_owned()))
        );
    }
    assert_eq!(status(&world, None, "Get-Mailbox", &json!({})), 401);
    world.tenant().switches.exchange.forbids_with_nul = false;
    let call = post("beta/InvokeCommand", &input("Get-Mailbox", &json!({})));
    let reply = send(&world, Some(&app("Exchange.ManageAsApp", &[])), &call);
    assert!(reply.status == 403 && reply.body.is_empty());
}

#[test]
fn a_recipient_administrator_changes_but_makes_groups_only_by_switch() {
    for (creates, expected) in [(false, 403), (true, 200)] {
        let world = world_with(Switches {
            exchange: ExchangeSwitches {
                recipient_administrator_creates: creates,
                ..ExchangeSwitches::default()
            },
            ..Switches::default()
        });
        let caller = app("Exchange.ManageAsApp", &[RECIPIENT_ADMINISTRATOR]);
        assert_eq!(
            status(&world, Some(&caller), "New-DistributionGroup", &list("sales")),
            expected
        );
        let hide = json!({"Identity": "taro", "HiddenFromAddressListsEnabled": true});
        assert_eq!(status(&world, Some(&caller), "Set-Mailbox", &hide), 200);
    }
}

#[test]
fn cmdlets_of_microsoft_365_groups_are_not_for_apps_and_unknown_ones_are_not_there() {
    let world = world();
    for (cmdlet, expected) in [
        ("New-UnifiedGroup", 403),
        ("Frobnicate-Mailbox", 403),
        ("Get-MailUser", 501),
    ] {
        assert_eq!(
            status(&world, Some(&administrator()), cmdlet, &json!({})),
            expected,
            "{cmdlet}"
        );
    }
}

#[test]
fn version_one_refuses_the_method_and_another_tenant_is_not_modelled() {
    let world = world();
    let call = post("v1.0/InvokeCommand", &input("Get-Mailbox", &json!({})));
    assert_eq!(send(&world, Some(&administrator()), &call).status, 405);
    let mut other = post("beta/InvokeCommand", &input("Get-Mailbox", &json!({})));
    other.path = other.path.replace("0001/", "0002/");
    assert_eq!(send(&world, Some(&administrator()), &other).status, 501);
}

#[test]
fn parameters_are_those_of_the_cmdlet() {
    let world = world();
    let long = "x".repeat(65);
    for (parameters, exception) in [
        (
            json!({"Name": "a", "ManagedBy": "hanako", "Colour": "red"}),
            "ParameterBindingException",
        ),
        (json!({"ManagedBy": "hanako"}), "ParameterBindingException"),
        (
            json!({"Name": long, "ManagedBy": "hanako"}),
            "DataValidationException",
        ),
        (
            json!({"Name": "a", "ManagedBy": "hanako", "Alias": "a b"}),
            "DataValidationException",
        ),
        (
            json!({"Name": "a", "ManagedBy": "hanako", "Type": "Dynamic"}),
            "DataValidationException",
        ),
        (
            json!({"Name": "営業", "ManagedBy": "hanako"}),
            "DataValidationException",
        ),
        (
            json!({"Name": "a", "ManagedBy": "hanako", "PrimarySmtpAddress": "a@fabrikam.com"}),
            "NotAcceptedDomainException",
        ),
    ] {
        let expected = (400, exception.to_owned());
        assert_eq!(
            failure(&world, "New-DistributionGroup", &parameters),
            expected,
            "{parameters}"
        );
    }
}

#[test]
fn only_what_is_no_reading_counts_as_a_write() {
    let one = |cmdlet: &str| post("beta/InvokeCommand", &input(cmdlet, &json!({})));
    assert!(!writes(&one("Get-Mailbox")) && writes(&one("Set-Mailbox")));
    let batch = |cmdlet: &str| {
        post(
            "beta/$batch",
            &json!({"requests": [{"body": input("Get-Mailbox", &json!({}))}, {"body": input(cmdlet, &json!({}))}]}),
        )
    };
    assert!(!writes(&batch("get-recipient")) && writes(&batch("Remove-Mailbox")));
}

/// Status and body of a cmdlet at an endpoint of the documented interface.
fn documented(world: &World, caller: &Caller, endpoint: &str, asked: (&str, &Value)) -> (u16, Value) {
    let call = post(&format!("v2.0/{endpoint}"), &input(asked.0, asked.1));
    let reply = send(world, Some(caller), &call);
    let body = serde_json::from_slice(&reply.body).unwrap_or_default();
    (reply.status, body)
}

#[test]
fn the_documented_interface_has_a_role_of_its_own() {
    let world = world();
    let caller = app("Exchange.ManageAsAppV2", &[ADMINISTRATOR]);
    let one = json!({"Identity": "taro"});
    let (status, body) = documented(&world, &caller, "Mailbox", ("Get-Mailbox", &one));
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["value"][0]["Alias"], "taro");
    let context = body["@odata.context"].as_str().unwrap();
    assert!(context.contains("/adminapi/v2.0/"), "{context}");
    let (status, _) = documented(&world, &administrator(), "Mailbox", ("Get-Mailbox", &one));
    assert_eq!(status, 403, "the other role");
    let other = post("beta/InvokeCommand", &input("Get-Mailbox", &one));
    let status = send(&world, Some(&caller), &other).status;
    assert_eq!(status, 403, "and the other way round");
}

#[test]
fn the_documented_interface_reads_and_changes_who_sends_on_behalf() {
    let world = world();
    let caller = app("Exchange.ManageAsAppV2", &[ADMINISTRATOR]);
    let behalf = json!({"Identity": "taro", "GrantSendOnBehalfTo": ["hanako"]});
    let hide = json!({"Identity": "taro", "HiddenFromAddressListsEnabled": true});
    let new = json!({"Name": "x", "Shared": true});
    let cases = [
        ("Mailbox", "Set-Mailbox", &behalf, 200),
        ("Mailbox", "Set-Mailbox", &hide, 400),
        ("Mailbox", "New-Mailbox", &new, 400),
        ("AcceptedDomain", "Get-AcceptedDomain", &json!({}), 200),
        ("OrganizationConfig", "Get-OrganizationConfig", &json!({}), 501),
    ];
    for (endpoint, cmdlet, parameters, expected) in cases {
        let (status, body) = documented(&world, &caller, endpoint, (cmdlet, parameters));
        assert_eq!(status, expected, "{endpoint} {cmdlet}: {body}");
    }
}
