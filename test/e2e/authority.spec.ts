import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { type AuthorityConnection, connectAuthority, type TaskWish } from '../../src/client/authority-connection.js';
import { readProfile } from '../../src/client/node-profile.js';
import { TaskNotPermitted } from '../../src/client/permitted-evidence.js';
import { cast } from '../../src/demo/people/cast.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { checkArchive } from '../../src/verify/check-archive.js';
import { parseDocument } from '../../src/verify/document.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { BREMEN } from '../support/e2e-consumer.js';
import { logged, queryNode } from '../support/e2e-log.js';
import { byAddress } from '../support/e2e-people.js';
import { e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';
import { verifyArchive } from '../verifier/second-verifier.js';

const FILE = 'GA-8-2026-geheim';
const OFFICIAL = 'Sachbearbeitung Musterfall';

let ihk: AuthorityConnection;
beforeAll(async () => {
  ihk = await connectAuthority(await readProfile(named(e2eSystem().profiles, 'ihk-bremen')));
});
afterAll(() => ihk.close());

const wish: TaskWish = {
  purpose: 'gewerbeanzeige-aufgaben',
  evidenceType: 'gewerbeanzeige-anmeldung',
  subject: byAddress('trader', cast.father),
  fileReference: FILE,
  actingOfficial: OFFICIAL,
  assurance: 'substantial',
  ars: BREMEN,
};

describe('an authority in a task of its own (GewO § 14 Abs. 8)', () => {
  it('gets signed evidence without an act of the citizen, which it verifies by itself', async () => {
    const { answer, asked, norm } = await ihk.retrieve(wish);
    expect([norm, answer.state, answer.not_delivered]).toEqual(['GewO § 14 Abs. 8', 'COMPLETE', []]);
    expect(answer.evidence).toMatchObject([{ evidence_type: wish.evidenceType, register: 'gewerberegister-bremen' }]);
    expect((await verifyAnswer(answer, asked, e2eSystem().trust)).faults).toEqual([]);
  });

  it('leaves file reference and official in the log of the node, encrypted, and nowhere else', async () => {
    const { entries } = await logged(() => ihk.retrieve(wish));
    const granted = entries.filter(({ event }) => event === 'trigger.granted').map(({ index }) => index);
    expect(granted).toHaveLength(2);
    const vault = new DirectoryKeyVault(join(named(e2eSystem().keys, 'node'), 'vault'));
    const pool = new pg.Pool({ connectionString: named(e2eSystem().logins, 'node'), max: 1 });
    try {
      for (const index of granted) {
        const { sealed } = (await new PostgresLogReader(pool).record(index))!;
        const { part } = openRecord(sealed, (await vault.find(sealed.epoch))!);
        expect(part).toMatchObject({ file_reference: FILE, acting_official: OFFICIAL });
      }
    } finally {
      await pool.end();
    }
    const inTheClear = await queryNode(
      `select 1 from log.record r where r::text like $1 or position(convert_to($2, 'UTF8') in ciphertext) > 0`,
      [`%${FILE}%`, FILE],
    );
    expect(inTheClear).toEqual([]);
    for (const name of ['node', 'intermediary', 'gewerberegister-bremen', 'identity-directory'])
      for (const secret of [FILE, OFFICIAL]) expect(operationalLogOf(name)).not.toContain(secret);
  });

  it('gets the same answer when it asks again for what it decided on, and no register is asked twice', async () => {
    const decided = await ihk.decide(wish);
    const first = await ihk.ask(decided);
    const { value: again, entries } = await logged(() => ihk.ask(decided));
    expect(again).toEqual(first);
    expect(entries.map(({ event }) => event)).toEqual(['repeated']);
    await expect(ihk.ask({ ...decided, requestId: randomUUID() })).rejects.toMatchObject({ reason: 'TRIGGER_USED' });
  });

  it('asks nobody for what no rule lets it have in a task of its own (IDNrG § 7 Abs. 2 S. 6)', async () => {
    const { entries } = await logged(async () => {
      const other = { ...wish, evidenceType: 'meldedaten' };
      await expect(ihk.retrieve(other)).rejects.toThrow(TaskNotPermitted);
    });
    expect(entries).toEqual([]);
  });

  it('archives the answer in one file, which both verifiers accept; opening its decision is an entry', async () => {
    const task = await ihk.retrieve(wish);
    const { value: archive, entries } = await logged(() => ihk.archive(task, e2eSystem().trust.log));
    expect(entries.map(({ event, consumer }) => [event, consumer])).toEqual([['record.opened', 'ihk-bremen']]);
    const text = JSON.stringify(archive);
    const { verdict, checks } = await checkArchive(parseDocument(text), { vkey: e2eSystem().trust.log });
    expect([verdict, checks.filter(({ state }) => state !== 'holds')]).toEqual(['holds', []]);
    expect(verifyArchive(JSON.parse(text), e2eSystem().trust.log)).toEqual([]);
    const [piece] = archive.evidence;
    expect(piece?.decision.protected.part).toMatchObject({ file_reference: FILE, acting_official: OFFICIAL });
    expect(piece?.issuer_key.entries.map(({ opening }) => opening.caller.event)).toEqual(['key.added']);
  });

  it('is shown a decision by nobody but the one who handed it in', async () => {
    const task = await ihk.retrieve(wish);
    const other = await connectAuthority(await readProfile(named(e2eSystem().profiles, 'finanzamt-bremen')));
    try {
      await expect(other.archive(task, e2eSystem().trust.log)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    } finally {
      other.close();
    }
  });
});
