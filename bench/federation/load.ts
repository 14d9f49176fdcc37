import { setTimeout as sleep } from 'node:timers/promises';

/** So many clients, each asking again when it has its answer, until `count` were asked. @returns per second */
export async function closedLoop(
  clients: number,
  count: number,
  ask: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  const client = async (): Promise<void> => {
    while (next < count) await ask(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (count * 1000) / (performance.now() - began);
}

/** Asks at fixed moments, whatever the answers take. @returns milliseconds each, from when it was due */
export async function openLoop(
  perSecond: number,
  count: number,
  ask: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = began + (index * 1000) / perSecond;
      await sleep(Math.max(0, due - performance.now()));
      await ask(index);
      return performance.now() - due;
    }),
  );
}
