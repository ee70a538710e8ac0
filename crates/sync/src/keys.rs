//! The centre's key when it changes: a hello is believed if it is signed by a key that is believed, or by one to which a chain of
//! statements leads from there. Not here: keeping what was learnt (the store).

use onedoor_protocol::{
    hello::Hello,
    keys::leading_on,
    sign::{PublicKey, Signed, Tag},
};

/// What a hello says and which key signed it; none when that is nobody whom we believe.
pub fn open_hello(
    signed: &Signed,
    believed: &[PublicKey],
    nonce: &[u8; 16],
) -> Option<(Hello, PublicKey)> {
    let open = |key: &PublicKey| Some((signed.open::<Hello>(key, Tag::Hello, nonce)?, *key));
    if let Some(found) = believed.iter().find_map(open) {
        return Some(found);
    }
    // Only to find the key that must then verify it: each statement is signed by itself.
    let claimed: Hello = signed.peek()?;
    let next = leading_on(believed, &claimed.keys);
    let next = next.iter().filter_map(|it| PublicKey::from_hex(&it.key));
    next.collect::<Vec<_>>().iter().find_map(open)
}
