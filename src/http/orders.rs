//! `POST /orders/receipts`: a client says what became of a deletion order.
//!
//! The body is JSON; the client shows who it is in the header, as it does where it fetches events.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::OAuthError;
use super::events::is_json;
use super::extract::ClientOfHeader;
use super::layers::detached;
use crate::app::App;
use crate::oauth::Refusal;
use crate::orders::{self, Receipt, Standing};

/// How an order stands, for the client whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderAnswered {
    /// The order.
    order: String,
    /// `deleted`, `kept`, or `lifted`: the resident gave the same again before.
    #[schema(example = "deleted")]
    outcome: &'static str,
    /// When the client said so, Unix seconds.
    answered_at: i64,
    /// By when it was to be said, Unix seconds.
    due_at: i64,
}

/// `POST /orders/receipts`
pub async fn receipt(
    State(app): State<App>, ClientOfHeader(client): ClientOfHeader, headers: HeaderMap, body: Bytes,
) -> Result<Json<OrderAnswered>, OAuthError> {
    if !is_json(&headers) {
        let refusal = Refusal::InvalidRequest("not JSON");
        return Err(OAuthError::with_status(refusal, StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let receipt = Receipt::parse(&body).map_err(refused)?;
    let order = detached(async move { orders::receive(&app, &client.id, &receipt).await }).await.map_err(refused)?;
    let (outcome, answered_at) = match order.standing {
        Standing::Deleted(at) => ("deleted", at),
        Standing::Kept { at, .. } => ("kept", at),
        Standing::Lifted | Standing::Open | Standing::Silent => ("lifted", order.made_at),
    };
    Ok(Json(OrderAnswered { order: order.id.to_string(), outcome, answered_at, due_at: order.due_at }))
}

/// An order of another client looks like one that never was.
fn refused(refusal: orders::Refusal) -> OAuthError {
    match refusal {
        orders::Refusal::Malformed(reason) => Refusal::InvalidRequest(reason).into(),
        orders::Refusal::Unknown => Refusal::InvalidRequest("no such order of this client").into(),
        orders::Refusal::Fault(fault) => fault.into(),
    }
}
