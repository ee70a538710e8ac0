//! The commands of the window over loopback HTTP, for browser tests: a real desk, a real store, a real centre.
//! `onedoor-devhost --port 0` prints `http://127.0.0.1:PORT` and serves `ui/dist`, `POST /cmd/NAME`, `GET /events`, and
//!
//! - `POST /test/world/NAME`: a fresh world: `demo` (a lived-in office, signed out), `mission` (a lived-in mission abroad, signed out), `first` (nothing there yet),
//!   `enrol` (a store without an office), `damaged` (a truncated database), `plain` (an office with one clerk and no filing);
//! - `POST /test/centre/down` and `/test/centre/up`: pulls and plugs the cable; `/test/centre/say` tells the office the
//!   text of the body; `/test/centre/left/CLERK` and `/test/centre/catalogue/DAY`: the operator says that somebody has left, or
//!   publishes a catalogue that holds from a day on;
//! - `POST /test/disk/full` and `/test/disk/free`: no file of this program takes a byte more, and again as before.
//!
//! Never shipped. Not here: anything that the desk itself should do.

mod disk;
mod pages;
mod says;
mod world;

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event as SseEvent, KeepAlive},
    },
    routing::{get, post},
};
use futures_util::Stream;
use onedoor_desk::{Answer, Event, dto::ErrorCode};
use std::{convert::Infallible, sync::Arc};
use tokio::sync::Mutex;
use world::{Kind, World};

type Shared = Arc<Mutex<World>>;

#[tokio::main]
async fn main() -> Result<()> {
    disk::outlive_refusals()?;
    // The only provider of TLS; a second installation would change nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter("warn")
        .with_writer(std::io::stderr)
        // Its own words may go to a file, which takes nothing either while the disk is full.
        .log_internal_errors(false)
        .init();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let port: u16 = match arguments.as_slice() {
        [] => 0,
        [flag, port] if flag == "--port" => port.parse().context("--port wants a number")?,
        _ => anyhow::bail!("usage: onedoor-devhost [--port N]"),
    };
    let world = World::new(Kind::Demo).await?;
    let router = Router::new()
        .route("/cmd/{name}", post(command))
        .route("/events", get(events))
        .route("/test/world/{name}", post(new_world))
        .route("/test/centre/{state}", post(centre))
        .route("/test/centre/{what}/{of}", post(says))
        .route("/test/disk/{state}", post(disk_state))
        .fallback(pages::page)
        .with_state(Arc::new(Mutex::new(world)));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn command(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    Json(args): Json<serde_json::Value>,
) -> Response {
    let commands = shared.lock().await.commands();
    match commands.call(&name, args).await {
        Ok(Answer::Json(value)) => Json(value).into_response(),
        Ok(Answer::Bytes(png)) => ([(header::CONTENT_TYPE, "image/png")], png).into_response(),
        Err(error) => {
            let status = match error.code {
                ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, Json(error)).into_response()
        }
    }
}

async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<SseEvent, Infallible>>> {
    let receiver = shared.lock().await.commands().0.events();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        let (name, data) = match receiver.recv().await {
            Ok(Event::Changed(tags)) => ("changed", serde_json::json!({ "tags": tags })),
            Ok(Event::Sync) => ("sync", serde_json::json!({})),
            Ok(Event::Session) => ("session", serde_json::json!({})),
            Ok(Event::Scanned(text)) => ("scanned", serde_json::json!({ "text": text })),
            Err(_) => return None,
        };
        Some((
            Ok(SseEvent::default().event(name).data(data.to_string())),
            receiver,
        ))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn new_world(State(shared): State<Shared>, Path(name): Path<String>) -> Response {
    let Some(kind) = Kind::parse(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut world = shared.lock().await;
    if let Err(error) = disk::free() {
        return (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response();
    }
    match world.renew(kind).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

async fn says(State(shared): State<Shared>, Path((what, of)): Path<(String, String)>) -> Response {
    let world = shared.lock().await;
    let done = match what.as_str() {
        "left" => world.say_left(&of).await,
        "catalogue" => world.publish_catalogue(&of).await,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

async fn centre(State(shared): State<Shared>, Path(state): Path<String>, said: String) -> Response {
    let mut world = shared.lock().await;
    let done = match state.as_str() {
        "down" => world.centre_down().await,
        "up" => world.centre_up().await,
        "say" => world.centre_says(&said).await,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

async fn disk_state(Path(state): Path<String>) -> Response {
    let done = match state.as_str() {
        "full" => disk::fill(),
        "free" => disk::free(),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}
