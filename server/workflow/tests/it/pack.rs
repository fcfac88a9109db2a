//! Evidence packages of stories, as the service makes them, and what their check says.

use crate::fixture::{Story, USER_CREATE};
use serde_json::{Value, json};
use workflow::evidence::{
    FORMAT, Key, Known, Package, PackedHead, PackedLine, PackedVersion, PinnedBody, Problem, PublicKey, Said,
    Seal, Told, VERSION, Verdict, verify,
};
use workflow::journal::{Head, Line, Place};
use workflow::judge::{Editor, Version};
use workflow::{ApplicationId, Hash, PersonId, hex};

/// Stands for a key pair: what it "signs" only itself can make.
#[derive(Clone, Copy)]
pub(crate) struct Secret(&'static str);

pub(crate) const OURS: Secret = Secret("ours");
pub(crate) const THEIRS: Secret = Secret("theirs");

impl Secret {
    fn sign(self, digest: &Hash) -> String {
        hex(&Hash::of(&[self.0.as_bytes(), &digest.0].concat()).0)
    }

    pub(crate) fn read(pem: &str) -> Option<Self> {
        [OURS, THEIRS].into_iter().find(|key| key.0 == pem)
    }
}

impl PublicKey for Secret {
    fn fingerprint(&self) -> Hash {
        Hash::of(self.0.as_bytes())
    }

    fn made(&self, digest: &Hash, signature: &str) -> bool {
        self.sign(digest) == signature
    }
}

fn version() -> Version {
    Version {
        label: "3.0".to_owned(),
        number: 3,
        created: crate::fixture::at(5),
        editor: Editor::Person(PersonId::new("manager")),
        fields: [("PFDecision".to_owned(), json!("承認"))].into(),
    }
}

/// The third line, the manager's vote, was read from a version.
pub(crate) fn lines(story: &Story) -> Vec<Line> {
    let mut head = Head::START;
    let line = |(at, event): &(jiff::Timestamp, workflow::Event)| {
        let via = (head.seq == 2).then(|| Place::Item {
            version: 3,
            fingerprint: version().fingerprint(),
        });
        let line = Line::after(head, ApplicationId::new("a-1"), event.clone(), *at).led_to_by(via);
        head = Head {
            seq: line.seq,
            hash: line.seal().unwrap().hash,
        };
        line
    };
    story.events.iter().map(line).collect()
}

pub(crate) fn packed(story: &Story) -> Package {
    pack(&lines(story), serde_json::to_value(story.now()).unwrap(), OURS)
}

/// As the service packs them.
pub(crate) fn pack(lines: &[Line], state: Value, key: Secret) -> Package {
    let application = ApplicationId::new("a-1");
    let sealed: Vec<_> = lines.iter().map(|line| line.seal().unwrap()).collect();
    let head = |(seq, hash): (u64, Hash)| PackedHead {
        seq,
        hash,
        signature: key.sign(&Head { seq, hash }.digest(&application)),
        key_id: key.fingerprint().to_string()[..16].to_owned(),
    };
    let numbered = || (1..).zip(&sealed);
    let package = Package {
        format: FORMAT.to_owned(),
        version: VERSION,
        tenant: "t".to_owned(),
        number: state["number"].as_str().unwrap().to_owned(),
        definition: PinnedBody {
            workflow: workflow::WorkflowKey::new("user-create"),
            version: u32::try_from(state["definitionVersion"].as_u64().unwrap()).unwrap(),
            body: USER_CREATE.to_owned(),
            hash: Hash::of(USER_CREATE.as_bytes()),
        },
        state,
        lines: numbered()
            .map(|(seq, sealed)| PackedLine {
                seq,
                body: sealed.body.clone(),
                hash: sealed.hash,
            })
            .collect(),
        heads: numbered().map(|(seq, sealed)| head((seq, sealed.hash))).collect(),
        versions: lines.iter().filter_map(judged).collect(),
        told: Told::of(lines),
        key: Key {
            pem: key.0.to_owned(),
            fingerprint: key.fingerprint(),
        },
        seal: Seal {
            hash: Hash::of(b""),
            signature: String::new(),
        },
        application,
    };
    resealed(package, key)
}

pub(crate) fn resealed(package: Package, key: Secret) -> Package {
    let hash = Package::hash(&serde_json::to_value(&package).unwrap());
    let seal = Seal {
        hash,
        signature: key.sign(&Package::digest(hash)),
    };
    Package { seal, ..package }
}

fn judged(line: &Line) -> Option<PackedVersion> {
    let Some(Place::Item {
        version: number,
        fingerprint,
    }) = line.via
    else {
        return None;
    };
    Some(PackedVersion {
        line: line.seq,
        number,
        fingerprint,
        said: Some(Said::from(version())),
    })
}

pub(crate) fn checked(file: &[u8]) -> Verdict {
    let known = Known {
        fingerprint: Some(OURS.fingerprint()),
        head: None,
    };
    verify(file, Secret::read, known)
}

pub(crate) fn problems(package: &Package) -> Vec<(Problem, Option<u64>, String)> {
    let verdict = checked(package.text().unwrap().as_bytes());
    let faults = verdict.faults.into_iter();
    faults
        .map(|fault| (fault.problem, fault.line, fault.member))
        .collect()
}
