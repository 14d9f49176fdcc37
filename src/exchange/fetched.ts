import type { Delivered, NotDelivered } from './exchange.js';
import type { Closing } from './journal-entries.js';

/** What was fetched and verified; nothing of it is released yet. */
export type Fetched = Readonly<{
  delivered: readonly Delivered[];
  notDelivered: readonly NotDelivered[];
  /** One per retrieval that was opened; must be in the log before anything is released. */
  closings: readonly Closing[];
}>;
