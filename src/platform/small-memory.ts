/**
 * Node cuts small buffers out of slabs, and a slab stays as long as one of its pieces: of the 64 KiB that are its default since
 * version 24 each message that waits for a register would keep all.
 */
const SLAB_BYTES = 8 * 1024;

/** For a process that serves for long: what waits keeps no more than it needs. */
export function keepMemorySmall(): void {
  Buffer.poolSize = SLAB_BYTES;
}
