import { UUID } from '../platform/uuid.js';
import { VaultFault } from './key-vault.js';

/**
 * Records that were erased one by one, remembered outside the database: whoever restores a backup must not bring them
 * back to life (IDNrG § 9 Abs. 3). Named by the random id of the record, which says nothing about anybody.
 *
 * - `bury` is durable when it returns, and idempotent.
 * - `buried` lists all.
 */
export abstract class Tombstones {
  abstract bury(recordIds: readonly string[]): Promise<void>;
  abstract buried(): Promise<string[]>;
}

export function isRecordId(name: string): boolean {
  return UUID.test(name);
}

/** @throws VaultFault */
export function requireRecordIds(names: readonly string[]): void {
  if (!names.every(isRecordId)) throw new VaultFault('not the id of a record');
}
