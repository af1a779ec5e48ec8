//! What a resident takes along when she moves (PIPL 45(3)): her record, signed by the community that kept it, for another
//! one to take in as if its own office had written it down.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::export::{fields, said};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::jwk::PublicKey;
use crate::crypto::jws::Unverified;
use crate::crypto::token::Token;
use crate::ids::{RequestId, ResidentId};
use crate::roster::{Address, Column, Roster};

/// The type in the header of a package.
const TYPE: &str = "resident-package+jwt";
/// Nobody takes a package in that is older.
const LIFE: Duration = Duration::from_secs(90 * 86_400);

/// Fields that belong to the old flat, or that the next community asks for itself.
const LEFT_BEHIND: [&str; 6] = ["building", "unit", "room", "relation", "tenure", "care_level"];

/// What a package says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Package {
    /// The service that signed it.
    pub iss: String,
    /// When, Unix seconds.
    pub iat: i64,
    /// Until when it may be taken in, Unix seconds.
    pub exp: i64,
    /// Its own name: random.
    pub jti: String,
    /// The name of the community that kept the record.
    pub community: String,
    /// When it was made, for people.
    pub made_at: String,
    /// The record, without what belongs to the old flat.
    pub record: BTreeMap<String, String>,
}

/// A package to hand out.
#[derive(Debug)]
pub struct Packed {
    /// The package, a compact JWS.
    pub jws: String,
    /// The names of the fields inside.
    pub fields: Vec<String>,
}

/// Packs a resident's record, for her own hand.
///
/// # Errors
/// When the record is erased, the gate cannot enter the look, or the database fails.
pub async fn pack(app: &App, resident: &ResidentId, request: RequestId) -> Result<Packed, Refusal> {
    let record = fields(app, resident, "move_package", request).await?;
    let taken = record.into_iter().filter(|field| !LEFT_BEHIND.contains(&field.name.as_str()));
    let record: BTreeMap<String, String> = taken.map(|field| (field.name, field.value)).collect();
    let now = app.now();
    let package = Package {
        iss: app.config.server.issuer.as_str().to_owned(),
        iat: now.seconds(),
        exp: now.plus(LIFE).seconds(),
        jti: Token::random()?.expose().to_owned(),
        community: app.config.community.name.clone(),
        made_at: said(app, now),
        record,
    };
    let jws = app.keyring.signer(now)?.sign(TYPE, &package)?;
    Ok(Packed { jws, fields: package.record.into_keys().collect() })
}

/// The columns of a roster that a package fills.
const COLUMNS: [(Column, &str); 10] = [
    (Column::Name, "name"),
    (Column::DocumentType, "document_type"),
    (Column::DocumentNumber, "document_number"),
    (Column::Sex, "sex"),
    (Column::BirthDate, "birth_date"),
    (Column::Phone, "phone"),
    (Column::Plate, "plate"),
    (Column::EmergencyContact, "emergency_contact"),
    (Column::EmergencyPhone, "emergency_phone"),
    (Column::Note, "note"),
];

impl Package {
    /// The package as a roster of one, with the flat she moves into: it is judged by the same rules as every other.
    #[must_use]
    pub fn roster(&self, flat: &Address) -> Roster {
        let text = |name: &str| self.record.get(name).cloned().unwrap_or_default();
        let mut cells: Vec<_> = COLUMNS.iter().map(|(column, name)| (*column, text(name))).collect();
        cells.push((Column::Building, flat.building.clone()));
        cells.push((Column::Unit, flat.unit.clone()));
        cells.push((Column::Room, flat.room.clone()));
        Roster::of_one(cells)
    }
}

/// The file is no package that may be taken in. Says nothing of what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPackage(pub &'static str);

/// Reads a package that one of these keys signed, as of now.
///
/// # Errors
/// When it is none, was signed by nobody of them, or is too old.
pub fn unpack(jws: &str, keys: &[PublicKey], now: Timestamp) -> Result<Package, NotAPackage> {
    let unverified = Unverified::read(jws.trim()).map_err(|bad| NotAPackage(bad.0))?;
    if unverified.header("typ") != Some(TYPE) {
        return Err(NotAPackage("not a package of a resident"));
    }
    let kid = unverified.header("kid");
    let key =
        keys.iter().find(|key| key.kid() == kid).ok_or(NotAPackage("signed with a key that is not among these"))?;
    let package: Package = unverified.verify(key).map_err(|bad| NotAPackage(bad.0))?;
    let in_time = package.iat <= now.seconds() && now.seconds() < package.exp;
    if in_time { Ok(package) } else { Err(NotAPackage("too old, or from the future")) }
}
