//! No core dump: this process holds private keys, tokens and initial passwords in its memory.

use rustix::io;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// From now on the kernel writes no image of this process, and no other of the same user reads its memory.
pub(super) fn refuse() -> io::Result<()> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // Needed beside the limit, which does not count where dumps go to a program (systemd-coredump, apport; core(5)).
    let behaves = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // For the programs that we start, a vault's for instance: they inherit it. Where one is forbidden, the other counts.
    setrlimit(Resource::Core, none).and(behaves)
}

#[cfg(test)]
mod tests {
    use rustix::process::{dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn neither_a_file_nor_a_program_gets_a_dump() {
        refuse().unwrap();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
