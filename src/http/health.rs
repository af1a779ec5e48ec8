//! `GET /health`: whether the service can do its work. For probes; says nothing else.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or what is missing.
    #[schema(example = "ok")]
    status: &'static str,
}

/// 200 `{"status":"ok"}`, or 503 when the database does not answer within two seconds.
pub async fn health(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let asked = tokio::time::timeout(Duration::from_secs(2), app.db.read()).await;
    match asked {
        Ok(Ok(_)) => (StatusCode::OK, Json(Health { status: "ok" })),
        _ => (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "database" })),
    }
}
