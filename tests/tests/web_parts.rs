//! The web parts on Microsoft's own runtime in a real browser: on a phone, with the keyboard alone, and judged by axe.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use e2e::house::pause;
use e2e::offer::{managers_approval, step};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Two minutes: the demo sets a whole site up, on a machine that is busy.
const LOOKS: u32 = 600;
const LOOK: Duration = Duration::from_millis(200);
const SHIPPED: &str = include_str!("../../manifests/workflows/user-create.json");
const READY: &str = "ready.json";

/// Ends with the test, whatever becomes of it.
struct Demo {
    product: Child,
    folder: TempDir,
}

impl Demo {
    /// `definition`: offered in place of the shipped ones.
    fn start(root: &Path, definition: Option<&Value>) -> Self {
        let package = root.join("spfx-web/sharepoint/solution/provisioning-flow.sppkg");
        let modules = root.join("spfx-web/node_modules");
        assert!(
            package.exists() && modules.exists(),
            "run first: scripts/build-spfx"
        );
        let folder = tempfile::tempdir().expect("a folder");
        let mut product = Command::new(env!("CARGO_BIN_EXE_backend"));
        product
            .arg("demo")
            .arg("--data")
            .arg(folder.path().join("data"))
            .arg("--ready-file")
            .arg(folder.path().join(READY))
            .arg("--sppkg")
            .arg(package)
            .arg("--spfx-modules")
            .arg(modules);
        if let Some(definition) = definition {
            let offered = folder.path().join("workflows");
            std::fs::create_dir_all(&offered).expect("a folder");
            std::fs::write(offered.join("user-create.json"), definition.to_string()).expect("a definition");
            product.arg("--workflows").arg(offered);
        }
        let product = product.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self {
            product: product.expect("the demo starts"),
            folder,
        }
    }

    /// The file that tells where everything is.
    async fn ready(&mut self) -> PathBuf {
        let file = self.folder.path().join(READY);
        for _ in 0..LOOKS {
            if file.exists() || self.product.try_wait().expect("the demo").is_some() {
                break;
            }
            pause(LOOK).await;
        }
        assert!(file.exists(), "the demo is not ready");
        file
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.product.kill();
        let _ = self.product.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_f18_pages_are_accessible_fit_a_phone_and_work_by_touch_and_by_keyboard() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut demo = Demo::start(&root, None);
    let ready = demo.ready().await;
    passes(&root, &ready, &["phone.mjs", "keyboard.mjs"]);
}

/// One step that lets fields be corrected, then work by hand; and anybody may apply for anybody.
fn correctable() -> Value {
    let mut definition: Value = serde_json::from_str(SHIPPED).expect("JSON");
    let workers = json!([{ "from": "unit", "unit": "情報システム部" }]);
    let work = json!({ "manualWork": { "workers": workers, "stage": "beforeExecution" } });
    let fields = json!({ "editable": ["department", "post", "startDate", "groups"] });
    definition["steps"] = json!([managers_approval(&fields), step("phone", "電話機の設定", &work)]);
    definition["applyFor"] = json!("anyone");
    definition
}

#[tokio::test(flavor = "multi_thread")]
async fn f11_f12_a_form_is_corrected_and_applied_for_again_and_work_is_declined_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut demo = Demo::start(&root, Some(&correctable()));
    let ready = demo.ready().await;
    passes(&root, &ready, &["correct.mjs"]);
}

/// What it makes stands until a day.
fn until_a_day() -> Value {
    let mut definition: Value = serde_json::from_str(SHIPPED).expect("JSON");
    definition["steps"] = json!([managers_approval(&json!({}))]);
    definition["execution"]["end"] = json!({ "field": "startDate", "renewal": ["post"] });
    definition
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_what_stands_until_a_day_is_renewed_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut demo = Demo::start(&root, Some(&until_a_day()));
    let ready = demo.ready().await;
    passes(&root, &ready, &["renewal.mjs"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r21_r22_names_are_judged_and_asked_about_while_a_person_types() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut demo = Demo::start(&root, None);
    let ready = demo.ready().await;
    passes(&root, &ready, &["names.mjs"]);
}

fn passes(root: &Path, ready: &Path, scripts: &[&str]) {
    let clients = root.join("tests/clients");
    for script in scripts {
        let ran = Command::new("node")
            .arg(clients.join(script))
            .arg(ready)
            .current_dir(&clients)
            .output()
            .expect("node runs");
        let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
        assert!(
            ran.status.success() && said.contains(" 0 failed"),
            "{script}: {said}"
        );
    }
}
