//! The rules of the house that a compiler cannot see: who may know whom, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

const PURE: [&str; 2] = ["forms", "workflow"];
const OUTSIDE_WORLD: [&str; 11] = [
    "tokio",
    "reqwest",
    "sqlx",
    "axum",
    "hyper",
    "rand",
    "fastrand",
    "getrandom",
    "chrono",
    "time",
    "openssl",
];
/// A crate may depend on crates of lower floors alone.
const FLOORS: [(&str, u8); 7] = [
    ("forms", 1),
    ("m365", 1),
    ("dev-tenant", 1),
    ("workflow", 2),
    ("provision", 2),
    ("store", 3),
    ("app", 4),
];
const LONGEST_FILE: usize = 300;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(vec![
            "--filter-platform".into(),
            "x86_64-unknown-linux-gnu".into(),
            "--locked".into(),
        ])
        .exec()
        .expect("cargo metadata runs")
}

/// Names of everything that `name` reaches by normal and build dependencies when it is built on its own:
/// `cargo metadata` would add what other members and their tests switch on.
fn reach(name: &str) -> BTreeSet<String> {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--target", "x86_64-unknown-linux-gnu", "--package", name])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    assert!(
        output.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).expect("UTF-8");
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|other| *other != name).map(str::to_owned).collect()
}

#[test]
fn pure_crates_never_reach_the_outside_world() {
    for name in PURE {
        let reached = reach(name);
        let found: Vec<_> = OUTSIDE_WORLD
            .iter()
            .filter(|forbidden| reached.contains(**forbidden))
            .collect();
        assert!(found.is_empty(), "{name} reaches {found:?}");
    }
}

#[test]
fn crates_know_only_the_floors_below_them() {
    let floors: BTreeMap<&str, u8> = FLOORS.into();
    for (name, floor) in FLOORS {
        for other in reach(name) {
            let Some(below) = floors.get(other.as_str()) else {
                continue;
            };
            // The binary carries the dev tenant as a feature; nothing else may see it.
            assert!(
                *below < floor,
                "{name} (floor {floor}) reaches {other} (floor {below})"
            );
            assert!(
                other != "dev-tenant" || name == "app",
                "{name} reaches the dev tenant"
            );
        }
    }
}

#[test]
fn every_member_has_a_floor() {
    let metadata = metadata();
    let floors: BTreeMap<&str, u8> = FLOORS.into();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        assert!(
            floors.contains_key(name) || ["e2e", "fuzz", "xtask"].contains(&name),
            "{name} has no floor"
        );
    }
}

#[test]
fn a_production_build_leaves_the_dev_tenant_out() {
    let metadata = metadata();
    let app = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "app")
        .expect("app");
    let dev_tenant = app
        .dependencies
        .iter()
        .find(|dependency| dependency.name == "dev-tenant")
        .expect("optional");
    assert!(
        dev_tenant.optional,
        "the dev tenant forges tokens: it must stay an optional dependency"
    );
}

#[test]
fn each_outside_library_has_one_owner() {
    let metadata = metadata();
    let owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::from([
        // The dev tenant delivers webhooks and the tests play a browser; in the product only m365 goes out.
        ("reqwest", BTreeSet::from(["m365", "dev-tenant", "e2e"])),
        ("sqlx", BTreeSet::from(["store"])),
    ]);
    for package in metadata.workspace_packages() {
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal)
        {
            if let Some(allowed) = owners.get(dependency.name.as_str()) {
                assert!(
                    allowed.contains(package.name.as_str()),
                    "{} knows {}",
                    package.name,
                    dependency.name
                );
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_one_idea() {
    let mut long = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("readable folder") {
            let path = entry.expect("readable entry").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default()
                .to_owned();
            if path.is_dir() && !path.is_symlink() {
                if ![
                    "target",
                    "node_modules",
                    "generated",
                    "lib",
                    "dist",
                    "release",
                    "temp",
                    "fixtures",
                ]
                .contains(&name.as_str())
                    && !name.starts_with('.')
                {
                    folders.push(path);
                }
            } else if [".rs", ".ts", ".tsx"]
                .iter()
                .any(|extension| name.ends_with(extension))
            {
                let lines = code_lines(&std::fs::read_to_string(&path).expect("UTF-8 source"));
                if lines > LONGEST_FILE {
                    long.push(format!("{lines} {}", path.display()));
                }
            }
        }
    }
    assert!(
        long.is_empty(),
        "over {LONGEST_FILE} code lines:\n{}",
        long.join("\n")
    );
}

/// Lines with code, up to the file's own tests.
fn code_lines(text: &str) -> usize {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//"))
        .count()
}
