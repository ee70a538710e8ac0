/** The office's time as the desk counts it, carried on between its answers. Never the machine's own clock. */
let base = $state(0);
let at = $state('');

const parse = (text: string) => Date.parse(`${text.slice(0, 19)}Z`);

const iso = (milliseconds: number) => {
  const read = new Date(milliseconds);
  return read.toISOString().slice(0, 19);
};

/** Takes the desk's time, `YYYY-MM-DDTHH:MM:SS`. */
export function setClock(now: string): void {
  const read = parse(now);
  if (Number.isNaN(read)) return;
  base = read - performance.now();
  at = now;
}

/** The office's time now, to the half minute. */
export function now(): string {
  return at;
}

/** Lets the time go on until the answered function is called. */
export function runClock(): () => void {
  const timer = setInterval(() => {
    if (base) at = iso(base + performance.now());
  }, 15_000);
  return () => clearInterval(timer);
}
