//! What another system says, made safe to show: one line of text, not too long, that reads as it is written.

/// Without control characters, line breaks, and what makes text read otherwise than it stands there; at most `longest`
/// characters.
pub fn plain(text: &str, longest: usize) -> String {
    let shown: String = text
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
    let shown = words.join(" ");
    if shown.chars().count() <= longest {
        return shown;
    }
    let mut cut: String = shown.chars().take(longest.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Unicode Standard Annex 9 (marks and overrides of direction), and what has no width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_words_of_others_are_one_line_that_reads_as_it_stands() {
        assert_eq!(plain(" 在庫\r\n\tなし\u{0} ", 50), "在庫 なし");
        assert_eq!(plain("a\u{202E}b\u{200B}c\u{1b}[31m", 50), "abc [31m");
        assert_eq!(plain("あいうえお", 4), "あいう…");
        assert_eq!(plain("あいうえ", 4), "あいうえ");
    }
}
