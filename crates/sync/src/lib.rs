//! Everything between a workstation and the centre on the workstation's side: the pure plan, backoff, the engine, the HTTP transport.
