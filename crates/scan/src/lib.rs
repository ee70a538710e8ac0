//! Documents from paper: page sources, the page pipeline, PDF assembly. Empty until scanning is built.
