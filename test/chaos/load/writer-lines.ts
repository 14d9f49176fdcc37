import type { SeenReceipt } from '../seen.js';

/** What a log writer is given in CHAOS_WRITER, as JSON. */
export type WriterSettings = Readonly<{
  name: string;
  databaseUrl: string;
  keyFolder: string;
  origin: string;
  checkpointFile: string;
  seed: number;
  /** Does nothing but close what nobody closed. */
  sweepsOnly: boolean;
}>;

/** What a log writer says, one JSON line each. */
export type WriterLine =
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'not-started'; why: string }>
  | Readonly<{ kind: 'asked'; retrieval: string }>
  | Readonly<{ kind: 'ack'; what: string; receipt: SeenReceipt }>
  | Readonly<{ kind: 'refused'; reason: string }>;
