import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** What is read as soon as it is as wished; what it is instead, if that takes too long. */
export async function eventually<T>(read: () => Promise<T>, isWished: (found: T) => boolean): Promise<T> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const found = await read();
    if (isWished(found)) return found;
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(found)}`);
  }
}
