//! What crosses between workstation and centre: journal lines and their bytes, batches, hello, enrolment, leases, the capsule on paper; their hashes, signatures and limits.
