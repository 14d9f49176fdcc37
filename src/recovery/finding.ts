/** What is wrong in the log, and where: never what stands there. `byte` is the offset in the column, where it can be known. */
export type Finding = Readonly<{ table: string; row: string; column?: string; byte?: number; what: string }>;

/** The first wrong thing ends a check: what comes after it may only be its consequence. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';

  constructor(readonly finding: Finding) {
    super(finding.what);
  }
}

/** Offset of the first byte in which two values differ; where one is the beginning of the other, its end. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) if (one[at] !== other[at]) return at;
  return length;
}
