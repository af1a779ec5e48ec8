//! What a mandate allows. What is not listed here nobody may do for somebody else: passkeys, recovery, the rights desk,
//! erasure and mandates themselves stay with the person.

/// One thing that a delegate may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// See which apps see what, and the visitors' book.
    See,
    /// See the principal's information, but for what is hidden.
    Data,
    /// Stop and pause apps.
    Stop,
    /// Object to what an app read, on the principal's behalf.
    Object,
    /// Agree to what an app asks, on the principal's behalf.
    Decide,
}

impl Right {
    /// All of them, in the order of the pages.
    pub const ALL: [Self; 5] = [Self::See, Self::Data, Self::Stop, Self::Object, Self::Decide];

    /// The word in the table, in forms and in locales.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Data => "data",
            Self::Stop => "stop",
            Self::Object => "object",
            Self::Decide => "decide",
        }
    }

    /// The right of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.as_str() == word)
    }
}
