//! 性别: 男 or 女 (1 or 2, as GB/T 2261.1 codes them); everything else is kept as unknown.

use super::code::{Code, Codes};
use super::spelling::compact;

/// What a roster says of somebody's sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Not said, or not in a way that is known.
    Unknown,
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// As it is kept: the code of GB/T 2261.1.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "0",
            Self::Male => "1",
            Self::Female => "2",
        }
    }

    /// Reads a cell; nothing in it rejects a record.
    pub fn read(cell: &str, found: &mut Codes) -> Self {
        let text = compact(cell);
        let sex = match text.as_str() {
            "男" | "1" => Self::Male,
            "女" | "2" => Self::Female,
            _ => Self::Unknown,
        };
        found.add_if(sex != Self::Unknown && text != cell, Code::Normalised);
        sex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_are_read_and_the_rest_is_unknown() {
        let reading = |cell| {
            let mut found = Codes::default();
            (Sex::read(cell, &mut found), found.to_string())
        };
        for (cell, sex) in [
            ("男", Sex::Male),
            ("1", Sex::Male),
            ("女", Sex::Female),
            ("2", Sex::Female),
            ("", Sex::Unknown),
            ("M", Sex::Unknown),
            ("=1+1", Sex::Unknown),
            ("0", Sex::Unknown),
        ] {
            assert_eq!(reading(cell), (sex, String::new()), "{cell}");
        }
        assert_eq!(reading(" 女"), (Sex::Female, "normalised".to_owned()));
        assert_eq!(reading("１"), (Sex::Male, "normalised".to_owned()));
    }
}
