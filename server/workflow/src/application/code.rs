//! State codes, as lists show them. A draft exists only in the inbox.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($code:ident)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($code,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => stringify!($code),)*
                }
            }
        }
    };
}

codes! { DR SU IA SB PB HO AP EX MW RV CO PC FA RJ WD EP CA }

impl Code {
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Self::CO | Self::PC | Self::FA | Self::RJ | Self::WD | Self::EP | Self::CA
        )
    }
}
