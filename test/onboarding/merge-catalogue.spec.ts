import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { beginProposal, mergeInto } from '../../src/onboarding/merge-catalogue.js';

let folder: string;
let proposal: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-merge-'));
  const inForce = join(folder, 'in-force');
  await cp('catalogue', inForce, { recursive: true });
  await cp('test/catalogue/deployment', inForce, { recursive: true });
  proposal = join(folder, 'proposal');
  await beginProposal(inForce, proposal);
});
afterEach(() => rm(folder, { recursive: true }));

const participant = { id: 'zfzr-2', title: { de: 'Zweites' }, kind: 'register', area: 'inneres' };
const read = (name: string) => readFile(join(proposal, name), 'utf8');
const load = () => loadCatalogue({ folder: proposal });

describe('a proposal that is worked out', () => {
  it('is the catalogue in force and what is added; comments stay', async () => {
    const [before, text] = [load(), await read('registers.yaml')];
    const register = {
      ...before.registers.find(({ id }) => id === 'zfzr')!,
      id: 'zfzr-2',
      participant: 'zfzr-2',
      competence: [{ ars: '', valid_from: '2030-01-01' }],
    };
    const old = before.registers.map((it) =>
      it.id === 'zfzr' ? { ...it, competence: [{ ars: '', valid_until: '2029-12-31' }] } : it,
    );
    expect(await mergeInto(proposal, { participants: [participant], registers: [register] })).toEqual([
      'participants.yaml',
      'registers.yaml',
    ]);
    await mergeInto(proposal, { registers: old.filter(({ id }) => id === 'zfzr') }, true);
    const after = load();
    expect(after.participants).toEqual([...before.participants, participant]);
    expect(after.registers).toEqual([...old, register]);
    const comments = text.split('\n').filter((line) => line.trim().startsWith('#'));
    for (const comment of comments) expect(await read('registers.yaml')).toContain(comment.trim());
  });

  it('keeps texts that look like numbers', async () => {
    const before = load();
    const register = { ...before.registers[0]!, id: 'neu', competence: ['09', '0940'] };
    await mergeInto(proposal, { registers: [register] });
    expect(load().registers.at(-1)?.competence).toEqual(['09', '0940']);
  });

  it('replaces nothing by mistake, and changes no file then', async () => {
    const before = [await read('participants.yaml'), await read('keys.yaml')];
    const known = load().participants[0]!;
    await expect(mergeInto(proposal, { keys: [], participants: [participant, { ...known }] })).rejects.toThrow(
      `participants has "${known.id}" already`,
    );
    await expect(mergeInto(proposal, { people: [participant] })).rejects.toThrow('no section "people"');
    expect([await read('participants.yaml'), await read('keys.yaml')]).toEqual(before);
  });
});
