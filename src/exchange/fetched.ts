import type { Delivered, NotDelivered } from './exchange.js';
import type { Closing } from './journal-entries.js';

/** What was fetched and verified; nothing of it is released yet, but for what has a receipt. */
export type Fetched = Readonly<{
  delivered: readonly Delivered[];
  notDelivered: readonly NotDelivered[];
  /** One per retrieval that was opened and is not closed yet; must be in the log before anything is released. */
  closings: readonly Closing[];
}>;
