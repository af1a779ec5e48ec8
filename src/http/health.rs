//! `GET /health`: whether the service can do its work. For probes; says nothing else.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::App;

/// 200 `{"status":"ok"}`, or 503 when the database does not answer within two seconds.
pub async fn health(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let asked = tokio::time::timeout(Duration::from_secs(2), app.db.read()).await;
    match asked {
        Ok(Ok(_)) => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        _ => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "database" }))),
    }
}
