import { setFlagsFromString } from 'node:v8';

/**
 * Node cuts small buffers out of slabs, and a slab stays as long as one of its pieces: of the 64 KiB that are its default since
 * version 24 each message that waits for a register would keep all.
 */
const SLAB_BYTES = 8 * 1024;

/**
 * By how much what is kept may grow before it is looked through for garbage. V8 by itself lets it grow up to fourfold, the more the
 * slower a busy machine makes it: memory would then be highest when there is most to do.
 */
const GROWTH_PERCENT = 40;

/** For a process that serves for long: memory follows what is in use. */
export function keepMemorySmall(): void {
  Buffer.poolSize = SLAB_BYTES;
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
