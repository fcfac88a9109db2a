//! Width of Japanese characters: half-width kana become full, full-width letters and digits become half.

/// What may be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folding {
    /// Letters, digits and kana; brackets and punctuation stay as the writer chose them.
    Words,
    /// All of full-width ASCII.
    Ascii,
    /// As `Words`, and hiragana become katakana.
    Katakana,
}

/// Half-width katakana U+FF61 to U+FF9D, in order.
const FULL_KANA: [char; 61] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア',
    'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ',
    'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ',
    'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン',
];

pub(crate) fn fold(text: &str, folding: Folding) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        let folded = fold_char(c, folding);
        match out.last().copied().and_then(|before| voiced(before, c)) {
            Some(composed) => {
                out.pop();
                out.push(composed);
            }
            None => out.push(folded),
        }
    }
    out.into_iter().collect()
}

fn fold_char(c: char, folding: Folding) -> char {
    match c {
        '\u{3000}' => ' ',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => shift(c, -0xFEE0),
        '！'..='～' if folding == Folding::Ascii => shift(c, -0xFEE0),
        '\u{FF61}'..='\u{FF9D}' => FULL_KANA[c as usize - 0xFF61],
        '\u{FF9E}' => '゛',
        '\u{FF9F}' => '゜',
        'ぁ'..='ゖ' if folding == Folding::Katakana => shift(c, 0x60),
        _ => c,
    }
}

/// A kana and the sound mark behind it, half-width or combining, as one kana.
fn voiced(kana: char, mark: char) -> Option<char> {
    let half_voiced = match mark {
        '\u{FF9E}' | '\u{3099}' => false,
        '\u{FF9F}' | '\u{309A}' => true,
        _ => return None,
    };
    match (kana, half_voiced) {
        ('は' | 'ひ' | 'ふ' | 'へ' | 'ほ' | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ', true) => {
            Some(shift(kana, 2))
        }
        ('う' | 'ウ', false) => Some(shift(kana, 0x4E)),
        (kana, false) if "かきくけこさしすせそたちつてとはひふへほ".contains(kana) => {
            Some(shift(kana, 1))
        }
        (kana, false) if "カキクケコサシスセソタチツテトハヒフヘホ".contains(kana) => {
            Some(shift(kana, 1))
        }
        _ => None,
    }
}

fn shift(c: char, by: i32) -> char {
    (c as u32)
        .checked_add_signed(by)
        .and_then(char::from_u32)
        .unwrap_or(c)
}
