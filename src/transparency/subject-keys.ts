import type { PersonRef } from '../audit/record.js';
import { subjectKey } from '../audit/subject-index.js';
import { type Epoch, EpochDestroyed, type EpochKeys, type KeyVault } from '../vault/key-vault.js';

/**
 * Under which keys the index of persons may name somebody: one for each epoch that is not forgotten, 25 at two years
 * and one class, and each reference to the person.
 */
export async function subjectKeys(vault: KeyVault, persons: readonly PersonRef[]): Promise<Buffer[]> {
  const epochs = await Promise.all((await vault.epochs()).map((epoch) => kept(vault, epoch)));
  return epochs.flatMap((keys) => persons.flatMap((person) => (keys ? [subjectKey(keys.indexKey, person)] : [])));
}

/** Undefined for an epoch that is destroyed while it is asked for: then its rows are on their way out, too. */
async function kept(vault: KeyVault, epoch: Epoch): Promise<EpochKeys | undefined> {
  try {
    return await vault.find(epoch);
  } catch (error) {
    if (error instanceof EpochDestroyed) return undefined;
    throw error;
  }
}
