/** Retention class of what names no other. */
export const STANDARD = 'standard';

/** One period of one retention class: what is encrypted in it is forgotten together. `month` is `YYYY-MM`, UTC. */
export type Epoch = Readonly<{ retentionClass: string; month: string }>;

/** Two independent keys of 32 bytes: one wraps record keys, one keys the index of persons. */
export type EpochKeys = Readonly<{ wrapKey: Buffer; indexKey: Buffer }>;

/** The epoch's keys were destroyed; its records are erased for good (IDNrG § 9 Abs. 3) and no new keys are made for it. */
export class EpochDestroyed extends Error {
  override readonly name = 'EpochDestroyed';
}

/** The vault holds something that it did not write, or that others may read. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault';
}

/**
 * Keeps epoch keys apart from the database, so that a copy of the database alone opens nothing and destroying a key
 * also covers backups.
 *
 * - `obtain` gives the epoch's keys and makes them if there are none; concurrent callers, also in other processes,
 *   get the same ones. Throws {@link EpochDestroyed}.
 * - `find` gives existing keys or `undefined`; makes none. Throws {@link EpochDestroyed}.
 * - `destroy` is final and idempotent: afterwards nobody gets these keys, also not after a restart.
 * - `epochs` lists epochs that have keys, `destroyed` those whose keys were destroyed.
 *
 * Keys in memory are the caller's to drop; callers cache them for one epoch at most.
 */
export abstract class KeyVault {
  abstract obtain(epoch: Epoch): Promise<EpochKeys>;
  abstract find(epoch: Epoch): Promise<EpochKeys | undefined>;
  abstract destroy(epoch: Epoch): Promise<void>;
  abstract epochs(): Promise<Epoch[]>;
  abstract destroyed(): Promise<Epoch[]>;
}

/** @throws VaultFault for what is no name of an epoch */
export function requireEpoch({ retentionClass, month }: Epoch): void {
  if (!/^[a-z0-9-]+$/.test(retentionClass) || !/^\d{4}-\d{2}$/.test(month))
    throw new VaultFault('not the name of an epoch');
}

/** The epoch of a moment, in milliseconds since 1970. */
export function epochAt(ms: number, retentionClass: string): Epoch {
  return { retentionClass, month: new Date(ms).toISOString().slice(0, 7) };
}
