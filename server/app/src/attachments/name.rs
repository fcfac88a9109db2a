//! Names of files, made safe: what is shown is what is opened.

/// Not in names of SharePoint ("Restrictions and limitations in OneDrive and SharePoint").
const FORBIDDEN: [char; 9] = ['"', '*', ':', '<', '>', '?', '/', '\\', '|'];
/// Reserved there and in Windows, with or without a type.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "desktop.ini", ".lock"];
/// Longest name in characters: the path of an attachment may have 400 in all.
const LONGEST: usize = 128;
/// Longer ends after a dot are no types.
const LONGEST_TYPE: usize = 16;

/// The last part of a path, without characters that cannot be seen or that SharePoint forbids.
pub(super) fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.chars().filter(|character| !is_unseen(*character));
    let plain: String = seen
        .map(|one| if FORBIDDEN.contains(&one) { '_' } else { one })
        .collect();
    let trimmed = plain.trim().trim_end_matches(['.', ' ']);
    let short = shortened(trimmed);
    let lower = short.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    if short.is_empty() || is_reserved(&lower) || is_reserved(stem) {
        return format!("_{short}");
    }
    short
}

/// Its type in lower case; empty for none.
pub(super) fn kind(safe: &str) -> String {
    safe.rsplit_once('.')
        .map_or(String::new(), |(_, kind)| kind.to_lowercase())
}

/// The name, or the next free one like it: SharePoint tells no names apart by case.
pub(super) fn free(name: &str, taken: &[String]) -> String {
    let is_free = |wanted: &String| {
        let wanted = wanted.to_lowercase();
        !taken.iter().any(|other| other.to_lowercase() == wanted)
    };
    let (stem, end) = split(name);
    let numbered = (2..).map(|number: u32| format!("{stem} ({number}){end}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    candidates.find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Control characters, and those that hide or turn the text around them.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn is_reserved(lower: &str) -> bool {
    let is_port = |port: &str| lower.strip_prefix(port).is_some_and(|rest| rest.len() == 1);
    RESERVED.contains(&lower)
        || lower.starts_with("~$")
        || lower.contains("_vti_")
        || is_port("com")
        || is_port("lpt")
}

fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name[at..].chars().count() <= LONGEST_TYPE => name.split_at(at),
        _ => (name, ""),
    }
}

fn shortened(name: &str) -> String {
    let (stem, end) = split(name);
    let most = LONGEST - end.chars().count();
    let stem: String = stem.chars().take(most).collect();
    format!("{}{end}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_the_file_is() {
        for (name, expected) in [
            ("見積書 2026.pdf", "見積書 2026.pdf"),
            ("../../etc/passwd", "passwd"),
            (r"C:\temp\a.txt", "a.txt"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\u{0}b\r\n.txt", "ab.txt"),
            ("a<b>|c?.txt", "a_b__c_.txt"),
            ("run.exe. . ", "run.exe"),
            ("CON.txt", "_CON.txt"),
            ("com1", "_com1"),
            ("~$draft.docx", "_~$draft.docx"),
            ("..", "_"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert_eq!((kind("run.EXE").as_str(), kind("readme").as_str()), ("exe", ""));
    }

    #[test]
    fn two_files_never_share_a_name() {
        let taken = ["A.txt".to_owned(), "a (2).txt".to_owned()];
        assert_eq!(free("a.txt", &taken), "a (3).txt");
        assert_eq!(free("b.txt", &taken), "b.txt");
    }

    fn is_safe(name: &str) {
        let once = safe(name);
        assert!(
            !once.is_empty() && once.chars().count() <= LONGEST + 1,
            "{name:?}"
        );
        let bad = |one: char| FORBIDDEN.contains(&one) || is_unseen(one);
        assert!(!once.chars().any(bad), "{name:?}");
        assert!(
            !once.ends_with(['.', ' ']) && !once.starts_with(' '),
            "{name:?} {once:?}"
        );
        assert_eq!(kind(&safe(&once)), kind(&once), "{name:?}");
    }

    #[test]
    fn a_safe_name_is_safe_and_stays_what_it_is() {
        let pieces = [
            "a", ".", " ", "/", "\\", "\u{202e}", "\u{0}", "con", "~$", "exe", "高", "?", "com1",
        ];
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    let name = format!("{one}{two}{three}");
                    is_safe(&name);
                    is_safe(&name.repeat(80));
                }
            }
        }
    }
}
