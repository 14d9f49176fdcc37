import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprintOf, SettledFiles } from '../../src/catalogue/settled-files.js';

const NAMES = ['a.yaml', 'b.yaml'];

describe('files that are followed', () => {
  let folder: string;
  let moment = 1_800_000_000;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'einmal-settled-'));
    write('a.yaml', 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    moment += 1;
    utimesSync(join(folder, name), moment, moment);
  };
  const followed = async () => {
    const files = new SettledFiles(() => fingerprintOf(folder, NAMES));
    await files.begin();
    return files;
  };

  it('have not changed while nobody writes to them', async () => {
    const files = await followed();
    expect([await files.changed(), await files.changed()]).toEqual([undefined, undefined]);
  });

  it.each([
    ['one of them is written', () => write('a.yaml', 'A')],
    ['one that was missing is there', () => write('b.yaml', 'b')],
    ['one is gone', () => rmSync(join(folder, 'a.yaml'))],
  ])('have changed when %s and a second look finds the same', async (_, change) => {
    const files = await followed();
    change();
    expect(await files.changed()).toBeUndefined();
    expect(await files.changed()).toBeDefined();
  });

  it('have not settled while each look finds something else', async () => {
    const files = await followed();
    for (const text of ['1', '12', '123']) {
      write('a.yaml', text);
      expect(await files.changed()).toBeUndefined();
    }
  });

  it('are told again until the change is taken', async () => {
    const files = await followed();
    write('a.yaml', 'A');
    await files.changed();
    const change = await files.changed();
    expect(await files.changed()).toBe(change);
    files.take(change ?? '');
    expect(await files.changed()).toBeUndefined();
  });
});
