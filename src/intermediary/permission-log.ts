import type { RateUse } from '../permission/rate-use.js';
import type { PermissionCheck } from './permission-check.js';

/** What an entry depends on. `taken`: each use counts once with it; otherwise there must only be one left. */
export type UseOfRules = Readonly<{ uses: readonly RateUse[]; taken: boolean }>;

/**
 * The intermediary's own log, and with it how often rules were used.
 *
 * - `append` resolves once the entry is durable; before that, nothing is answered. An entry is never changed or removed by
 *   this process: its database role has no right to. A `checkId` that was used before is refused with `DuplicateCheck`;
 *   any other failure means that the entry may be missing.
 * - With `use`, entry and count are one: both are durable, or neither. If anything is used up there is neither, and `UsedUp`
 *   names everything that is. Counts are shared by all processes on one database; of two that race for the last use one wins.
 */
export abstract class PermissionLog {
  abstract append(check: PermissionCheck, use?: UseOfRules): Promise<void>;
}

export class DuplicateCheck extends Error {
  override readonly name = 'DuplicateCheck';
}
