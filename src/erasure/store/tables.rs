//! What becomes of each table that says something of a resident. A test holds this list against the schema: a table
//! with a column about residents that is not here fails it.

use super::Counts;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// When the rows of a table go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// With the data key.
    Erased,
    /// With the log key: they prove what was agreed, or whose turn it was (PIPL 69).
    DetailsGone,
    /// They stay: nothing in them leads to a person once the keys are gone.
    Never,
}

/// Table, when its rows go, and by which statements ($1: the resident), those first that others hang from.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// When.
    pub when: When,
    /// How.
    how: &'static str,
}

impl Table {
    /// Whether whole rows go.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.how.starts_with("DELETE")
    }
}

const fn table(name: &'static str, when: When, how: &'static str) -> Table {
    Table { name, when, how }
}

/// Every table with a column about residents, in the order in which their rows go: what points at a row before the row.
pub const TABLES: &[Table] = &[
    table("vault_field", When::Erased, "DELETE FROM vault_field WHERE resident = $1"),
    table("resident_index", When::Erased, "DELETE FROM resident_index WHERE resident = $1"),
    table(
        "once",
        When::Erased,
        "DELETE FROM once
          WHERE (kind IN ('invitation', 'recovery_code', 'recovery', 'desk_recovery', 'mail_address',
                         'child_named') AND subject = $1)
             OR (kind = 'mandate' AND subject IN (SELECT id FROM mandate WHERE principal = $1 OR delegate = $1))
             OR (kind = 'desk_act' AND subject IN (SELECT id FROM desk_act WHERE resident = $1))
             OR (kind IN ('code', 'refresh_token') AND subject IN (SELECT id FROM oauth_grant WHERE resident = $1))",
    ),
    table(
        "oauth_device",
        When::Erased,
        "DELETE FROM oauth_device WHERE grant_id IN (SELECT id FROM oauth_grant WHERE resident = $1)",
    ),
    // Their tokens go with them.
    table("oauth_grant", When::Erased, "DELETE FROM oauth_grant WHERE resident = $1"),
    table("resident_sign_on", When::Erased, "DELETE FROM resident_sign_on WHERE resident = $1"),
    table("resident_session", When::Erased, "DELETE FROM resident_session WHERE resident = $1"),
    table("resident_passkey", When::Erased, "DELETE FROM resident_passkey WHERE resident = $1"),
    table("resident_subject", When::Erased, "DELETE FROM resident_subject WHERE resident = $1"),
    table("inbox_message", When::Erased, "DELETE FROM inbox_message WHERE resident = $1"),
    table("courier_way", When::Erased, "DELETE FROM courier_way WHERE resident = $1"),
    table("consent_draft", When::Erased, "DELETE FROM consent_draft WHERE resident = $1"),
    table("consent_no", When::Erased, "DELETE FROM consent_no WHERE resident = $1"),
    table("resident_preference", When::Erased, "DELETE FROM resident_preference WHERE resident = $1"),
    // How the desk called her, and what it was to do for her, goes. That it was done, by whom and whether somebody was
    // pressed is what auditors count: it stays as long as the log's details.
    table(
        "desk_sitting",
        When::Erased,
        "UPDATE desk_sitting SET label = '', ended_at = COALESCE(ended_at, (SELECT erased_at FROM resident WHERE id = $1))
          WHERE resident = $1",
    ),
    table(
        "desk_act",
        When::Erased,
        "UPDATE desk_act SET body = '', outcome = COALESCE(outcome, 'stopped'),
                settled_at = COALESCE(settled_at, (SELECT erased_at FROM resident WHERE id = $1))
          WHERE resident = $1",
    ),
    table("desk_card", When::Erased, "DELETE FROM desk_card WHERE resident = $1"),
    table("desk_recovery", When::Erased, "DELETE FROM desk_recovery WHERE resident = $1"),
    // What her apps owe stands; nobody can say any more to whom.
    table("deletion_order", When::Erased, "UPDATE deletion_order SET resident = NULL WHERE resident = $1"),
    table("relative_grant", When::Erased, "DELETE FROM relative_grant WHERE resident = $1 OR relative = $1"),
    table("resident_arrangement", When::Erased, "DELETE FROM resident_arrangement WHERE resident = $1"),
    // What the desk did stands in the log; how it called her lies sealed in these.
    table("sealing", When::Erased, "DELETE FROM sealing WHERE resident = $1"),
    // That there was an emergency, and who looked at it afterwards, stays; whom it was about goes with what was signed.
    table("emergency_listed", When::Erased, "DELETE FROM emergency_listed WHERE resident = $1"),
    table("vault_emergency_resident", When::Erased, "DELETE FROM vault_emergency_resident WHERE resident = $1"),
    table(
        "emergency",
        When::Erased,
        "UPDATE emergency SET resident = NULL, asked = '', approved = NULL, review = NULL WHERE resident = $1",
    ),
    table("resident_shielded", When::Erased, "DELETE FROM resident_shielded WHERE resident = $1"),
    table(
        "mandate_request",
        When::Erased,
        "DELETE FROM mandate_request
          WHERE mandate IN (SELECT id FROM mandate WHERE principal = $1 OR delegate = $1)",
    ),
    // Nobody acts for her any more, nor she for anybody.
    table(
        "mandate",
        When::Erased,
        "UPDATE mandate SET ended_by = CASE WHEN principal = $1 THEN 'principal' ELSE 'delegate' END,
                ended_at = (SELECT erased_at FROM resident WHERE id = $1)
          WHERE (principal = $1 OR delegate = $1) AND ended_at IS NULL",
    ),
    // What is still to be delivered says only what its client calls her.
    table("outbox", When::Erased, "UPDATE outbox SET resident = NULL WHERE resident = $1"),
    // What she wrote goes, and what was answered; when each step was made stays as long as the entries that tell of it.
    table(
        "case_event",
        When::Erased,
        "UPDATE case_event SET body = NULL WHERE id IN (SELECT id FROM case_current WHERE resident = $1)",
    ),
    table(
        "case_event",
        When::DetailsGone,
        "DELETE FROM case_event WHERE id IN (SELECT id FROM case_current WHERE resident = $1)",
    ),
    table("case_current", When::DetailsGone, "DELETE FROM case_current WHERE resident = $1"),
    table(
        "mandate_consent",
        When::DetailsGone,
        "DELETE FROM mandate_consent WHERE mandate IN (SELECT id FROM mandate WHERE principal = $1)",
    ),
    // Who stood beside her, and who bore witness.
    table("desk_act", When::DetailsGone, "DELETE FROM desk_act WHERE resident = $1"),
    table("desk_sitting", When::DetailsGone, "DELETE FROM desk_sitting WHERE resident = $1"),
    table("mandate", When::DetailsGone, "DELETE FROM mandate WHERE principal = $1"),
    // Leave that somebody else gave her is that one's to look up: it stays, without her.
    table("mandate", When::DetailsGone, "UPDATE mandate SET delegate = NULL WHERE delegate = $1"),
    table(
        "vault_reads",
        When::DetailsGone,
        "DELETE FROM vault_reads WHERE consent IN (SELECT record FROM consent_current WHERE resident = $1)",
    ),
    table("consent_event", When::DetailsGone, "DELETE FROM consent_event WHERE resident = $1"),
    table("consent_current", When::DetailsGone, "DELETE FROM consent_current WHERE resident = $1"),
    // Destroyed by custody, key by key; the row says until then that it is.
    table("resident_key", When::Never, ""),
    // Says that there was somebody, by a random id.
    table("resident", When::Erased, "UPDATE resident SET language = NULL, mode = NULL WHERE id = $1"),
    // Says when, and holds the certificate.
    table("erasure", When::Never, ""),
];

/// Takes out what goes now.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, resident: &ResidentId, when: When) -> Result<(), Fault> {
    for table in TABLES.iter().filter(|table| table.when == when && !table.how.is_empty()) {
        execute!(tx, sqlx::query(table.how).bind(resident.as_str()))?;
    }
    Ok(())
}

/// How much there is of a resident; `consents` were just ended.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx, resident: &ResidentId, consents: usize) -> Result<Counts, Fault> {
    let (fields, passkeys, clients): (i64, i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT (SELECT count(*) FROM vault_field WHERE resident = $1),
                    (SELECT count(*) FROM resident_passkey WHERE resident = $1 AND removed_at IS NULL),
                    (SELECT count(*) FROM resident_subject WHERE resident = $1)",
        )
        .bind(resident.as_str())
    )?;
    Ok(Counts {
        fields: fields.cast_unsigned(),
        passkeys: passkeys.cast_unsigned(),
        consents: u64::try_from(consents).unwrap_or(u64::MAX),
        clients: clients.cast_unsigned(),
    })
}
