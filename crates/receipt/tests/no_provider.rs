//! A program that forgot to choose its TLS provider: its own process, because the choice is made once for all.

use onedoor_receipt::printer::{PrintError, list};

#[tokio::test]
async fn a_program_without_a_tls_provider_is_told_so_and_does_not_die() {
    let answer = list("ipp://127.0.0.1:631/").await;
    assert!(
        matches!(answer, Err(PrintError::NoTlsProvider)),
        "{answer:?}"
    );
}
