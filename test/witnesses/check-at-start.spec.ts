import { beforeEach, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { disputesAtStart, refuseDisputed } from '../../src/witnesses/check-at-start.js';
import { forger, logVerifier } from '../audit/log-keys.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';
import { SilentLog } from '../support/silent-log.js';
import type { DeskWitness } from './desk-witness.js';
import { aLog, aNode, grow, someWitnesses } from './world.js';

let log: MemoryLogStore;
let witnesses: DeskWitness[];
let operational: SilentLog;
beforeEach(async () => {
  log = aLog();
  operational = new SilentLog();
  witnesses = someWitnesses();
  await grow(log, 20);
});

const check = (store: MemoryLogStore) => disputesAtStart(witnesses, { store, key: logVerifier }, operational);
const restored = async (size: number) => {
  const other = aLog();
  await grow(other, size);
  return other;
};

describe('a start', () => {
  it('is refused over no log that its witnesses know, or have never seen', async () => {
    expect(await check(log)).toEqual([]);
    await aNode(log, witnesses).round();
    await grow(log, 3);
    const found = await check(log);
    expect(found).toEqual([]);
    expect(() => refuseDisputed(found)).not.toThrow();
    expect(operational.lines).toEqual([]);
  });

  it.each([
    [
      'fewer entries than a witness cosigned',
      12,
      'BEHIND',
      'witness-21 cosigned 20 entries, which the database does not have',
    ],
    ['none of them', 0, 'BEHIND', 'witness-21 cosigned 20 entries'],
    ['as many other ones', 20, 'FORKED', 'the first 20 entries of the database are not those that witness-21 cosigned'],
    ['more, and other ones', 31, 'FORKED', 'the first 20 entries of the database are not those'],
  ])('is refused over a database that has %s', async (_, size, code, message) => {
    await aNode(log, witnesses).round();
    const found = await check(await restored(size));
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ kind: code, size: 20, isProven: true });
    expect(() => refuseDisputed(found)).toThrow(
      expect.objectContaining({
        name: 'RollbackDetected',
        code,
        message: expect.stringMatching(new RegExp(`${message}.*; run "einmal audit recover"$`)),
      }),
    );
  });

  it('is warned of a witness that does not answer, and held against the others', async () => {
    await aNode(log, witnesses).round();
    for (const it of witnesses.slice(0, 2)) it.isDown = true;
    expect(await check(await restored(12))).toMatchObject([{ witness: 'witness-23', kind: 'BEHIND' }]);
    expect(operational.lines).toHaveLength(2);
    expect(operational.lines[0]).toContain('this start is not checked against it');
  });

  it('is not stopped by a witness that shows what the log did not sign', async () => {
    const root = Buffer.alloc(32, 1);
    witnesses[0]!.latest = async () => signCheckpoint({ origin: forger.name, size: 99, root }, [forger]);
    witnesses[1]!.latest = async () => 'not a note';
    expect(await check(log)).toEqual([]);
  });
});
