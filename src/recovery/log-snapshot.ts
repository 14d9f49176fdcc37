import type { NodeId } from '#libs/merkle/tree-shape.js';
import type { CallerPart } from '../audit/record.js';
import type { SealedRecord } from '../audit/record-cipher.js';
import type { Finding } from './finding.js';

export type HeadRow = Readonly<{
  size: number;
  root: Buffer;
  frontier: readonly Buffer[];
  checkpoint: string | undefined;
  /** Microseconds since 1970, as the database keeps them. */
  logTimeMicros: bigint;
}>;

export type EntryRow = Readonly<{ index: number; leaf: Buffer; leafHash: Buffer }>;

/** As it stands: whether it is what was written is what has to be found out. */
export type RecordRow = Readonly<{
  index: number;
  caller: { readonly [Member in Exclude<keyof CallerPart, 'log_time'>]: CallerPart[Member] | undefined };
  logTimeMicros: bigint;
  callerSalt: Buffer;
  protectedHash: Buffer;
  sealed: SealedRecord;
}>;

export type IndexRow = Readonly<{ index: number; key: Buffer; capacity: string }>;
export type NodeRow = Readonly<{ index: number; hash: Buffer }>;
export type ErasureRow = Readonly<{
  index: number;
  retentionClass: string;
  month: string;
  erased: number;
  root: string;
}>;
export type ErasedRow = Readonly<{ index: number; erasure: number }>;

/**
 * Everything in the database of a log, all at one moment however long the reading takes. What is streamed comes in
 * ascending order of `index`, in batches, and in memory that does not grow with the log.
 *
 * - `nodes` gives those of one level from 1 on; `strayNode` one that no tree of this size has.
 * - `node` gives the hash of one subtree as it stands, level 0 from the leaf hashes.
 * - `wrongState` gives the first row of the tables of states that the entries do not bear out, or the first entry whose
 *   state is missing.
 */
export abstract class LogSnapshot {
  abstract head(): Promise<HeadRow>;
  abstract entries(): AsyncIterable<readonly EntryRow[]>;
  abstract records(): AsyncIterable<readonly RecordRow[]>;
  abstract indexRows(): AsyncIterable<readonly IndexRow[]>;
  abstract nodes(level: number): AsyncIterable<readonly NodeRow[]>;
  abstract erasures(): AsyncIterable<readonly ErasureRow[]>;
  abstract erased(): AsyncIterable<readonly ErasedRow[]>;
  abstract node(id: NodeId): Promise<Buffer | undefined>;
  abstract strayNode(size: number): Promise<NodeId | undefined>;
  abstract wrongState(): Promise<Finding | undefined>;
}
