/** Short enough that nobody who waits for an answer notices. */
const SLICE_MS = 4;

/** Long work that may be left alone for a while wherever it yields. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** @param pause called at every step */
export function atOnce<T>(steps: Steps<T>, pause?: () => void): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    pause?.();
  }
}

/** @returns undefined where that takes more than `most` slices: then it is given up */
export async function inSlices<T>(steps: Steps<T>, most: number): Promise<T | undefined> {
  const slices = new Slices();
  while (slices.used < most) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await slices.rest();
  }
  return undefined;
}

/** Long work in slices: between two pieces of it, `rest` lets everybody else have the event loop once a slice is used up. */
export class Slices {
  #endsAt = performance.now() + SLICE_MS;
  used = 0;

  async rest(): Promise<void> {
    if (performance.now() < this.#endsAt) return;
    this.used += 1;
    // Timers come before what was made immediate: nobody is passed over.
    await new Promise((resolve) => setTimeout(resolve));
    this.#endsAt = performance.now() + SLICE_MS;
  }
}
