//! A second instance of the product beside the first, on the same database.

use std::process::{Child, Command, Stdio};

use crate::house::{House, ready};
use crate::port::free_address;

pub struct Twin {
    client: reqwest::Client,
    child: Child,
    log: std::path::PathBuf,
}

impl Twin {
    /// Starts it and waits until it is ready. It serves elsewhere; everything else is as the first has it.
    pub async fn beside(house: &House) -> Self {
        let (listen, metrics) = (free_address(), free_address());
        let text = std::fs::read_to_string(&house.config).expect("the configuration");
        let text = text
            .replace(&house.listen.to_string(), &listen.to_string())
            .replace(&house.metrics.to_string(), &metrics.to_string());
        let config = house.config.with_file_name("twin.toml");
        house.keep("twin.toml", text);
        let log = config.with_file_name("twin.log");
        let child = Command::new(&house.backend)
            .arg("--config")
            .arg(&config)
            .arg("serve")
            .args(house.logging)
            .stdin(Stdio::null())
            .stderr(std::fs::File::create(&log).expect("a log file"))
            .spawn()
            .expect("the product starts");
        let client = house.client_to(listen);
        let twin = Self { client, child, log };
        assert!(
            ready(&twin.client).await,
            "the twin is not ready:\n{}",
            twin.log()
        );
        twin
    }

    /// What reaches this instance.
    pub fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it still is the process that was started.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|ended| ended.is_none())
    }
}

impl Drop for Twin {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
