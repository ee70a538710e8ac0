let now = $state(false);

/** The office is a mission abroad: two countries' days off count, so that each is told with its owner. */
export function abroad(): boolean {
  return now;
}

/** Kept beside the app's state, so that formats need not know all of it. */
export function setAbroad(is: boolean): void {
  now = is;
}
