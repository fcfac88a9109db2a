//! Why a call of another system came to nothing. A person has to look.

use forms::Language;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallFailure {
    /// The server's configuration does not name the destination any more.
    NoDestination { name: String },
    /// The other system will not take it.
    Refused {
        status: u16,
        /// Its words, safe to show; may be empty.
        words: String,
    },
    /// The other system took it, tried, and says why it did not succeed.
    Failed { reason: String },
    /// No answer came while one was waited for.
    Unanswered,
}

impl CallFailure {
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::Ja => self.in_japanese(),
            Language::En => self.in_english(),
        }
    }

    fn in_japanese(&self) -> String {
        match self {
            Self::NoDestination { name } => {
                format!("送信先「{name}」がサーバーの設定([actions.{name}])にありません。")
            }
            Self::Refused { status, words } if words.is_empty() => {
                format!("相手のシステムが依頼を拒否しました（HTTP {status}）。")
            }
            Self::Refused { status, words } => {
                format!("相手のシステムが依頼を拒否しました（HTTP {status}）: 「{words}」")
            }
            Self::Failed { reason } => {
                format!("相手のシステムで処理が失敗しました: 「{reason}」")
            }
            Self::Unanswered => "相手のシステムから期限までに回答がありませんでした。処理されている可能性があります。再実行すると、同じ依頼を同じ識別子で送ります。".to_owned(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::NoDestination { name } => {
                format!(
                    "The server's configuration does not name the destination \"{name}\" ([actions.{name}])."
                )
            }
            Self::Refused { status, words } if words.is_empty() => {
                format!("The other system refused the request (HTTP {status}).")
            }
            Self::Refused { status, words } => {
                format!("The other system refused the request (HTTP {status}): \"{words}\"")
            }
            Self::Failed { reason } => format!("The other system could not do it: \"{reason}\""),
            Self::Unanswered => "The other system did not answer in time. It may have done it: a retry sends the same request under the same id.".to_owned(),
        }
    }
}
