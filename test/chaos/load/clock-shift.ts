/**
 * Loaded before a process: its clock is off by the milliseconds that the file CHAOS_CLOCK_FILE holds, looked up ten
 * times a second, so that the clock can also be set while the process runs. Timers are not touched: they do not follow
 * the wall clock.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env.CHAOS_CLOCK_FILE;
let shiftMs = 0;

function look(): void {
  try {
    shiftMs = Number(readFileSync(file ?? '', 'utf8'));
  } catch {
    shiftMs = 0;
  }
}

if (file !== undefined) {
  look();
  setInterval(look, 100).unref();
  const now = () => RealDate.now() + shiftMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
