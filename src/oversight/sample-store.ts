/** Indices of entries; milliseconds since 1970. */
export type CommittedSample = Readonly<{
  logIndex: number;
  actor: string;
  nonceHash: Buffer;
  firstIndex: number;
  endIndex: number;
  size: number;
}>;

export type SampleItem = Readonly<{
  logIndex: number;
  isCounted: boolean;
  finding: string;
  /** Entry that records the finding. */
  findingIndex: number | undefined;
}>;

export type StoredSample = CommittedSample &
  Readonly<{
    committedAtMs: number;
    /** Absent until witnesses cosigned one after the commitment. */
    checkpoint: string | undefined;
    /** Absent until it is drawn. */
    nonce: Buffer | undefined;
    items: readonly SampleItem[];
  }>;

/**
 * Samples and what was found of them.
 *
 * - `list` gives the newest, newest first, without their items.
 * - `waiting` gives those that have no checkpoint yet. `keepCheckpoint` keeps the first one only.
 * - `keepDrawn` keeps nonce and items once; a second time changes nothing.
 * - `keepFinding` says whether the entry was drawn and counted in the sample.
 */
export abstract class SampleStore {
  abstract add(sample: CommittedSample): Promise<void>;
  abstract list(limit: number): Promise<readonly StoredSample[]>;
  abstract find(logIndex: number): Promise<StoredSample | undefined>;
  abstract waiting(): Promise<readonly number[]>;
  abstract keepCheckpoint(logIndex: number, checkpoint: string): Promise<void>;
  abstract keepDrawn(
    logIndex: number,
    nonce: Buffer,
    items: readonly Pick<SampleItem, 'logIndex' | 'isCounted'>[],
  ): Promise<void>;
  abstract keepFinding(logIndex: number, item: number, finding: string, findingIndex: number): Promise<boolean>;
}
