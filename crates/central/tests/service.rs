//! The service over its router: what a workstation, an operator and an attacker get back.

mod service {
    pub mod admission;
    pub mod bad_input;
    pub mod begun;
    pub mod blobs;
    pub mod described;
    pub mod desk;
    pub mod download;
    pub mod enrolment;
    pub mod feed;
    pub mod limits;
    pub mod operating;
    pub mod operator;
    pub mod outlet;
    pub mod reading;
    pub mod signed;
    pub mod storm;
    pub mod sweep;
    pub mod trimming;
}
