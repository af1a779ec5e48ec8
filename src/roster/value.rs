//! One field by the rule of its column, for whoever corrects it: what an import would have taken.

use jiff::civil::Date;

use super::code::Codes;
use super::spelling::{compact, trimmed};
use super::{Address, DocumentKind, Sex, birth_date, document, name, phone, plate};

/// The longest value of a field without a rule of its own, in characters.
const LONGEST: usize = 200;

/// The text is no value of that field. Says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a value of this field")]
pub struct NotAValue;

/// Reads a field in the one spelling that is kept; empty where there is none any more. `kind` is the kind of document
/// that the record names, for its number.
///
/// # Errors
/// When the text is no value of that field.
pub fn value(field: &str, text: &str, kind: &str, today: Date) -> Result<String, NotAValue> {
    let mut found = Codes::default();
    let value = match field {
        "name" => name::read(text, &mut found),
        "phone" => phone::read(text, &mut found).unwrap_or_default(),
        "plate" => plate::read(text, &mut found).unwrap_or_default(),
        "birth_date" => match birth_date::read(text, &mut found) {
            Some(day) if day > today || today.year() - day.year() > 130 => return Err(NotAValue),
            day => day.map(|day| day.to_string()).unwrap_or_default(),
        },
        "sex" => Sex::read(text, &mut found).as_str().to_owned(),
        "document_type" => DocumentKind::read(text, &mut found).ok_or(NotAValue)?.as_str().to_owned(),
        "document_number" => {
            let kind = DocumentKind::read(kind, &mut found);
            document::read(kind, text, today, &mut found).map(|number| number.text).unwrap_or_default()
        }
        "building" => Address::read(text, "", "", &mut found).building,
        "email" => email(text)?,
        "emergency_phone" => any_phone(text)?,
        _ => trimmed(text),
    };
    let fits = value.chars().count() <= LONGEST && !value.chars().any(char::is_control);
    if found.rejects() || !fits { Err(NotAValue) } else { Ok(value) }
}

/// An address that mail can be sent to: one `@`, a name before it, a domain of labels after it.
fn email(text: &str) -> Result<String, NotAValue> {
    let email = compact(text);
    if email.is_empty() {
        return Ok(email);
    }
    let (name, domain) = email.split_once('@').ok_or(NotAValue)?;
    let is_name = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !part.is_empty() && part.bytes().all(allowed)
    };
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let well_formed = email.len() <= 200
        && name.len() <= 64
        && name.split('.').all(is_name)
        && domain.contains('.')
        && domain.split('.').all(is_label);
    if well_formed { Ok(email) } else { Err(NotAValue) }
}

/// The phone of whoever is called in need may be a landline or a foreign one.
fn any_phone(text: &str) -> Result<String, NotAValue> {
    let phone = compact(text);
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let written = phone.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'(' | b')'));
    if phone.is_empty() || (written && (5..=20).contains(&digits)) { Ok(phone) } else { Err(NotAValue) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(field: &str, text: &str) -> Option<String> {
        value(field, text, "居民身份证", date(2026, 11, 22)).ok()
    }

    #[test]
    fn a_field_is_kept_in_the_spelling_of_its_column() {
        assert_eq!(read("phone", "+86 137-6948-7769").unwrap(), "13769487769");
        assert_eq!(read("birth_date", "1962年3月15日").unwrap(), "1962-03-15");
        assert_eq!(read("building", "三号楼").unwrap(), "3栋");
        assert_eq!(read("plate", "皖a·12345").unwrap(), "皖A12345");
        assert_eq!(read("document_number", "11010519491231002x").unwrap(), "11010519491231002X");
        assert_eq!(read("emergency_contact", " 李　四 ").unwrap(), "李 四");
        assert_eq!(read("email", "Zhang.Lihua＠example.cn"), None);
        assert_eq!(read("email", " zhang.lihua@example.cn ").unwrap(), "zhang.lihua@example.cn");
        assert_eq!((read("plate", "").unwrap(), read("email", "").unwrap()), (String::new(), String::new()));
        assert_eq!(read("emergency_phone", "0551-62345678").unwrap(), "0551-62345678");
    }

    #[test]
    fn what_is_no_value_is_refused() {
        let long = "长".repeat(201);
        for (field, text) in [
            ("name", ""),
            ("name", "张3"),
            ("phone", "12345"),
            ("birth_date", "2026-11-23"),
            ("birth_date", "1890-01-01"),
            ("birth_date", "1962-02-30"),
            ("document_number", "110105194912310021"),
            ("document_type", "驾驶证"),
            ("plate", "皖A1"),
            ("email", "a@b"),
            ("email", "a@@b.cn"),
            ("email", "a b@"),
            ("email", "a<script>@b.cn"),
            ("emergency_phone", "call me"),
            ("note", &long),
            ("note", "a\u{7}b"),
        ] {
            assert_eq!(read(field, text), None, "{field}: {text}");
        }
    }
}
