//! From sealed fields to the released form: the least revealing one that serves.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

/// What a form may need besides the resident's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Today, in the community's time zone: ages are taken at day granularity.
    pub today: Date,
    /// The community's code.
    pub community: String,
    /// Flats in the resident's building, as the imports counted them.
    pub flats: Option<i64>,
}

/// A building with fewer flats would single people out: the community is released in its stead.
pub const LEAST_FLATS: i64 = 20;

/// Opened fields, by name.
pub type Fields = BTreeMap<String, String>;

/// Whether there is a form for this claim.
#[must_use]
pub fn is_known(claim: &str) -> bool {
    form(claim).is_some()
}

/// The claim in its released form, under the name it goes out with. `None`: the record does not hold it.
#[must_use]
pub fn release(claim: &str, fields: &Fields, around: &Surroundings) -> Option<(String, Value)> {
    if claim == "building_no" && around.flats.unwrap_or(0) < LEAST_FLATS {
        return release("community_id", fields, around);
    }
    let value = form(claim)?(fields, around)?;
    Some((claim.to_owned(), value))
}

type Form = fn(&Fields, &Surroundings) -> Option<Value>;

fn form(claim: &str) -> Option<Form> {
    Some(match claim {
        "is_resident" => |fields, _| Some(Value::Bool(lives_here(fields))),
        "over_18" => |fields, around| is_over(18, fields, around),
        "over_60" => |fields, around| is_over(60, fields, around),
        "name_masked" => |fields, _| Some(masked_name(text(fields, "name")?).into()),
        "phone_masked" => |fields, _| Some(masked_phone(text(fields, "phone")?)?.into()),
        "phone_tail" => |fields, _| Some(tail(text(fields, "phone")?, 4)?.into()),
        "plate_tail" => |fields, _| Some(tail(text(fields, "plate")?, 2)?.into()),
        "plate_masked" => |fields, _| Some(masked_plate(text(fields, "plate")?)?.into()),
        "building_no" => |fields, _| Some(text(fields, "building")?.into()),
        "community_id" => |fields, around| lives_here(fields).then(|| around.community.clone().into()),
        "care_level_band" => |fields, _| Some(text(fields, "care_level")?.into()),
        "care_needed" => |fields, _| Some(Value::Bool(!matches!(text(fields, "care_level")?, "0" | "none"))),
        "phone_full" => |fields, _| Some(text(fields, "phone")?.into()),
        "contact_name" => |fields, _| Some(text(fields, "emergency_contact")?.into()),
        "contact_phone" => |fields, _| Some(text(fields, "emergency_phone")?.into()),
        "home_flat" => |fields, _| Some(flat(fields)?.into()),
        "language" => |fields, _| Some(text(fields, "language").unwrap_or("zh-Hans").into()),
        "ui_profile" => |fields, _| Some(text(fields, "ui_profile").unwrap_or("standard").into()),
        _ => return None,
    })
}

fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).map(String::as_str).filter(|text| !text.is_empty())
}

/// Building, unit and room: 3栋-2-101.
fn flat(fields: &Fields) -> Option<String> {
    let parts: Vec<&str> = ["building", "unit", "room"].iter().filter_map(|name| text(fields, name)).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

fn lives_here(fields: &Fields) -> bool {
    text(fields, "building").is_some() || text(fields, "room").is_some()
}

fn is_over(years: i16, fields: &Fields, around: &Surroundings) -> Option<Value> {
    let born: Date = text(fields, "birth_date")?.parse().ok()?;
    Some(Value::Bool(age(born, around.today) >= years))
}

/// Full years between two days. Who was born on 29 February grows older on 1 March in other years
/// (民法典 does not say; the later day never grants a right too early).
#[must_use]
pub fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

/// Compound surnames that are masked as one (复姓).
const COMPOUND: [&str; 20] = [
    "欧阳", "上官", "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒",
    "司空", "端木", "独孤", "南宫", "轩辕", "呼延",
];

/// The surname and a star: 张*, 欧阳*, 阿*.
#[must_use]
pub fn masked_name(name: &str) -> String {
    let compound = COMPOUND.iter().find(|surname| name.starts_with(**surname) && name.chars().count() > 2);
    let shown: String = match compound {
        Some(surname) => (*surname).to_owned(),
        None => name.chars().take(1).collect(),
    };
    format!("{shown}*")
}

/// The first three and last four digits: 138****1234.
#[must_use]
pub fn masked_phone(phone: &str) -> Option<String> {
    let (start, end) = (phone.get(..3)?, phone.get(phone.len().checked_sub(4)?..)?);
    (phone.len() == 11).then(|| format!("{start}****{end}"))
}

/// Province, letter, stars and the last three: 皖A·**345.
#[must_use]
pub fn masked_plate(plate: &str) -> Option<String> {
    let characters: Vec<char> = plate.chars().collect();
    let (start, rest) = characters.split_at_checked(2)?;
    let (hidden, end) = rest.split_at_checked(rest.len().checked_sub(3)?)?;
    let (start, end): (String, String) = (start.iter().collect(), end.iter().collect());
    Some(format!("{start}·{}{end}", "*".repeat(hidden.len())))
}

/// The first letter, and where the post goes: z***@example.cn.
#[must_use]
pub fn masked_email(email: &str) -> Option<String> {
    let (name, domain) = email.rsplit_once('@')?;
    Some(format!("{}***@{domain}", name.chars().next()?))
}

/// The last characters of something longer: what one compares by, and finds nobody by.
fn tail(value: &str, count: usize) -> Option<String> {
    let characters: Vec<char> = value.chars().collect();
    let at = characters.len().checked_sub(count).filter(|at| *at > count)?;
    characters.get(at..).map(|end| end.iter().collect())
}

/// A raw field as the resident's own page shows it before she presses "show": `None` where nothing needs hiding
/// from somebody who looks over her shoulder.
#[must_use]
pub fn masked_field(field: &str, value: &str) -> Option<String> {
    let masked = match field {
        "name" | "emergency_contact" => masked_name(value),
        "phone" | "emergency_phone" => masked_phone(value).unwrap_or_else(|| hidden(value)),
        "email" => masked_email(value).unwrap_or_else(|| hidden(value)),
        "plate" => masked_plate(value).unwrap_or_else(|| hidden(value)),
        "birth_date" => value.get(..4).map_or_else(|| hidden(value), |year| format!("{year}-**-**")),
        "document_number" | "note" | "care_level" => hidden(value),
        _ => return None,
    };
    Some(masked)
}

fn hidden(value: &str) -> String {
    "*".repeat(value.chars().count().min(8))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn around(flats: i64) -> Surroundings {
        Surroundings { today: date(2026, 11, 22), community: "340104-001".into(), flats: Some(flats) }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn released(claim: &str, pairs: &[(&str, &str)]) -> Option<(String, Value)> {
        release(claim, &fields(pairs), &around(48))
    }

    #[test]
    fn masks_show_as_little_as_serves() {
        assert_eq!(masked_name("张三"), "张*");
        assert_eq!(masked_name("欧阳梅"), "欧阳*");
        assert_eq!(masked_name("阿卜杜拉·卡迪尔"), "阿*");
        assert_eq!(masked_phone("13800001234").unwrap(), "138****1234");
        assert_eq!(masked_plate("皖A12345").unwrap(), "皖A·**345");
        assert_eq!(masked_plate("皖AD12345").unwrap(), "皖A·***345");
        assert_eq!(masked_email("zhang.lihua@example.cn").unwrap(), "z***@example.cn");
        assert_eq!((masked_phone("123"), masked_plate("皖")), (None, None));
    }

    #[test]
    fn lower_forms_are_less_than_what_they_lower() {
        assert_eq!(released("plate_tail", &[("plate", "皖A12345")]).unwrap().1, "45");
        assert_eq!(released("phone_tail", &[("phone", "13800001234")]).unwrap().1, "1234");
        assert_eq!(released("care_needed", &[("care_level", "2")]).unwrap().1, true);
        assert_eq!(released("care_needed", &[("care_level", "0")]).unwrap().1, false);
        assert_eq!((released("plate_tail", &[("plate", "皖A1")]), released("care_needed", &[])), (None, None));
    }

    #[test]
    fn an_age_changes_on_the_birthday_and_not_before() {
        assert_eq!(released("over_60", &[("birth_date", "1966-11-22")]).unwrap().1, true);
        assert_eq!(released("over_60", &[("birth_date", "1966-11-23")]).unwrap().1, false);
        assert_eq!(age(date(2008, 2, 29), date(2026, 2, 28)), 17);
        assert_eq!(age(date(2008, 2, 29), date(2026, 3, 1)), 18);
    }

    #[test]
    fn a_small_building_is_released_as_its_community() {
        let home = fields(&[("building", "3栋")]);
        assert_eq!(release("building_no", &home, &around(20)).unwrap(), ("building_no".into(), "3栋".into()));
        assert_eq!(release("building_no", &home, &around(19)).unwrap(), ("community_id".into(), "340104-001".into()));
    }

    #[test]
    fn what_the_record_does_not_hold_is_not_released() {
        assert_eq!(released("plate_masked", &[]), None);
        assert_eq!(released("over_60", &[("birth_date", "")]), None);
        assert_eq!(released("no_such_claim", &[]), None);
        assert_eq!(released("is_resident", &[]).unwrap().1, false);
    }
}
