//! Signed requests: who asks, and when by the centre's own time. Not here: what is asked.

use crate::{
    shelf::Sender,
    transport::{Call, Method, Reply, Transport, TransportError},
};
use onedoor_protocol::request::{self, CentreTime, StaleRefusal};
use tokio::time::Instant;

/// The centre's time in milliseconds, and when it was learnt.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor(Option<(u64, Instant)>);

impl Anchor {
    /// The centre's clock stands here now. A time that is no time changes nothing.
    pub fn set(&mut self, server_time: &str) {
        let time: Option<jiff::Timestamp> = server_time.parse().ok();
        let ms = time.and_then(|time| u64::try_from(time.as_millisecond()).ok());
        if let Some(ms) = ms {
            self.0 = Some((ms, Instant::now()));
        }
    }

    /// The centre's time now, by our own clock that only moves forward.
    fn now(&self) -> Option<u64> {
        let (ms, since) = self.0?;
        Some(ms + u64::try_from(since.elapsed().as_millis()).ok()?)
    }
}

/// Asks in the name of one workstation.
pub struct Asker<'a> {
    /// The centre's time.
    pub anchor: &'a mut Anchor,
    /// Who asks.
    pub sender: &'a Sender,
    /// Whom.
    pub transport: &'a Transport,
}

impl Asker<'_> {
    /// Asks once; a second time when the centre told us its time, since ours was off.
    pub async fn ask(
        &mut self,
        method: Method,
        path: String,
        body: Vec<u8>,
    ) -> Result<Reply, TransportError> {
        self.ask_with(method, path, body, &[]).await
    }

    /// With headers beside the signature.
    pub async fn ask_with(
        &mut self,
        method: Method,
        path: String,
        body: Vec<u8>,
        headers: &[(&'static str, &str)],
    ) -> Result<Reply, TransportError> {
        for last in [false, true] {
            let at = self.anchor.now().ok_or(TransportError::NotTheCentre)?;
            let Sender { ws, key, .. } = self.sender;
            let signed = request::sign_request(key, *ws, method.name(), &path, at, &body);
            let mut call = Call::signed(method, path.clone(), signed.header(), body.clone());
            let named = headers.iter();
            call.headers
                .extend(named.map(|(name, value)| (*name, (*value).to_string())));
            let reply = self.transport.call(call).await?;
            let stale = (reply.status == 401 && !last)
                .then(|| serde_json::from_slice::<StaleRefusal>(&reply.body).ok())
                .flatten();
            let Some(stale) = stale else {
                return reply.settled();
            };
            let time = CentreTime::open(&stale.time, &self.sender.server_keys, &signed.sig);
            let time = time.ok_or(TransportError::NotTheCentre)?;
            self.anchor.set(&time.server_time);
        }
        Err(TransportError::NotTheCentre)
    }
}
