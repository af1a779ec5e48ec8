//! The fields of a form (`application/x-www-form-urlencoded`), read strictly.

use crate::http::error::Trouble;

/// More fields come from no page and no client of ours.
const MOST: usize = 64;

/// Names and values, in order. Whoever reads them takes what it knows and then says [`Fields::done`], so that a field
/// nobody knows is an error and not an attempt that goes unnoticed.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a body or a query.
    ///
    /// # Errors
    /// When it is not UTF-8 once decoded, holds a NUL, or has too many fields.
    pub fn parse(body: &[u8]) -> Result<Self, Trouble> {
        let mut fields = Vec::new();
        for pair in body.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == MOST {
                return Err(Trouble::bad_request("too many form fields"));
            }
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(at);
            fields.push((decode(name)?, decode(value.strip_prefix(b"=").unwrap_or_default())?));
        }
        Ok(Self(fields))
    }

    /// The fields of a form as the script of a page read them.
    #[must_use]
    pub const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Takes a field out. `None` when it is not there.
    ///
    /// # Errors
    /// When it is there twice.
    pub fn take(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let mut all = self.take_all(name);
        if all.len() > 1 {
            return Err(Trouble::bad_request("a form field twice"));
        }
        Ok(all.pop())
    }

    /// Takes a field out that may come several times (check boxes).
    pub fn take_all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.0).into_iter().partition(|(known, _)| known == name);
        self.0 = left;
        taken.into_iter().map(|(_, value): (String, String)| value).collect()
    }

    /// All that are left, in order.
    #[must_use]
    pub fn rest(self) -> Vec<(String, String)> {
        self.0
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// When a field came that nobody asked for (case 109).
    pub fn done(self) -> Result<(), Trouble> {
        if self.0.is_empty() { Ok(()) } else { Err(Trouble::bad_request("a form field that nobody asked for")) }
    }
}

fn decode(text: &[u8]) -> Result<String, Trouble> {
    let spaced: Vec<u8> = text.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
    let decoded = percent_encoding::percent_decode(&spaced).decode_utf8();
    let decoded = decoded.map_err(|_| Trouble::bad_request("a form field is not UTF-8"))?;
    if decoded.contains('\0') {
        return Err(Trouble::bad_request("a NUL in a form field"));
    }
    Ok(decoded.into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_by_name_and_nothing_may_be_left() {
        let mut fields = Fields::parse("claim=a&claim=b&name=%E5%BC%A0+x&empty".as_bytes()).unwrap();
        assert_eq!(fields.take_all("claim"), ["a", "b"]);
        assert_eq!(fields.take("name").unwrap().unwrap(), "张 x");
        assert!(fields.clone().done().is_err());
        assert_eq!(fields.take("empty").unwrap().unwrap(), "");
        assert_eq!(fields.take("empty").unwrap(), None);
        fields.done().unwrap();
    }

    #[test]
    fn nonsense_is_refused() {
        for body in ["a=%00", "a=%FF", "a=\0", &"a&".repeat(65)] {
            assert!(Fields::parse(body.as_bytes()).is_err(), "{body}");
        }
        assert!(Fields::parse(b"a=1&a=2").unwrap().take("a").is_err());
    }
}
