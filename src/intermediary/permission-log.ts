import type { PermissionCheck } from './permission-check.js';

/**
 * The intermediary's own log. `append` resolves once the entry is durable; before that, nothing is answered. An entry is
 * never changed or removed by this process: its database role has no right to. A `checkId` that was used before is
 * refused with `DuplicateCheck`; any other failure means that the entry may be missing.
 */
export abstract class PermissionLog {
  abstract append(check: PermissionCheck): Promise<void>;
}

export class DuplicateCheck extends Error {
  override readonly name = 'DuplicateCheck';
}
