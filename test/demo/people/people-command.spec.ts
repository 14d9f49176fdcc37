import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleCommand } from '../../../src/demo/people/people-command.js';
import { people } from '../../../src/demo/people/population.js';

describe('einmal people', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-people-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes one household per line as NDJSON', async () => {
    const out = join(folder, 'people.ndjson');
    await peopleCommand({ count: 500, seed: 3, out, format: 'ndjson' });
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([...people({ count: 500, seed: 3 })]);
  });

  it('writes one person per line as CSV (RFC 4180), under a line of column names', async () => {
    const out = join(folder, 'people.csv');
    await peopleCommand({ count: 500, seed: 3, out, format: 'csv' });
    const rows = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    expect(rows).toHaveLength(501);
    expect(rows[1]).toMatch(/^0,0,02415036788,,von Mustermann-Søndergård,Mühlenbröck,Erika Jördis,Dr\.,1992-08-12,/);
    for (const row of rows) expect(row.split(',')).toHaveLength(22);
  });

  it('fails when the file cannot be written', async () => {
    const out = join(folder, 'missing', 'people.csv');
    await expect(peopleCommand({ count: 30, seed: 1, out, format: 'csv' })).rejects.toThrow('ENOENT');
  });
});
