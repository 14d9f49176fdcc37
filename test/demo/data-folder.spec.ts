import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { takeDataFolder } from '../../src/demo/data-folder.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-data-'));
  await chmod(folder, 0o711);
});

afterAll(() => rm(folder, { recursive: true }));

it('gives a second demo a folder beside the first, and the first again once it is free', async () => {
  const first = await takeDataFolder(join(folder, 'demo'));
  const second = await takeDataFolder(join(folder, 'demo'));
  expect([first.path, second.path]).toEqual([join(folder, 'demo'), join(folder, 'demo-2')]);
  await first.release();
  const third = await takeDataFolder(join(folder, 'demo'));
  expect(third.path).toBe(first.path);
  await second.release();
  await third.release();
});

it.each([
  ['of a process that is no more', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
  ['of an earlier process with the same number', JSON.stringify({ pid: process.pid, started: '1' })],
  ['that was cut off', '{"pid":'],
])('takes over a lock %s', async (_what, text) => {
  const path = join(folder, 'left');
  const { release } = await takeDataFolder(path);
  await release();
  await writeFile(join(path, 'lock.json'), text);
  const taken = await takeDataFolder(path);
  expect(taken.path).toBe(path);
  await taken.release();
});

it('starts over on demand, and leaves alone what is not its own', async () => {
  const { path, release } = await takeDataFolder(join(folder, 'old'));
  await release();
  for (const name of ['keys', 'notes.txt']) await writeFile(join(path, name), '');
  const fresh = await takeDataFolder(path, { fresh: true });
  expect((await readdir(path)).sort()).toEqual(['lock.json', 'notes.txt']);
  await fresh.release();
});
