import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { aCheckpoint, checkpointStoreContract } from './checkpoint-store.contract.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-checkpoint-'));
  path = join(folder, 'state', 'checkpoint');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('FileCheckpointStore keeps the contract of CheckpointStore', () => {
  checkpointStoreContract(
    async () => new FileCheckpointStore(path),
    () => new FileCheckpointStore(path),
  );
});

describe('the checkpoint in a file', () => {
  it('stands under its plain name too, for people to read, and leaves nothing else behind', async () => {
    const store = new FileCheckpointStore(path);
    for (const size of [3, 4, 5]) await store.advance(aCheckpoint(size));
    expect(await readFile(path, 'utf8')).toBe(aCheckpoint(5).note);
    expect(await readdir(join(folder, 'state'))).toEqual(['checkpoint', 'checkpoint.5']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('counts where only the plain name is there, as when somebody put it there', async () => {
    await new FileCheckpointStore(path).advance(aCheckpoint(0));
    await rm(`${path}.0`);
    await writeFile(path, aCheckpoint(8).note);
    const store = new FileCheckpointStore(path);
    expect(await store.read()).toBe(aCheckpoint(8).note);
    expect(await store.advance(aCheckpoint(7))).toBe('behind');
    await expect(store.advance(aCheckpoint(8, 'other'))).rejects.toMatchObject({ name: 'CheckpointForked' });
    expect(await store.advance(aCheckpoint(9))).toBe('newest');
  });

  it('is refused where its content is not what its name says, or no checkpoint', async () => {
    const store = new FileCheckpointStore(path);
    await store.advance(aCheckpoint(5));
    for (const spoilt of [aCheckpoint(4).note, '', aCheckpoint(5).note.slice(0, 20)]) {
      await writeFile(`${path}.5`, spoilt);
      await expect(store.read()).rejects.toMatchObject({ name: 'VaultFault' });
    }
  });
});
