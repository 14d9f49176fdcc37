import type { Endpoint } from './catalogue.js';
import type { Fault } from './catalogue-fault.js';
import type { SectionName } from './sections.js';

/** What a worker is to read. */
export type ToRead =
  | Readonly<{ folder: string }>
  | Readonly<{ files: readonly (readonly [string, Uint8Array])[]; endpoints: readonly Endpoint[]; nowMs?: number }>;

/** A piece of what it read, small enough to be taken over at once; asked for one by one. */
export type Piece =
  | Readonly<{ kind: 'entries'; section: Exclude<SectionName, 'settings'>; entries: readonly unknown[] }>
  | Readonly<{ kind: 'settings'; settings: unknown }>
  | Readonly<{ kind: 'end'; version: string }>
  | Readonly<{ kind: 'faults'; faults: readonly Fault[] }>;
