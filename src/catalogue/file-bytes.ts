import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read in parts, so that a large file need not be in memory as a whole. */
export type FileBytes = Readonly<{ size: number; read(start: number, end: number): Buffer }>;

export function bytesInMemory(bytes: Buffer): FileBytes {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** One and the same file for as long as `use` runs, whatever takes its name meanwhile. */
export function withFileBytes<T>(path: string, use: (bytes: FileBytes) => T): T {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    return use({ size, read: (start, end) => readFully(file, start, Math.min(end, size)) });
  } finally {
    closeSync(file);
  }
}

function readFully(file: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let got = 0;
  while (got < bytes.length) {
    const more = readSync(file, bytes, got, bytes.length - got, start + got);
    if (more === 0) return bytes.subarray(0, got);
    got += more;
  }
  return bytes;
}

/** @throws TypeError for bytes that are no UTF-8 */
export function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
