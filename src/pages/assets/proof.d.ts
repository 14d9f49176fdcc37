/** What a proof is checked against: keys that did not come with it. `witnesses` has the keys of each. */
export type Trust = Readonly<{ log: string; witnesses: readonly (readonly string[])[]; quorum: number }>;

type Opening = Readonly<{ salt: string; caller: string; protectedHash: string }>;
type Opened = Readonly<{ size: number; root: Uint8Array; witnesses: number }>;

export class ProofFault extends Error {}
export function fromBase64(text: string): Uint8Array;
export function leafOf(opening: Opening): Promise<Uint8Array>;
export function checkInclusion(
  claim: Readonly<{
    index: number;
    size: number;
    leaf: Uint8Array | undefined;
    proof: readonly Uint8Array[];
    root: Uint8Array;
  }>,
): Promise<void>;
export function checkConsistency(
  claim: Readonly<{
    oldSize: number;
    newSize: number;
    oldRoot: Uint8Array;
    newRoot: Uint8Array;
    proof: readonly Uint8Array[];
  }>,
): Promise<void>;
export function openCheckpoint(note: string, trust: Trust): Promise<Opened>;
export function checkEntry(
  check: Readonly<{
    receipt: Readonly<{ index: number; checkpoint: string; proof: readonly string[]; opening: Opening }>;
    trust: Trust;
  }>,
): Promise<Opened>;
