import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryKnownLogs } from '../../src/vault/known-logs.directory.js';
import { knownLogsContract } from './known-logs.contract.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-logs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('DirectoryKnownLogs keeps the contract of KnownLogs', () => {
  knownLogsContract(
    async () => new DirectoryKnownLogs(folder),
    () => new DirectoryKnownLogs(folder),
  );
});

it('takes any origin, also one that is no name of a file, and keeps one file of each fact', async () => {
  const logs = new DirectoryKnownLogs(folder);
  for (const atMs of [1, 2, 3]) await logs.reached('../a/b', atMs);
  await logs.end('../a/b', '../c');
  expect(await readdir(folder)).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}\.ended\.1$/),
    expect.stringMatching(/^[0-9a-f]{32}\.reached\.3$/),
  ]);
});
