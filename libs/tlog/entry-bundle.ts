import { TileFault } from './tile-fault.js';
import { TILE_WIDTH } from './tile-path.js';

/** The longest entry that a bundle can hold, in bytes (C2SP tlog-tiles, Log entries: big-endian uint16 length). */
export const ENTRY_MAX_BYTES = 65_535;

/** The longest bundle, in bytes: 256 entries of the greatest length (C2SP tlog-tiles, Log entries). */
export const BUNDLE_MAX_BYTES = TILE_WIDTH * (2 + ENTRY_MAX_BYTES);

/** Writes 1 to 256 consecutive entries (C2SP tlog-tiles, Log entries). Throws {@link TileFault}. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Buffer {
  if (entries.length < 1 || entries.length > TILE_WIDTH)
    throw new TileFault('MALFORMED_BUNDLE', `a bundle cannot have ${entries.length} entries`);
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > ENTRY_MAX_BYTES)
        throw new TileFault('ENTRY_TOO_LARGE', `an entry cannot have ${entry.length} bytes`);
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** Reads a bundle of exactly that many entries; they are views on its bytes (C2SP tlog-tiles, Log entries). Throws {@link TileFault}. */
export function parseEntryBundle(bytes: Uint8Array, width: number): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Buffer[] = [];
  let at = 0;
  while (at < buffer.length) {
    if (entries.length === width) throw malformed(`more than ${width} entries`, at);
    if (at + 2 > buffer.length) throw malformed('it ends within a length', at);
    const end = at + 2 + buffer.readUInt16BE(at);
    if (end > buffer.length) throw malformed(`it ends within entry ${entries.length}`, at);
    entries.push(buffer.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw malformed(`${entries.length} entries instead of ${width}`, at);
  return entries;
}

function malformed(message: string, byte: number): TileFault {
  return new TileFault('MALFORMED_BUNDLE', message, byte);
}
