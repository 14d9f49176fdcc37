import type { PolicyScope } from '../permission/policy-scope.js';
import type { PastCheck } from '../permission/replay-checks.js';

/** A check with its place in the log. */
export type LoggedCheck = Readonly<{ entry: number; check: PastCheck }>;

/**
 * Reads the permission log. `list` gives the checks of a scope since a moment (milliseconds since the epoch) that stand
 * after an entry, in the order of entries, `limit` at most.
 */
export abstract class PermissionLogReader {
  abstract list(scope: PolicyScope, sinceMs: number, after: number, limit: number): Promise<readonly LoggedCheck[]>;
}
