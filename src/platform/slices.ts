/** Short enough that nobody who waits for an answer notices. */
const SLICE_MS = 4;

/** Long work in slices: between two pieces of it, `rest` lets everybody else have the event loop once a slice is used up. */
export class Slices {
  #endsAt = performance.now() + SLICE_MS;

  async rest(): Promise<void> {
    if (performance.now() < this.#endsAt) return;
    // Timers come before what was made immediate: nobody is passed over.
    await new Promise((resolve) => setTimeout(resolve));
    this.#endsAt = performance.now() + SLICE_MS;
  }
}
