import { UUID } from '../platform/uuid.js';
import { VaultFault } from './key-vault.js';

/** Single erasures that were ordered and are not done. `ground` is whatever whoever ordered them will need then. */
export type ErasureOrder = Readonly<{ id: string; recordIds: readonly string[]; ground: string }>;

/**
 * Records that were erased one by one, remembered outside the database: whoever restores a backup must not bring them
 * back to life (IDNrG § 9 Abs. 3). Named by the random id of the record, which says nothing about anybody. Until it is done,
 * also why it was ordered: the entry that states it may come a crash later.
 *
 * - `bury` is durable when it returns, and idempotent.
 * - `buried` lists all.
 * - `order` is durable when it returns; `orders` lists those that are not done, oldest first.
 * - `settle` forgets an order with its ground, for good, and is idempotent.
 */
export abstract class Tombstones {
  abstract bury(recordIds: readonly string[]): Promise<void>;
  abstract buried(): Promise<string[]>;
  abstract order(recordIds: readonly string[], ground: string): Promise<ErasureOrder>;
  abstract orders(): Promise<ErasureOrder[]>;
  abstract settle(order: ErasureOrder): Promise<void>;

  /** Those whose erasure is done: where such a record is found, it was brought back. */
  async erased(): Promise<string[]> {
    const buried = await this.buried();
    // Asked last: what is done meanwhile is gone from the database before anybody looks for it there.
    const ordered = new Set((await this.orders()).flatMap(({ recordIds }) => recordIds));
    return buried.filter((id) => !ordered.has(id));
  }
}

export function isRecordId(name: string): boolean {
  return UUID.test(name);
}

/** @throws VaultFault */
export function requireRecordIds(names: readonly string[]): void {
  if (!names.every(isRecordId)) throw new VaultFault('not the id of a record');
}
