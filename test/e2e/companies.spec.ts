import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import type { AnyApplicant } from '../../src/client/applicant.js';
import { cast } from '../../src/demo/people/cast.js';
import { companyOf } from '../../src/demo/registers/handelsregister.js';
import type { CompanyKey } from '../../src/tokens/company-key.js';
import { subjectKeys } from '../../src/transparency/subject-keys.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { type Consumer, consumer, form, retrieval } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { byAddress } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { e2eSystem, named } from '../support/e2e-system.js';

const EXTRACT = 'handelsregister-auszug';
const own = companyOf(cast.father);

let gewerbe: Consumer;
let kfz: Consumer;
beforeAll(async () => {
  gewerbe = await consumer('gewerbe-online');
  kfz = await consumer('kfz-online');
});
afterAll(() => {
  gewerbe.close();
  kfz.close();
});

const company = (key: CompanyKey): AnyApplicant => ({ role: 'company', company: key });
const trader = byAddress('trader', cast.father);

/** A notice of a business, with what is to be fetched about the company. */
async function notice(applicants: readonly AnyApplicant[]) {
  const wish = { service: 'gewerbeanmeldung', applicants, evidence: ['meldedaten', EXTRACT] };
  const decisions = await gewerbe.decideAndGrant(wish);
  return gewerbe.prefill(form('gewerbeanmeldung', decisions, applicants));
}

describe('a company, through whoever represents it', () => {
  it.each([
    ['its entry (UBRegG § 3 Abs. 3)', own.byEntry],
    ['its federal business number (UBRegG § 2)', own.byNumber],
  ] as const)('is found by %s, and its fields are filled', async (_by, key) => {
    const answer = await notice([trader, company(key)]);
    expect(answer.not_delivered ?? []).toEqual([]);
    const fields = new Map(answer.fields?.map(({ fim_id, value, subject_role }) => [fim_id, [subject_role, value]]));
    expect(fields.get('einmal:unternehmen-firma')).toEqual(['company', 'Musterfirma 1 GmbH']);
    expect(fields.get('einmal:unternehmen-registernummer')).toEqual(['company', 'HRB 900001, Registergericht TEST1']);
    expect(fields.get('einmal:unternehmen-vertretung')).toEqual(['company', cast.father.familyName]);
    expect(fields.get('F60000227')).toEqual(['trader', cast.father.familyName]);
  });

  it('is asked about with less where less is needed: the vehicle office is not told who manages (GDPR Art. 5 (1) c)', async () => {
    const applicants = [byAddress('representative', cast.father), company(own.byEntry)];
    const decisions = await kfz.decideAndGrant({ service: 'kfz-zulassung', applicants, evidence: [EXTRACT] });
    const answer = await kfz.prefill(form('kfz-zulassung', decisions, applicants));
    const roles = new Set(answer.fields?.map(({ subject_role }) => subject_role));
    expect([...roles]).toEqual(['company']);
    expect(answer.evidence?.[0]?.withheld?.map(({ attribute }) => attribute)).toContain('managing_persons');
    expect(answer.evidence?.[0]?.sd_jwt).not.toContain(Buffer.from('managing_persons').toString('base64url'));
  });

  it('is looked up nowhere; who represents it is, and finds what they decided in the log', async () => {
    const { entries } = await logged(() => notice([trader, company(own.byEntry)]));
    const about = entries.filter(({ subject_role }) => subject_role === 'company').map(({ event }) => event);
    expect(about).toEqual(['trigger.granted', 'retrieval.opened', 'retrieval.closed']);
    const closed = entries.find((it) => it.event === 'retrieval.closed' && it.subject_role === 'company')!;
    const vault = new DirectoryKeyVault(join(named(e2eSystem().keys, 'node'), 'vault'));
    const pool = new pg.Pool({ connectionString: named(e2eSystem().logins, 'node'), max: 1 });
    try {
      const { sealed } = (await new PostgresLogReader(pool).record(closed.index))!;
      const keys = (await vault.find(sealed.epoch))!;
      const person = { kind: 'local', register: 'handelsregister', key: 'HRB TEST1 900001' } as const;
      expect(openRecord(sealed, keys).part.subjects).toEqual([{ role: 'company', person }]);
      const { rows } = await pool.query<{ key: Buffer; capacity: string }>(
        'select key, capacity from log.subject_index where index = $1',
        [closed.index],
      );
      const found = (key: Buffer) => rows.filter((row) => row.key.equals(key)).map(({ capacity }) => capacity);
      expect(found(subjectKey(keys.indexKey, person))).toEqual(['subject']);
      expect(found(subjectKey(keys.indexKey, { kind: 'idnr', idnr: cast.father.idnr! }))).toEqual(['decider']);
    } finally {
      await pool.end();
    }
  });

  it('is not to be had by somebody who does not represent it, no more than one that does not exist (HRV § 43)', async () => {
    const unknown = { ...own.byEntry, number: '999999' };
    const answers = [
      await notice([byAddress('trader', cast.mother), company(own.byEntry)]),
      await notice([byAddress('trader', cast.mother), company(unknown)]),
    ];
    const [stranger, nowhere] = answers.map((it) => it.not_delivered);
    expect(stranger).toMatchObject([{ evidence_type: EXTRACT, reason: 'ERROR_REASON_SUBJECT_NOT_AVAILABLE' }]);
    expect(stranger).toEqual(nowhere);
  });

  it('leaves the attempt of a stranger in the log, which an officer counts and the stranger finds (IDNrG § 9)', async () => {
    const { entries } = await logged(() => notice([byAddress('trader', cast.mother), company(own.byEntry)]));
    const about = entries.filter((it) => it.subject_role === 'company' && it.event !== 'trigger.granted');
    expect(about.map(({ event, reason }) => [event, reason])).toEqual([
      ['retrieval.opened', null],
      ['retrieval.closed', 'SUBJECT_NOT_AVAILABLE'],
    ]);
    const vault = new DirectoryKeyVault(join(named(e2eSystem().keys, 'node'), 'vault'));
    const pool = new pg.Pool({ connectionString: named(e2eSystem().logins, 'node'), max: 1 });
    try {
      const mother = await subjectKeys(vault, [{ kind: 'idnr', idnr: cast.mother.idnr! }]);
      const found = await new PostgresLogReader(pool).about(mother, Number.MAX_SAFE_INTEGER, 20);
      const [closed] = found.filter(({ record }) => record.index === about.at(-1)?.index);
      expect(closed?.capacities).toEqual(['decider']);
    } finally {
      await pool.end();
    }
  });
});

describe('what is not asked', () => {
  it('evidence on natural persons about a company, and the other way round', async () => {
    const applicants = [trader, company(own.byEntry)];
    const decisions = await gewerbe.decideAndGrant({ service: 'gewerbeanmeldung', applicants });
    const request = retrieval(decisions, applicants);
    const swapped = (role: string, evidence_type: string) =>
      request.needs.flatMap((need) => (need.subject_role === role ? [{ ...need, evidence_type }] : []));
    for (const needs of [swapped('company', 'meldedaten'), swapped('trader', EXTRACT)])
      await expectRefusal(gewerbe.retrieve({ ...request, needs }), { reason: 'REQUEST_INVALID' });
  });

  it('a subject token for a company: there is no lookup', async () => {
    const applicants = [company(own.byEntry)];
    const request = { request_id: crypto.randomUUID(), service: 'gewerbeanmeldung', trigger_ids: [] };
    const [subject] = retrieval([], applicants).subjects;
    await expectRefusal(gewerbe.resolve({ ...request, subjects: [subject!] }), { reason: 'REQUEST_INVALID' });
  });
});
