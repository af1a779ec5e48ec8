//! Schemas of what residents are handed: published, so that anybody can read a copy without asking us.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::app::App;
use crate::{reviews, rights};

/// `GET /schemas/export-1.json`
pub async fn export(State(app): State<App>) -> Json<Value> {
    Json(rights::schema(&app))
}

/// `GET /schemas/reviews-1.json`
pub async fn reviews(State(app): State<App>) -> Json<Value> {
    Json(reviews::export::schema(&app))
}

/// `GET /schemas/evidence-1.json`
pub async fn evidence(State(app): State<App>) -> Json<Value> {
    Json(rights::evidence_schema(&app))
}
