//! What the import says of a record: one code for each thing that was found.

use std::collections::BTreeSet;
use std::fmt;

/// A sentence for the operator, in both languages of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

macro_rules! codes {
    ($($variant:ident $code:literal $verdict:ident $zh:literal $en:literal;)+) => {
        /// One finding about one record. The order is that of the codes' text, as reports list them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $variant,)+
        }

        impl Code {
            /// Every code there is, in the order of their text.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As it stands in a report.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// Whether a record with this finding stays outside; otherwise it goes in with a remark.
            #[must_use]
            pub const fn rejects(self) -> bool {
                match self { $(Self::$variant => codes!(@$verdict),)+ }
            }

            /// In words, without any value of the record.
            #[must_use]
            pub const fn words(self) -> Words {
                match self { $(Self::$variant => Words { zh: $zh, en: $en },)+ }
            }
        }
    };
    (@rejected) => { true };
    (@accepted) => { false };
}

codes! {
    AddressMissing "address_missing" accepted
        "楼栋、单元、房号都没有填写"
        "building, unit and room are all empty";
    BirthDateDiffersFromId "birth_date_differs_from_id" accepted
        "出生日期与证件号码中的日期不一致（采用证件号码的日期）"
        "the birth date differs from the one in the document number (the number's is kept)";
    BirthDateFormat "birth_date_format" rejected
        "出生日期无法识别，请写成 1970-01-31"
        "the birth date cannot be read; write it as 1970-01-31";
    DocumentTypeUnknown "document_type_unknown" rejected
        "证件类型不在规定的五种之内"
        "the document type is none of the five that are known";
    DuplicateId "duplicate_id" rejected
        "此人已经登记（与名册前面的记录或已在册居民重复）"
        "this person is already here, earlier in the file or in the community";
    IdFifteenDigits "id_15_digits" rejected
        "这是旧的 15 位号码，请填写现在的 18 位号码"
        "this is an old number of 15 digits; ask for the present one of 18";
    IdAgeOver130 "id_age_over_130" accepted
        "按证件号码年龄超过 130 岁，请人工核对"
        "born more than 130 years ago by the document number; have a person look at it";
    IdAreaUnknown "id_area_unknown" accepted
        "证件号码开头的地区代码不存在，请人工核对"
        "the document number begins with no known area code; have a person look at it";
    IdBirthDate "id_birth_date" rejected
        "证件号码中的出生日期不存在或在将来"
        "the birth date inside the document number does not exist or lies in the future";
    IdCheckDigit "id_check_digit" rejected
        "证件号码校验位不符，可能抄错"
        "the check digit of the document number is wrong; a digit was probably mistyped";
    IdLength "id_length" rejected
        "证件号码的位数或格式不符合该证件类型"
        "the document number has not the length or form of its kind";
    IdMissing "id_missing" accepted
        "没有证件号码，请到服务台登记"
        "no document number; this resident is enrolled at the desk";
    IdSpreadsheetDamage "id_spreadsheet_damage" rejected
        "证件号码被表格软件改坏（科学计数或末尾变 000），请把该列设为文本后重新填写"
        "a spreadsheet damaged the document number (3.4E+17, or 000 at its end); make the column text, enter it again";
    NameCharacters "name_characters" rejected
        "姓名中有不是文字的字符"
        "the name holds characters that are not letters";
    NameLength "name_length" rejected
        "姓名超过 50 个字"
        "the name is longer than 50 characters";
    NameMissing "name_missing" rejected
        "没有填写姓名"
        "the name is empty";
    Normalised "normalised" accepted
        "写法已统一（全角、空格、日期、电话、楼栋等写法）"
        "a spelling was made uniform (full width, spaces, dates, phone, building …)";
    PhoneFormat "phone_format" rejected
        "手机号不是 11 位的有效号码"
        "the phone is not a mobile number of 11 digits";
    PhoneShared "phone_shared" accepted
        "手机号与另一位居民相同"
        "another resident has the same phone";
    PlateFormat "plate_format" rejected
        "车牌号格式不正确"
        "the plate has not the form of a number plate";
    SexDiffersFromId "sex_differs_from_id" accepted
        "性别与证件号码不一致"
        "the sex differs from the one in the document number";
    TextFormula "text_formula" accepted
        "有文字以 = + - @ 开头：按文字保存，不会作为公式执行"
        "a text begins like a formula; it is kept as text and never run";
}

/// The findings about one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes(BTreeSet<Code>);

impl Codes {
    /// Adds a finding; twice is once.
    pub fn add(&mut self, code: Code) {
        self.0.insert(code);
    }

    /// Adds a finding when it holds.
    pub fn add_if(&mut self, holds: bool, code: Code) {
        if holds {
            self.add(code);
        }
    }

    /// Whether the record stays outside.
    #[must_use]
    pub fn rejects(&self) -> bool {
        self.0.iter().any(|code| code.rejects())
    }

    /// What a report lists: of a rejected record the reasons alone, of an accepted one the remarks.
    #[must_use]
    pub fn settled(mut self) -> Self {
        if self.rejects() {
            self.0.retain(|code| code.rejects());
        }
        self
    }

    /// The findings, in the order of their text.
    pub fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this was found.
    #[must_use]
    pub fn contains(&self, code: Code) -> bool {
        self.0.contains(&code)
    }
}

impl fmt::Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, code) in self.iter().enumerate() {
            let gap = if place == 0 { "" } else { " " };
            write!(f, "{gap}{}", code.as_str())?;
        }
        Ok(())
    }
}

impl FromIterator<Code> for Codes {
    fn from_iter<T: IntoIterator<Item = Code>>(codes: T) -> Self {
        Self(codes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_in_alphabetical_order() {
        let listed = Codes::from_iter(Code::ALL.iter().copied()).to_string();
        let mut sorted: Vec<&str> = listed.split(' ').collect();
        sorted.sort_unstable();
        assert_eq!(listed, sorted.join(" "));
        assert_eq!(sorted.len(), 22);
    }

    #[test]
    fn a_rejected_record_lists_only_why() {
        let codes = Codes::from_iter([Code::Normalised, Code::PhoneFormat, Code::IdLength]);
        assert_eq!(codes.settled().to_string(), "id_length phone_format");
        let codes = Codes::from_iter([Code::PhoneShared, Code::Normalised]);
        assert_eq!(codes.settled().to_string(), "normalised phone_shared");
    }
}
