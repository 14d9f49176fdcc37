/** Indices of entries; milliseconds since 1970. */
export type CommittedSample = Readonly<{
  logIndex: number;
  actor: string;
  nonceHash: Buffer;
  firstIndex: number;
  endIndex: number;
  size: number;
  committedAtMs: number;
}>;

/** An index as it was drawn. */
export type Drawn = Readonly<{
  logIndex: number;
  /** Whether it is a retrieval that ended and so belongs to the sample. */
  isCounted: boolean;
}>;

export type SampleItem = Drawn &
  Readonly<{
    /** In the order in which indices were drawn, from 1. */
    place: number;
    finding: string;
    /** Entry that records the finding. */
    findingIndex: number | undefined;
  }>;

export type StoredSample = CommittedSample &
  Readonly<{
    /** Absent until an entry fixed it, of that index. */
    checkpoint: string | undefined;
    fixedIndex: number | undefined;
    /** Absent until it is drawn. */
    nonce: Buffer | undefined;
    drawnIndex: number | undefined;
    /** Checkpoint of a tree with the entry that fixed it, as witnesses had signed it before the nonce was told. */
    witnessed: string | undefined;
  }>;

/** A part of what was drawn. */
export type ItemPart = Readonly<{ isCountedOnly: boolean; after: number; limit: number }>;

/** How a sample was drawn. */
export type Draw = Readonly<{
  nonce: Buffer;
  checkpoint: string;
  fixedIndex: number;
  witnessed: string;
  drawnIndex: number;
  items: readonly Drawn[];
}>;

/**
 * Samples and what was found of them.
 *
 * - `add` keeps a sample once, however often its entry is read.
 * - `list` gives those before an index, newest first.
 * - `items` gives what was drawn after a place, in its order; `isCounted` says whether an entry belongs to a sample.
 * - `waiting` gives those that have no checkpoint yet. `keepFixed` keeps the first one only.
 * - `keepDrawn` keeps how it was drawn once, also where the entry that fixed its checkpoint is gone; a second time changes nothing.
 * - `keepFinding` keeps the newest finding of an entry, in whichever order they come.
 */
export abstract class SampleStore {
  abstract add(sample: CommittedSample): Promise<void>;
  abstract list(before: number, limit: number): Promise<readonly StoredSample[]>;
  abstract find(logIndex: number): Promise<StoredSample | undefined>;
  abstract items(logIndex: number, part: ItemPart): Promise<readonly SampleItem[]>;
  abstract isCounted(logIndex: number, item: number): Promise<boolean>;
  abstract waiting(): Promise<readonly number[]>;
  abstract keepFixed(logIndex: number, checkpoint: string, fixedIndex: number): Promise<void>;
  abstract keepDrawn(logIndex: number, draw: Draw): Promise<void>;
  abstract keepFinding(logIndex: number, item: number, finding: string, findingIndex: number): Promise<void>;
}
