//! A throw-away PostgreSQL for tests: `PF_TEST_POSTGRES_URL`, or a fresh cluster from the machine's own programs.

use sqlx::{Connection as _, Executor as _, PgConnection};
use std::io::{Error, Result};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// initdb and postgres refuse root; this id ("nobody") owns nothing else.
const UNPRIVILEGED: u32 = 65534;
const READY_CHECKS: u32 = 400;

/// Stopped and wiped when dropped. `PF_TEST_POSTGRES_URL` names a server without a database (`postgres://user@host:5432`)
/// on which databases may be made.
pub struct TestPostgres {
    url: String,
    cluster: Option<(Child, TempDir)>,
}

impl TestPostgres {
    /// `None` when no URL is set and PostgreSQL is not installed.
    pub async fn start() -> Result<Option<Self>> {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
        if let Ok(url) = std::env::var("PF_TEST_POSTGRES_URL") {
            return Ok(Some(Self { url, cluster: None }));
        }
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let folder = TempDir::new()?;
        let root = folder.path().metadata()?.uid() == 0;
        if root {
            chown(folder.path(), Some(UNPRIVILEGED), Some(UNPRIVILEGED))?;
        }
        initdb(&programs, folder.path(), root)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = serve(&programs, folder.path(), root, port)?;
        let url = format!("postgres://pf@127.0.0.1:{port}");
        let started = Self {
            url,
            cluster: Some((server, folder)),
        };
        started.wait_until_ready().await?;
        Ok(Some(started))
    }

    /// Makes an empty database and tells its URL. `name`: lower-case letters, digits, underscores.
    pub async fn database(&self, name: &str) -> Result<String> {
        let mut admin = self.admin().await.map_err(Error::other)?;
        let make = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        let drop = format!("DROP DATABASE IF EXISTS {name}");
        for sql in [drop, make] {
            admin
                .execute(sqlx::AssertSqlSafe(sql))
                .await
                .map_err(Error::other)?;
        }
        Ok(format!("{}/{name}", self.url))
    }

    async fn admin(&self) -> std::result::Result<PgConnection, sqlx::Error> {
        PgConnection::connect(&format!("{}/postgres", self.url)).await
    }

    async fn wait_until_ready(&self) -> Result<()> {
        for _ in 0..READY_CHECKS {
            if self.admin().await.is_ok() {
                return Ok(());
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "a starting server tells nobody when it is ready"
            )]
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        Err(Error::other("PostgreSQL did not become ready"))
    }
}

impl Drop for TestPostgres {
    fn drop(&mut self) {
        if let Some((server, _folder)) = &mut self.cluster {
            // Already gone is as good as ended.
            let _ = Command::new("kill")
                .args(["-INT", &server.id().to_string()])
                .status();
            let _ = server.wait();
        }
    }
}

/// Debian keeps them in a folder per version; elsewhere they are on the path.
fn programs() -> Option<PathBuf> {
    let versioned = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = versioned.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.extend(["/usr/local/bin", "/usr/bin"].map(PathBuf::from));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn command(program: &Path, root: bool) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir("/")
        .env_remove("HOME")
        .env("LC_ALL", "C.UTF-8");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if root {
        command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
    }
    command
}

fn initdb(programs: &Path, folder: &Path, root: bool) -> Result<()> {
    let fixed = [
        "-U",
        "pf",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ];
    let status = command(&programs.join("initdb"), root)
        .args(fixed)
        .arg("-D")
        .arg(folder.join("data"))
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::other("initdb failed"))
    }
}

fn serve(programs: &Path, folder: &Path, root: bool, port: u16) -> Result<Child> {
    let mut server = command(&programs.join("postgres"), root);
    server
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-p", &port.to_string()]);
    server
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
        .spawn()
}
