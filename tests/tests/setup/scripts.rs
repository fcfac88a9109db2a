//! Scripts that do something say what, and do not begin with it when they are only asked.

use std::path::Path;
use std::process::{Command, Output};

use super::text;

fn script(name: &str, argument: &str) -> Output {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts");
    let mut script = Command::new(scripts.join(name));
    // Nothing is to be found or written there.
    let script = script.arg(argument).env("PF_CACHE", "/nonexistent");
    script.output().expect("the script runs")
}

#[test]
fn each_script_tells_its_usage_without_doing_anything() {
    for name in [
        "bench",
        "demo",
        "demo-administrator",
        "fuzz",
        "renew-credentials",
        "soak",
        "test",
    ] {
        let told = script(name, "--help");
        let usage = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.success(), "{name}: {}", text(&told));
        assert!(usage.contains(&format!("scripts/{name}")), "{name}: {usage}");
        assert!(!usage.contains("set -euo"), "{name}: {usage}");
    }
}

#[test]
fn an_argument_that_the_demo_does_not_know_is_refused_with_the_usage() {
    for name in ["demo", "demo-administrator"] {
        let refused = script(name, "--twice");
        assert_eq!(refused.status.code(), Some(2), "{name}: {}", text(&refused));
        assert!(
            text(&refused).contains("scripts/demo"),
            "{name}: {}",
            text(&refused)
        );
    }
}
