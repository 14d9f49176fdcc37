import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from '../platform/system-error.js';
import { namesIn, syncFolder, textOf, writeDurably } from './durable-file.js';

/** At most 2^53 − 1, as numbers of files are tree sizes or milliseconds. */
const NUMBER = /^(0|[1-9][0-9]{0,15})$/;

/**
 * Files `<path>.<number>` of mode 0600, of which the highest number counts. A name is taken once: whoever comes later
 * with a lower number, also from another process or after a long pause, changes nothing. That needs no lock.
 */
export class NumberedFiles {
  private readonly folder: string;
  private isMade = false;

  constructor(private readonly path: string) {
    this.folder = dirname(path);
  }

  /** The highest number with its content. */
  async newest(): Promise<Readonly<{ number: number; content: string }> | undefined> {
    for (;;) {
      const number = (await this.numbers()).at(-1);
      if (number === undefined) return undefined;
      const content = await textOf(this.at(number));
      if (content !== undefined) return { number, content };
      // Removed between the two looks, because a higher one is there.
    }
  }

  async highest(): Promise<number | undefined> {
    return (await this.numbers()).at(-1);
  }

  /** Takes a number, durably, whole or not at all; gives what it holds already where it is taken. */
  async take(number: number, content: string): Promise<string | undefined> {
    if (!this.isMade) await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.isMade = true;
    const draft = this.draft();
    await writeDurably(draft, content);
    try {
      await link(draft, this.at(number));
      await syncFolder(this.folder);
      return undefined;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return (await textOf(this.at(number))) ?? content;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Removes what no longer counts, and says what counts. */
  async tidy(): Promise<number | undefined> {
    const numbers = await this.numbers();
    for (const lower of numbers.slice(0, -1)) await rm(this.at(lower), { force: true });
    return numbers.at(-1);
  }

  /** Shows a number under the plain name as well, for people to read. */
  async show(number: number): Promise<void> {
    const draft = this.draft();
    try {
      await link(this.at(number), draft);
      await rename(draft, this.path);
    } catch (error) {
      // A higher one took its place: that one is shown.
      if (!isSystemError(error, 'ENOENT')) throw error;
    }
  }

  private async numbers(): Promise<number[]> {
    const prefix = `${basename(this.path)}.`;
    return (await namesIn(this.folder))
      .filter((name) => name.startsWith(prefix) && NUMBER.test(name.slice(prefix.length)))
      .map((name) => Number(name.slice(prefix.length)))
      .sort((a, b) => a - b);
  }

  private at(number: number): string {
    return `${this.path}.${number}`;
  }

  private draft(): string {
    return join(this.folder, `.${randomUUID()}`);
  }
}
