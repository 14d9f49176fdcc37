import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells one state of these files of a folder from another. A file that is missing is a change, too. */
export async function fingerprintOf(folder: string, names: readonly string[]): Promise<string> {
  const found = names.map(async (name) => {
    try {
      const { mtimeMs, size, ino } = await stat(join(folder, name));
      return `${name} ${mtimeMs} ${size} ${ino}`;
    } catch {
      return name;
    }
  });
  return (await Promise.all(found)).join('\n');
}

/** Files that are followed: a change counts once two looks have found the same, so that none is read while it is written. */
export class SettledFiles {
  #taken: string | undefined;
  #seen: string | undefined;

  /** @param begun fingerprint of the files in use; without it `begin` is due before the first look */
  constructor(
    private readonly fingerprint: () => Promise<string>,
    begun?: string,
  ) {
    this.#taken = begun;
    this.#seen = begun;
  }

  /** Takes the files as they are now for those in use. */
  async begin(): Promise<void> {
    this.#taken = await this.fingerprint();
    this.#seen = this.#taken;
  }

  /** Looks once. @returns fingerprint of a change that has settled and was not taken yet */
  async changed(): Promise<string | undefined> {
    const found = await this.fingerprint();
    const isSettled = found === this.#seen;
    this.#seen = found;
    return isSettled && found !== this.#taken ? found : undefined;
  }

  take(changed: string): void {
    this.#taken = changed;
  }
}
