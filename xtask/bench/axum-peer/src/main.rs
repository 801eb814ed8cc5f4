//! A peer to measure against: `POST /pay` with a session cookie, one stored function in PostgreSQL.
//!
//! Written the way such services usually are: axum, a pool of connections, statements prepared once a connection.

use std::error::Error;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header::COOKIE};
use axum::routing::{get, post};
use axum::{Json, Router};
use deadpool_postgres::{Manager, ManagerConfig, Pool, PoolError, RecyclingMethod};
use serde::{Deserialize, Serialize};
use tokio_postgres::NoTls;
use uuid::Uuid;

#[derive(Deserialize)]
struct Pay {
    command: Uuid,
    to: i64,
    amount: i64,
}

#[derive(Serialize)]
struct Paid {
    seq: i64,
}

type Answer = Result<Json<Paid>, StatusCode>;

fn session(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|pair| pair.trim().strip_prefix("session="))
}

fn failed(error: impl Into<PoolError>) -> StatusCode {
    eprintln!("{}", error.into());
    StatusCode::INTERNAL_SERVER_ERROR
}

async fn pay(State(pool): State<Pool>, headers: HeaderMap, Json(pay): Json<Pay>) -> Answer {
    let session = session(&headers).ok_or(StatusCode::UNAUTHORIZED)?;
    let client = pool.get().await.map_err(failed)?;
    let who = client
        .prepare_cached("SELECT account FROM session WHERE id = $1 AND expires_at > now()")
        .await
        .map_err(failed)?;
    let row = client.query_opt(&who, &[&session]).await.map_err(failed)?.ok_or(StatusCode::UNAUTHORIZED)?;
    let payer: i64 = row.get(0);
    let transfer = client.prepare_cached("SELECT pay($1, $2, $3, $4)").await.map_err(failed)?;
    let row = client.query_one(&transfer, &[&pay.command, &payer, &pay.to, &pay.amount]).await.map_err(failed)?;
    let seq: Option<i64> = row.get(0);
    seq.map(|seq| Json(Paid { seq })).ok_or(StatusCode::UNPROCESSABLE_ENTITY)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let (port, size) = (setting("PORT")?.parse::<u16>()?, setting("POOL_SIZE")?.parse()?);
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(setting("DATABASE_URL")?.parse()?, NoTls, manager);
    let pool = Pool::builder(manager).max_size(size).build()?;
    let app = Router::new().route("/pay", post(pay)).route("/healthz", get(|| async { "ok" })).with_state(pool);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            // Otherwise small answers may wait for the client's acknowledgement.
            let _ = stream.set_nodelay(true);
        }),
        app,
    )
    .await?;
    Ok(())
}
