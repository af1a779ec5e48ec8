//! The decision on a look of people: the resident's own, a delegate's, staff's, the operator's.

use super::decide::{Facts, No, Verdict};
use crate::ids::{EmergencyId, PersonId, ResidentId};
use crate::ledger::queue::Ask;
use crate::ledger::{Actor, By, Entry, Extra, Kind, Outcome};
use crate::mandate::Right;

/// What an invitation's slip needs: whom to hand it to and where, and whether she is old enough for one.
pub const FIELDS_OF_A_SLIP: [&str; 5] = ["name", "birth_date", "building", "unit", "room"];

/// What a letter outside the portal needs: where to, and in which language.
pub const FIELDS_OF_A_LETTER: [&str; 3] = ["email", "phone", "language"];

impl Facts<'_> {
    pub(super) fn own_eyes(&self, ask: &Ask, resident: &ResidentId, by: &By, reason: &'static str) -> Verdict {
        let asked = ask.claims.clone().unwrap_or_default();
        let mut entry = Entry::about(Kind::SelfView, resident, self.now);
        entry.request = Some(ask.request.clone());
        entry.reason = reason;
        let claims = self.shown_to(by, resident, reason, &asked);
        match &claims {
            Ok(shown) => entry.claims.clone_from(shown),
            Err(no) => {
                entry.claims = asked;
                entry.outcome = Outcome::Refused;
                entry.reason = no;
            }
        }
        let claims = claims.map_err(No::Basis);
        Verdict { entry: entry.by(by), resident: resident.clone(), claims, given_at: None, valid_until: None }
    }

    // Her own hand sees everything; that of another, while the mandate is in force, what it shows and has a right to.
    fn shown_to(
        &self, by: &By, resident: &ResidentId, reason: &str, asked: &[String],
    ) -> Result<Vec<String>, &'static str> {
        // How she is called, half hidden, stands on the offer already, and on what is left of an ended mandate.
        let Some(id) = by.mandate().filter(|_| reason != "greeting") else { return Ok(asked.to_vec()) };
        let mandate = self.mandates.get(id).filter(|mandate| mandate.principal == *resident).ok_or("mandate_over")?;
        // Whoever decides must see what goes out.
        let may = mandate.allows(Right::Data) || (reason == "consent_page" && mandate.allows(Right::Decide));
        let shows = |name: &String| {
            let made_of = self.catalogue.fields_of(std::slice::from_ref(name));
            mandate.shows(name) && made_of.iter().all(|field| mandate.shows(field))
        };
        if may { Ok(asked.iter().filter(|name| shows(name)).cloned().collect()) } else { Err("mandate_scope") }
    }

    // An act of staff about the resident (kind 12), with the person's id.
    pub(super) fn staff(&self, ask: &Ask, resident: &ResidentId, person: &PersonId, reason: &'static str) -> Verdict {
        let verdict = self.operator(ask, resident, reason);
        let entry = Entry { kind: Kind::Staff, ..verdict.entry }.by(&By::Staff(person.clone()));
        Verdict { entry, ..verdict }
    }

    // Two members of staff in an emergency (kind 14): nothing of it rests on her consent, so all of it on these lines.
    pub(super) fn in_emergency(
        &self, ask: &Ask, resident: &ResidentId, person: &PersonId, emergency: &EmergencyId,
    ) -> Verdict {
        let asked = ask.claims.clone().unwrap_or_default();
        let approved = self.emergencies.get(&(emergency.clone(), resident.clone()));
        let claims =
            approved.ok_or("emergency_not_open").and_then(|approved| approved.allows(person, &asked, self.now));
        let entry = Entry {
            claims: asked.clone(),
            request: Some(ask.request.clone()),
            reason: claims.err().unwrap_or("emergency_read"),
            outcome: if claims.is_ok() { Outcome::Allowed } else { Outcome::Refused },
            extra: Extra::Notes(vec![("emergency", emergency.to_string())]),
            ..Entry::about(Kind::BreakGlass, resident, self.now)
        };
        let claims = claims.map(|()| asked).map_err(No::Basis);
        let entry = entry.by(&By::Staff(person.clone()));
        Verdict { entry, resident: resident.clone(), claims, given_at: None, valid_until: None }
    }

    // An act about the resident (kind 13), in her book like every other; beyond the slip's fields it is refused.
    pub(super) fn operator(&self, ask: &Ask, resident: &ResidentId, reason: &'static str) -> Verdict {
        let asked = ask.claims.clone().unwrap_or_default();
        let mut entry = Entry::about(Kind::Operator, resident, self.now);
        entry.actor = if reason == "letter" { Actor::Service } else { Actor::Operator };
        entry.claims.clone_from(&asked);
        entry.reason = reason;
        entry.request = Some(ask.request.clone());
        let may = |field: &String| match reason {
            "letter" => FIELDS_OF_A_LETTER.contains(&field.as_str()),
            _ => FIELDS_OF_A_SLIP.contains(&field.as_str()),
        };
        let claims = if asked.iter().all(may) {
            Ok(asked)
        } else {
            entry.outcome = Outcome::Refused;
            entry.reason = "not_for_operators";
            Err(No::Basis("not_for_operators"))
        };
        Verdict { entry, resident: resident.clone(), claims, given_at: None, valid_until: None }
    }
}
