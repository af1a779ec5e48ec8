//! What is sought: everything that is named must fit. A filter has one query, which stands in links, forms and entries.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::look::Row;
use crate::ids::{ClientId, PersonId};
use crate::ledger::Kind;

/// How a moment is written, in the community's time zone.
const MOMENT: &str = "%Y-%m-%dT%H:%M";
/// So many digits of an alias are enough to look for it; pages show as many.
pub const SHORT_ALIAS: usize = 8;

/// What is sought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// An app.
    pub app: Option<String>,
    /// A purpose's code.
    pub purpose: Option<String>,
    /// A claim or field.
    pub claim: Option<String>,
    /// `allowed` or `refused`.
    pub outcome: Option<String>,
    /// What kind of event.
    pub kind: Option<Kind>,
    /// A member of staff or an auditor who acted, by id.
    pub staff: Option<String>,
    /// Not before this moment.
    pub since: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// A resident's alias, or how it begins.
    pub alias: Option<String>,
}

/// A moment of a filter: as it was written, and in Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// `2026-11-21T23:00`
    pub said: String,
    /// Unix seconds.
    pub seconds: i64,
}

/// The text is no filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAFilter(pub &'static str);

impl Moment {
    /// Reads a moment, also with a space in the place of `T`, as people write it, or a day, which is its beginning.
    ///
    /// # Errors
    /// When it is not written as `2026-11-21T23:00`, or there is no such moment.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, NotAFilter> {
        let wrong = NotAFilter("not a moment");
        let mut said = text.trim().replacen(' ', "T", 1);
        if said.len() == 10 {
            said.push_str("T00:00");
        }
        let civil = DateTime::strptime(MOMENT, &said).map_err(|_| wrong)?;
        let seconds = civil.to_zoned(zone.clone()).map_err(|_| wrong)?.timestamp().as_second();
        // Years of other lengths and signs read as well; they are not written so.
        let plain = said.len() == 16 && civil.strftime(MOMENT).to_string() == said;
        plain.then_some(Self { said, seconds }).ok_or(wrong)
    }

    /// The moment of these Unix seconds, to the minute.
    #[must_use]
    pub fn at(seconds: i64, zone: &TimeZone) -> Self {
        let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Self { said: moment.to_zoned(zone.clone()).strftime(MOMENT).to_string(), seconds }
    }
}

impl Filter {
    /// Reads the members of a form or a query. What is empty seeks nothing.
    ///
    /// # Errors
    /// When a member is none of ours, is there twice, or cannot be.
    pub fn read(pairs: &[(String, String)], zone: &TimeZone) -> Result<Self, NotAFilter> {
        let mut filter = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                return Err(NotAFilter("a member twice"));
            }
            seen.push(name);
            if !value.is_empty() {
                filter.set(name, value, zone)?;
            }
        }
        Ok(filter)
    }

    fn set(&mut self, name: &str, value: &str, zone: &TimeZone) -> Result<(), NotAFilter> {
        let word = || {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
            let fits = value.len() <= 64 && value.bytes().all(plain);
            fits.then(|| value.to_owned()).ok_or(NotAFilter("not a code"))
        };
        match name {
            "app" => self.app = Some(ClientId::parse(value).map_err(|_| NotAFilter("not an app"))?.to_string()),
            "purpose" => self.purpose = Some(word()?),
            "claim" => self.claim = Some(word()?),
            "outcome" => match value {
                "allowed" | "refused" => self.outcome = Some(value.to_owned()),
                _ => return Err(NotAFilter("not an outcome")),
            },
            "kind" => self.kind = Some(Kind::of(value).ok_or(NotAFilter("not a kind"))?),
            "staff" => self.staff = Some(PersonId::parse(value).map_err(|_| NotAFilter("not a person"))?.to_string()),
            "since" => self.since = Some(Moment::parse(value, zone)?),
            "until" => self.until = Some(Moment::parse(value, zone)?),
            "alias" => {
                let hex = value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                let long = (SHORT_ALIAS..=32).contains(&value.len());
                self.alias = Some((hex && long).then(|| value.to_owned()).ok_or(NotAFilter("not an alias"))?);
            }
            _ => return Err(NotAFilter("a member that no page of ours has")),
        }
        Ok(())
    }

    /// The same as a query, without what is not sought: `app=rp-a&kind=refusal`.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.members() {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// What is sought, by name.
    #[must_use]
    pub fn members(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("app", self.app.as_deref()),
            ("purpose", self.purpose.as_deref()),
            ("claim", self.claim.as_deref()),
            ("outcome", self.outcome.as_deref()),
            ("kind", self.kind.map(Kind::as_str)),
            ("staff", self.staff.as_deref()),
            ("since", self.since.as_ref().map(|moment| moment.said.as_str())),
            ("until", self.until.as_ref().map(|moment| moment.said.as_str())),
            ("alias", self.alias.as_deref()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Whether this entry is sought.
    #[must_use]
    pub fn takes(&self, row: &Row) -> bool {
        let review = &row.review;
        let seconds = review.at.div_euclid(1_000);
        let fits =
            |wanted: &Option<String>, has: Option<&str>| wanted.as_deref().is_none_or(|wanted| has == Some(wanted));
        let alias = review.resident.as_deref().map(hex::encode).unwrap_or_default();
        fits(&self.app, review.client.as_deref())
            && fits(&self.purpose, review.purpose.as_deref())
            && self.claim.as_ref().is_none_or(|claim| review.claims.contains(claim))
            && fits(&self.outcome, Some(review.outcome.as_str()))
            && self.kind.is_none_or(|kind| kind == row.kind)
            && fits(&self.staff, review.person())
            && self.since.as_ref().is_none_or(|since| since.seconds <= seconds)
            && self.until.as_ref().is_none_or(|until| seconds < until.seconds)
            && self.alias.as_ref().is_none_or(|wanted| alias.starts_with(wanted.as_str()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Filter, NotAFilter> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Filter::read(&pairs, &TimeZone::fixed(jiff::tz::offset(8)))
    }

    #[test]
    fn a_filter_reads_back_from_its_own_query_and_leaves_empty_members_out() {
        let query = "app=rp-a&purpose=parking.book&claim=is_resident&outcome=refused&kind=refusal&since=2026-11-21T23%3A00&until=2026-11-22T06%3A00&alias=9ad74b34";
        let filter = read(query).unwrap();
        assert_eq!(filter.query(), query);
        assert_eq!(filter.since.unwrap().seconds, 1_795_273_200);
        assert_eq!(read("kind=staff&app=&alias=").unwrap().query(), "kind=staff");
        assert_eq!(read("").unwrap(), Filter::default());
    }

    #[test]
    fn what_no_form_sends_is_no_filter() {
        let person = "7".repeat(31);
        for not in [
            "app=a&app=b".to_owned(),
            "app=a%20b".into(),
            "kind=everything".into(),
            "outcome=perhaps".into(),
            "since=2026-11".into(),
            "since=21.11.2026".into(),
            "since=2026-02-30T10:00".into(),
            "since=2026-11-21T23:00:00".into(),
            "alias=9ad74b3".into(),
            "alias=9AD74B34".into(),
            format!("staff={person}"),
            "name=alice".into(),
        ] {
            assert!(read(&not).is_err(), "{not}");
        }
    }

    #[test]
    fn people_write_a_moment_with_a_space_or_only_its_day() {
        let said = |query| read(query).unwrap().query();
        assert_eq!(said("since=2026-11-21+23:00"), "since=2026-11-21T23%3A00");
        assert_eq!(said("until=2026-11-21"), "until=2026-11-21T00%3A00");
    }

    #[test]
    fn a_moment_is_said_to_the_minute() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(Moment::at(1_795_273_200, &zone), Moment::parse("2026-11-21T23:00", &zone).unwrap());
    }
}
