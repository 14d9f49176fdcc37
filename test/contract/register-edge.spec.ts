import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactDecrypt, importJWK } from 'jose';
import type pg from 'pg';
import { STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import type { Representation } from '../../src/catalogue/catalogue.js';
import { cast } from '../../src/demo/people/cast.js';
import type { Person } from '../../src/demo/people/person.js';
import { ConfigFault } from '../../src/platform/config.js';
import { toFailure } from '../../src/platform/grpc-client.js';
import type { DescribeRegisterResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/DescribeRegisterResponse.js';
import type { IdentityDirectoryServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { LookupPersonRequest } from '../../src/platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/LookupPersonResponse.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { readEdgeConfig } from '../../src/register-edge/edge-config.js';
import { isTables } from '../../src/register-edge/register-config.js';
import { disclose, registerIssuer, verifyEvidence } from '../../src/tokens/evidence-credential.js';
import type { PersonKey } from '../../src/tokens/register-request.js';
import { aDeployment, call, type Deployment } from '../register-edge/deployment.js';
import { withAlgNone, withPublicKeyAsSecret } from '../register-edge/forged-token.js';
import { aLookup, aRetrieval, type Deviation } from '../register-edge/presented.js';
import { eventually } from '../support/eventually.js';

const MELDEREGISTER = 'melderegister-bremen';
const DIRECTORY = 'identity-directory';

const subject = ({ idnr, familyName, birthDate }: Person) => ({ idnr: idnr ?? '', familyName, birthDate });

describe('register edge and identity directory, over mutual TLS and on a real PostgreSQL', () => {
  let all: Deployment;
  let register: RegisterServiceClient;
  let replica: RegisterServiceClient;
  let directory: IdentityDirectoryServiceClient;
  let ownLog: pg.Client;

  beforeAll(async () => {
    all = await aDeployment();
    const first = readEdgeConfig(await all.environment(MELDEREGISTER));
    const second = readEdgeConfig(await all.environment(MELDEREGISTER));
    const third = readEdgeConfig(await all.environment(DIRECTORY));
    for (const config of [first, second, third]) await all.start(config);
    register = all.registerClient(first.grpcPort);
    replica = all.registerClient(second.grpcPort);
    directory = all.directoryClient(third.grpcPort);
    ownLog = await all.connect(`${MELDEREGISTER}-edge`, 'owner');
  }, 60_000);

  afterAll(async () => {
    await ownLog?.end();
    await all?.end();
  });

  const now = () => ({ nowMs: Date.now() });
  const request = (deviation: Deviation = {}, person: Person = cast.mother) =>
    aRetrieval(all.federation, deviation, { ...now(), person: subject(person) });
  const retrieve = (message: RetrieveEvidenceRequest, client = register) =>
    call<RetrieveEvidenceResponse__Output>((done) => client.RetrieveEvidence(message, done));
  const lookUp = async (key: PersonKey, deviation: Deviation = {}) => {
    const message = await aLookup(all.federation, { ...deviation, lookup: { key, ...deviation.lookup } }, now());
    return call<LookupPersonResponse__Output>((done) => directory.LookupPerson(message as LookupPersonRequest, done));
  };
  const reasonOf = (answer: Awaited<ReturnType<typeof retrieve | typeof lookUp>>) =>
    'refused' in answer ? toFailure(answer.refused).reason : 'answered';
  const bytesOf = (answer: Awaited<ReturnType<typeof retrieve | typeof lookUp>>) => {
    if (!('refused' in answer)) throw new Error('was answered');
    const { code, details, metadata } = answer.refused;
    const entries = Object.entries(metadata.getMap()).filter(([name]) => name !== 'date');
    return {
      code,
      details,
      entries,
      status: metadata.get(STATUS_DETAILS_KEY).map((it) => Buffer.from(it).toString('hex')),
    };
  };
  const lastEntry = async (client = ownLog) =>
    (await client.query<Record<string, unknown>>('select * from edge.log order by sequence desc limit 1')).rows[0];

  describe('evidence', () => {
    it('is signed by the register, readable by the consumer alone, and holds what was asked for', async () => {
      const message = await request();
      const answer = await retrieve(message);
      if (!('value' in answer)) throw new Error('was refused');
      const keyFile = join(all.pki.folderOf('node'), 'encryption', 'familienkasse-online.jwk.json');
      const key = await importJWK(JSON.parse(await readFile(keyFile, 'utf8')), 'ECDH-ES');
      const { plaintext, protectedHeader } = await compactDecrypt(answer.value.evidence_jwe ?? '', key);
      expect(protectedHeader).toMatchObject({
        alg: 'ECDH-ES',
        enc: 'A256GCM',
        kid: 'familienkasse-online-encryption-1',
      });

      const entry = await lastEntry();
      const verified = await verifyEvidence(new TextDecoder().decode(plaintext), {
        keys: await all.federation.current.verificationKeys(MELDEREGISTER, 'evidence'),
        expected: {
          iss: registerIssuer(MELDEREGISTER),
          aud: 'familienkasse-online',
          vct: 'urn:einmal:evidence:meldedaten:1',
          evidence_type: 'meldedaten',
          subject_role: 'parent',
          purpose: 'kindergeld-antrag',
          purpose_hash: message.purpose_hash ?? '',
          legal_basis: 'egovg-5-1-1',
          retrieval_id: message.retrieval_id ?? '',
          request_digest: claimOf(message.permission_token, 'request_digest'),
          permission: claimOf(message.permission_token, 'jti'),
          trigger: String(entry?.attestation_jti),
          assurance: 'substantial',
        },
        nowMs: Date.now(),
      });
      expect(disclose(verified, new Set(message.fields)).attributes).toEqual({
        birth_date: cast.mother.birthDate,
        family_name: cast.mother.familyName,
        given_names: cast.mother.givenNames,
      });
      expect(verified.claims.assurance).toBe('substantial');
      expect(verified.claims.as_of).toBe(new Date(cast.mother.asOf).toISOString());
      expect(verified.claims.withheld).toHaveLength(13);
      expect(verified.claims.withheld).toContainEqual({ attribute: 'children', norm: 'EGovG § 5 Abs. 1 Nr. 1' });
      expect(entry).toMatchObject({
        caller: 'node',
        retrieval_id: message.retrieval_id,
        outcome: 'answered',
        attributes: ['birth_date', 'family_name', 'given_names'],
        permission_jti: claimOf(message.permission_token, 'jti'),
      });
    });

    it('that is older than the permission looks back is answered like none (IDNrG § 6 Abs. 5)', async () => {
      const ageDays = Math.floor((Date.now() - Date.parse(cast.mother.asOf)) / 86_400_000);
      const within = (look_back_days: number) =>
        request({ permission: { obligations: { rates: [], look_back_days } } });
      expect(reasonOf(await retrieve(await within(ageDays + 1)))).toBe('answered');
      const tooOld = await retrieve(await within(ageDays));
      expect(reasonOf(tooOld)).toBe('SUBJECT_NOT_AVAILABLE');
      expect(await lastEntry()).toMatchObject({ outcome: 'refused', cause: 'SUBJECT_TOO_OLD', attributes: [] });
      const nobody = { ...cast.mother, birthDate: '1901-01-01' };
      expect(bytesOf(tooOld)).toEqual(bytesOf(await retrieve(await request({}, nobody))));
    });

    it('says for how long it may be used, where the permission limits that', async () => {
      const answer = await retrieve(await request({ permission: { obligations: { rates: [], use_days: 30 } } }));
      if (!('value' in answer)) throw new Error('was refused');
      const keyFile = join(all.pki.folderOf('node'), 'encryption', 'familienkasse-online.jwk.json');
      const key = await importJWK(JSON.parse(await readFile(keyFile, 'utf8')), 'ECDH-ES');
      const { plaintext } = await compactDecrypt(answer.value.evidence_jwe ?? '', key);
      expect(claimOf(new TextDecoder().decode(plaintext).split('~')[0], 'use_days')).toBe('30');
    });

    it('is read no longer than somebody waits, however long the call is listened to, and given to nobody then', async () => {
      const owner = await all.connect(MELDEREGISTER, 'owner');
      await owner.query('begin; lock table nachweis.meldedaten in access exclusive mode');
      const reading = async () => {
        const { rows } = await all.admin.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%"nachweis"."meldedaten"%'`,
        );
        return rows.length;
      };
      try {
        const message = await request();
        const waiting = new Metadata();
        waiting.set('einmal-waits-ms', '1500');
        const settings = { deadline: Date.now() + 60_000 };
        const answered = call<RetrieveEvidenceResponse__Output>((done) =>
          register.RetrieveEvidence(message, waiting, settings, done),
        );
        expect(await eventually(reading, (it) => it > 0)).toBe(1);
        expect(reasonOf(await answered)).toBe('DEADLINE_PASSED');
        expect(await eventually(reading, (it) => it === 0)).toBe(0);
        expect(await lastEntry()).toMatchObject({
          ...{ retrieval_id: message.retrieval_id, outcome: 'failed', reason: 'DEADLINE_PASSED' },
        });
      } finally {
        await owner.query('rollback');
        await owner.end();
      }
      expect(reasonOf(await retrieve(await request()))).toBe('answered');
    });

    it('of the same request is given again, by any replica, and logged as a repeat', async () => {
      const message = await request();
      expect(reasonOf(await retrieve(message))).toBe('answered');
      expect(reasonOf(await retrieve(message, replica))).toBe('answered');
      expect(await lastEntry()).toMatchObject({ outcome: 'repeated', retrieval_id: message.retrieval_id });
    });

    it('is given once for one decision, whichever replica is asked at the same time', async () => {
      const jti = 'one-decision-for-all-of-them';
      const messages = await Promise.all(Array.from({ length: 12 }, () => request({ attestationBy: { jti } })));
      const answers = await Promise.all(messages.map((it, index) => retrieve(it, index % 2 ? replica : register)));
      const reasons = answers.map(reasonOf);
      expect(reasons.filter((it) => it === 'answered')).toHaveLength(1);
      expect(reasons.filter((it) => it === 'REPLAY')).toHaveLength(11);
    });

    const deviations: readonly (readonly [string, string, string, (all: Deployment) => Deviation])[] = [
      [
        'PERMISSION_INVALID',
        'PERMISSION_ALGORITHM',
        'permission with alg none',
        () => ({ permissionToken: withAlgNone }),
      ],
      [
        'PERMISSION_INVALID',
        'PERMISSION_ALGORITHM',
        'permission with HS256 and the public key',
        ({ federation }) => ({
          permissionToken: async (token) => {
            const [key] = await federation.current.verificationKeys('intermediary', 'permission');
            return withPublicKeyAsSecret(token, key!);
          },
        }),
      ],
      [
        'PERMISSION_INVALID',
        'PERMISSION_DIGEST',
        'permission for another request',
        () => ({ permission: { request_digest: 'A'.repeat(43) } }),
      ],
      [
        'PERMISSION_INVALID',
        'PERMISSION_EXPIRED',
        'expired permission',
        () => ({ permissionBy: { nowMs: Date.now() - 601_000 } }),
      ],
      [
        'PERMISSION_INVALID',
        'PERMISSION_CALLER',
        'permission of another node',
        () => ({ permission: { node_certificate: 'B'.repeat(43) } }),
      ],
      ['TRIGGER_INVALID', 'TRIGGER_ALGORITHM', 'trigger with alg none', () => ({ triggerToken: withAlgNone })],
      ['TRIGGER_INVALID', 'TRIGGER_EXPIRED', 'expired trigger', () => ({ triggerBy: { nowMs: Date.now() - 301_000 } })],
      [
        'TRIGGER_INVALID',
        'ATTESTATION_PURPOSE',
        'decision for another purpose',
        () => ({ decision: { purpose: 'elterngeld-antrag' } }),
      ],
      [
        'REQUEST_INVALID',
        'TOO_OLD',
        'request of yesterday',
        () => ({ request: { issued_at: Date.now() - 86_400_000 } }),
      ],
      ['TRANSFER_NOT_PERMITTED', 'TRANSFER_FIELDS', 'field of no rule', () => ({ request: { fields: ['sex'] } })],
    ];

    it.each(deviations)('%s and in the own log %s: %s', async (reason, cause, _title, deviation) => {
      const message = await request(deviation(all));
      expect(reasonOf(await retrieve(message))).toBe(reason);
      const entry = await lastEntry();
      expect(entry).toMatchObject({
        outcome: 'refused',
        reason,
        cause,
        retrieval_id: message.retrieval_id,
        attributes: [],
      });
    });

    it('is not given when the tokens belong to another request of the same node', async () => {
      const [first, second] = [await request(), await request({}, cast.father)];
      const { permission_token = '', trigger_token = '' } = first;
      expect(reasonOf(await retrieve({ ...second, permission_token, trigger_token }))).toBe('PERMISSION_INVALID');
    });

    it('is not given to a certificate that no agreement names, nor to one of an online service', async () => {
      const { grpcPort } = readEdgeConfig(await all.environment(MELDEREGISTER));
      const port = Number(register.getChannel().getTarget().split(':').at(-1));
      expect(port).not.toBe(grpcPort);
      const stranger = await all.pki.issue({ commonName: 'node', participant: 'node' });
      expect(reasonOf(await retrieve(await request(), all.registerClient(port, stranger)))).toBe('CALLER_UNKNOWN');
      const service = readTlsIdentity(all.pki.folderOf('familienkasse-online'));
      expect(reasonOf(await retrieve(await request(), all.registerClient(port, service)))).toBe('CALL_NOT_ALLOWED');
      expect(await lastEntry()).toMatchObject({ caller: 'familienkasse-online', cause: 'CALLER_KIND' });
    });

    it('none, several and blocked are one answer, byte for byte (IDNrG § 6 Abs. 5)', async () => {
      const owner = await all.connect(MELDEREGISTER, 'owner');
      await owner.query(`
        drop index melderegister.einwohner_idnr;
        create temporary table twice as select * from melderegister.einwohner where idnr = '${cast.widow.idnr}';
        update twice set ordnungsmerkmal = 'twice';
        insert into melderegister.einwohner select * from twice;
        insert into melderegister.anschrift
          select 'twice', strasse, hausnummer, plz, ort, ars, staat, einzugsdatum from melderegister.anschrift limit 1`);
      await owner.end();
      const otherBirthDate = { ...cast.mother, birthDate: '1901-01-01' };
      const persons = [cast.withoutRecord, otherBirthDate, cast.deceased, cast.widow, cast.blocked];
      const answers = [];
      const causes = [];
      for (const person of persons) {
        answers.push(bytesOf(await retrieve(await request({}, person))));
        causes.push((await lastEntry())?.cause);
      }
      expect(causes).toEqual(['SUBJECT_NONE', 'SUBJECT_NONE', 'SUBJECT_NONE', 'SUBJECT_SEVERAL', 'SUBJECT_BLOCKED']);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]?.status).toHaveLength(1);
    });
  });

  describe('lookup', () => {
    const birth = (person: Person) => ({ birth_date: person.birthDate });
    const byIdnr = (person: Person): PersonKey => ({ set: 'idnr', idnr: person.idnr ?? '', ...birth(person) });
    const byName = (person: Person, givenNames = person.givenNames): PersonKey => ({
      set: 'name',
      family_name: person.familyName,
      given_names: givenNames,
      ...birth(person),
    });
    const byAddress = (person: Person): PersonKey => ({
      set: 'address',
      family_name: person.familyName.toUpperCase(),
      town: person.address.town,
      postcode: person.address.postcode,
      ...birth(person),
    });

    it.each([
      ['Nr. 1, address', () => byAddress(cast.mother), cast.mother],
      ['Nr. 2, names', () => byName(cast.mother), cast.mother],
      ['Nr. 2, one of twins', () => byName(cast.twins[1]), cast.twins[1]],
      ['Nr. 3, number', () => byIdnr(cast.mother), cast.mother],
      ['Nr. 3, birth date known in part', () => byIdnr(cast.birthMonthOnly), cast.birthMonthOnly],
      ['Nr. 3, deceased', () => byIdnr(cast.deceased), cast.deceased],
    ] as const)('finds by IDNrG § 6 Abs. 3 %s', async (_title, key, person) => {
      const answer = await lookUp(key());
      expect(answer).toMatchObject({ value: { idnr: person.idnr, birth_date: person.birthDate } });
    });

    it('answers a retired number with the surviving one, and finds the person once by their names', async () => {
      const person = cast.retiredDuplicate;
      const retired: PersonKey = { set: 'idnr', idnr: person.retiredIdnrs[0] ?? '', ...birth(person) };
      for (const key of [retired, byName(person), byAddress(person)])
        expect(await lookUp(key)).toMatchObject({ value: { idnr: person.idnr } });
    });

    const authorised = (by: Person, representation: Representation): Deviation => ({
      lookup: { representative_idnr: by.idnr },
      decision: { acting: 'REPRESENTATIVE', decider_role: 'representative', representation },
    });

    it('takes spellings for one name by the rules that it is configured with, and finds nobody by a wrong one', async () => {
      const { mother } = cast;
      for (const familyName of [
        'Dr. von Mustermann-Søndergård',
        'VON MUSTERMANN-SOENDERGAARD',
        'Mustermann Søndergård',
      ])
        expect(await lookUp(byAddress({ ...mother, familyName }))).toMatchObject({ value: { idnr: mother.idnr } });
      for (const familyName of ['Mustermann', 'von Mustermann-Sondergard', 'Søndergård-Mustermann'])
        expect(reasonOf(await lookUp(byAddress({ ...mother, familyName })))).toBe('SUBJECT_NOT_AVAILABLE');
      expect(await lookUp(byName({ ...mother, givenNames: 'Joerdis' }))).toMatchObject({
        value: { idnr: mother.idnr },
      });
    });

    it.each<readonly [Representation, Person, Person]>([
      ['guardianship', cast.childOfParentAbroad, cast.widow],
      ['care', cast.partialBirthDate, cast.retiredDuplicate],
      ['power-of-attorney', cast.student, cast.studentMother],
    ])('finds somebody for whom another one decides by virtue of %s', async (representation, represented, by) => {
      const answer = await lookUp(byIdnr(represented), authorised(by, representation));
      expect(answer).toMatchObject({ value: { idnr: represented.idnr } });
    });

    it('none, several, blocked and not represented are one answer, byte for byte (IDNrG § 6 Abs. 4 and 5)', async () => {
      const child: Deviation = {
        lookup: { subject_role: 'child', representative_idnr: cast.widow.idnr },
        decision: { acting: 'REPRESENTATIVE', decider_role: 'parent' },
      };
      const none: PersonKey = { set: 'idnr', idnr: cast.none.idnr, birth_date: cast.none.birthDate };
      const asked: readonly (readonly [PersonKey, Deviation?])[] = [
        [none],
        [{ ...byIdnr(cast.mother), birth_date: '1901-01-01' }],
        [byAddress(cast.twins[0])],
        [byName(cast.namesakes[0])],
        [byIdnr(cast.blocked)],
        [byIdnr(cast.newborn), child],
        [byIdnr(cast.student), authorised(cast.studentFather, 'power-of-attorney')],
        [byIdnr(cast.student), authorised(cast.studentMother, 'care')],
        [byIdnr(cast.newborn), authorised(cast.mother, 'guardianship')],
      ];
      const edgeLog = await all.connect(`${DIRECTORY}-edge`, 'owner');
      const answers = [];
      const causes = [];
      for (const [key, deviation] of asked) {
        answers.push(bytesOf(await lookUp(key, deviation)));
        causes.push(String((await lastEntry(edgeLog))?.cause).replace('SUBJECT_', ''));
      }
      await edgeLog.end();
      expect(causes).toEqual([
        ...['NONE', 'NONE', 'SEVERAL', 'SEVERAL', 'BLOCKED'],
        ...Array(4).fill('NOT_REPRESENTED'),
      ]);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });

    it('finds a child for the parent who represents it', async () => {
      const answer = await lookUp(byIdnr(cast.newborn), {
        lookup: { subject_role: 'child', representative_idnr: cast.mother.idnr },
        decision: { acting: 'REPRESENTATIVE', decider_role: 'parent' },
      });
      expect(answer).toMatchObject({ value: { idnr: cast.newborn.idnr } });
    });
  });

  describe("a register's own key for a person", () => {
    it('stays behind its edge: in no evidence, in no answer and in no line of its log', async () => {
      const owner = await all.connect(MELDEREGISTER, 'owner');
      const sql = 'select ordnungsmerkmal as key from melderegister.einwohner where idnr = $1';
      const { rows } = await owner.query<{ key: string }>(sql, [cast.mother.idnr]);
      await owner.end();
      const local = rows[0]?.key ?? '';
      expect(local.length).toBeGreaterThan(3);
      const everything = all.federation.current.lookup.evidenceType('meldedaten')?.attributes.map(({ id }) => id) ?? [];
      const answer = await retrieve(await request({ request: { fields: ['family_name', 'street', 'town'] } }));
      if (!('value' in answer)) throw new Error('was refused');
      const keyFile = join(all.pki.folderOf('node'), 'encryption', 'familienkasse-online.jwk.json');
      const key = await importJWK(JSON.parse(await readFile(keyFile, 'utf8')), 'ECDH-ES');
      const parts = new TextDecoder()
        .decode((await compactDecrypt(answer.value.evidence_jwe ?? '', key)).plaintext)
        .split(/[.~]/)
        .map((part) => Buffer.from(part, 'base64url').toString());
      const log = JSON.stringify(await lastEntry());
      expect(parts.some((text) => text.includes(cast.mother.familyName))).toBe(true);
      for (const text of [...parts, log]) expect(text).not.toContain(local);
      // And no attribute of the catalogue is made of it.
      expect(everything).not.toContain('person_key');
    });
  });

  describe('a sibling who is blocked', () => {
    /** What a stranger sees who can read everything but the values: lengths, names, numbers. */
    const shapeOf = async () => {
      const answer = await retrieve(await request({ request: { fields: ['children', 'family_name'] } }, cast.student));
      if (!('value' in answer)) throw new Error('was refused');
      const jwe = answer.value.evidence_jwe ?? '';
      const keyFile = join(all.pki.folderOf('node'), 'encryption', 'familienkasse-online.jwk.json');
      const key = await importJWK(JSON.parse(await readFile(keyFile, 'utf8')), 'ECDH-ES');
      const [jws = '', ...disclosures] = new TextDecoder()
        .decode((await compactDecrypt(jwe, key)).plaintext)
        .split('~');
      const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
      return {
        ciphertext: jwe.length,
        signed: jws.length,
        disclosures: disclosures.map((it) => it.length).toSorted(),
        digests: payload.attributes._sd.length,
        claims: Object.keys(payload).toSorted(),
        withheld: payload.withheld,
      };
    };

    it('leaves no trace: the evidence has the shape and length of that about somebody without (BMG § 34a Abs. 5)', async () => {
      const owner = await all.connect(MELDEREGISTER, 'owner');
      const add = (blocked: boolean) =>
        owner.query(
          `insert into melderegister.kind select ordnungsmerkmal, $2, 'Musterkind', 'Noa', '2024-05-05', $3
             from melderegister.einwohner where idnr = $1`,
          [cast.student.idnr, blocked ? 1 : 2, blocked],
        );
      try {
        const without = await shapeOf();
        await add(true);
        expect(await shapeOf()).toEqual(without);
        // One who is not blocked is seen: what is compared can differ.
        await add(false);
        expect((await shapeOf()).ciphertext).toBeGreaterThan(without.ciphertext);
      } finally {
        await owner.query("delete from melderegister.kind where familienname = 'Musterkind'");
        await owner.end();
      }
    });
  });

  describe('what each edge serves', () => {
    it('a register describes itself and answers no lookup, the directory gives no evidence', async () => {
      const port = (client: RegisterServiceClient | IdentityDirectoryServiceClient) =>
        Number(client.getChannel().getTarget().split(':').at(-1));
      const described = await call<DescribeRegisterResponse__Output>((done) => register.DescribeRegister({}, done));
      expect(described).toMatchObject({
        value: {
          register: MELDEREGISTER,
          evidence_types: ['meldedaten', 'meldeschein', 'meldeschein-familie'],
          simulator: true,
        },
      });
      const lookup = await aLookup(all.federation, {}, now());
      const asked = await call<LookupPersonResponse__Output>((done) =>
        all.directoryClient(port(register)).LookupPerson(lookup as LookupPersonRequest, done),
      );
      expect(reasonOf(asked)).toBe('NOT_BUILT');
      expect(reasonOf(await retrieve(await request(), all.registerClient(port(directory))))).toBe('NOT_BUILT');
    });
  });

  describe('own database', () => {
    it('lets the edge add to the log and read it, and nothing else; and the owner neither change nor shorten it', async () => {
      await retrieve(await request());
      const edge = await all.connect(`${MELDEREGISTER}-edge`, 'edge');
      for (const sql of [
        "update edge.log set outcome = 'refused'",
        'delete from edge.log',
        'truncate edge.log',
        "update edge.replay set digest = ''",
        'delete from edge.replay',
        'drop table edge.log',
        'create table edge.mine (a int)',
      ])
        await expect(edge.query(sql)).rejects.toMatchObject({ code: '42501' });
      await edge.end();
      for (const sql of ["update edge.log set outcome = 'refused'", 'delete from edge.log', 'truncate edge.log'])
        await expect(ownLog.query(sql)).rejects.toThrow('append-only');
    });

    it('forgets tokens that have expired, and no others', async () => {
      await ownLog.query(`
        insert into edge.replay values ('trigger', 'node', 'long-expired', '', now() - interval '11 minutes'),
                                       ('trigger', 'node', 'just-expired', '', now() - interval '9 minutes')`);
      const edge = await all.connect(`${MELDEREGISTER}-edge`, 'edge');
      await edge.query('select edge.forget_expired()');
      await edge.end();
      const { rows } = await ownLog.query("select jti from edge.replay where jti like '%-expired'");
      expect(rows).toEqual([{ jti: 'just-expired' }]);
    });

    it('nothing is answered that is not on record (FZV § 68)', async () => {
      await ownLog.query('alter table edge.log rename to log_away');
      const [answered, refused] = [await request(), await request({ request: { fields: ['sex'] } })];
      expect(reasonOf(await retrieve(answered))).toBe('AUDIT_LOG_UNAVAILABLE');
      expect(reasonOf(await retrieve(refused))).toBe('AUDIT_LOG_UNAVAILABLE');
      await ownLog.query('alter table edge.log_away rename to log');
      expect(reasonOf(await retrieve(answered))).toBe('answered');
    });

    it('holds nothing of a person but a keyed index', async () => {
      await retrieve(await request());
      const { rows } = await ownLog.query('select * from edge.log, edge.replay');
      const text = JSON.stringify(rows);
      const { idnr, familyName, givenNames, birthDate } = cast.mother;
      for (const value of [idnr, familyName, givenNames, birthDate]) expect(text).not.toContain(value);
    });
  });

  describe('data source', () => {
    it('that does not answer in time is an outage, on record, and the same request succeeds later', async () => {
      const owner = await all.connect(MELDEREGISTER, 'owner');
      await owner.query('begin; lock table melderegister.einwohner in access exclusive mode');
      const message = await request();
      const started = Date.now();
      expect(reasonOf(await retrieve(message))).toBe('REGISTER_UNAVAILABLE');
      expect(Date.now() - started).toBeLessThan(4000);
      expect(await lastEntry()).toMatchObject({ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' });
      await owner.query('rollback');
      await owner.end();
      expect(reasonOf(await retrieve(message))).toBe('answered');
    });

    it('that is not as configured, or may be written to, keeps the edge from starting, with all faults', async () => {
      const config = readEdgeConfig(await all.environment(MELDEREGISTER));
      const { registerConfig } = config;
      if (!isTables(registerConfig)) throw new Error('not configured');
      const { meldedaten } = registerConfig.evidence ?? {};
      if (meldedaten === undefined) throw new Error('not configured');
      const withView = (over: Partial<typeof meldedaten>) => ({
        ...config,
        registerConfig: {
          ...registerConfig,
          evidence: { ...registerConfig.evidence, meldedaten: { ...meldedaten, ...over } },
        },
      });
      const faultsOf = async (start: Promise<unknown>): Promise<readonly string[]> => {
        const error = await start.then(
          () => undefined,
          (it: unknown) => it,
        );
        if (!(error instanceof ConfigFault)) throw error;
        return error.faults;
      };
      expect(await faultsOf(all.start(withView({ as_of: 'seit' })))).toEqual([
        'view nachweis.meldedaten lacks a configured column: seit',
      ]);
      expect(await faultsOf(all.start(withView({ view: 'nachweis.anderes' })))).toEqual([
        'view nachweis.anderes does not exist',
      ]);
      expect(await faultsOf(all.start(withView({ view: 'melderegister.einwohner' })))).toEqual([
        'view melderegister.einwohner may not be read by the configured role',
      ]);
      const taken = Number(register.getChannel().getTarget().split(':').at(-1));
      expect(await faultsOf(all.start({ ...config, grpcPort: taken }))).toEqual([
        `EINMAL_GRPC_PORT: cannot listen on localhost:${taken}`,
      ]);
      const asOwner = new URL(config.dataUrl);
      asOwner.username = asOwner.username.replace('edge_reader', 'edge_owner');
      expect(await faultsOf(all.start({ ...config, dataUrl: asOwner.href }))).toEqual([
        'view nachweis.meldedaten may be changed by the configured role',
        'view nachweis.meldeschein may be changed by the configured role',
        'view nachweis.meldeschein_familie may be changed by the configured role',
      ]);
    });
  });

  it('writes no personal value and no token to the operational log', () => {
    const text = all.log.lines.join('\n');
    expect(text).toContain('REGISTER_UNAVAILABLE');
    expect(text).not.toMatch(/eyJ/);
    for (const { idnr, familyName } of [cast.mother, cast.widow, cast.blocked]) {
      expect(text).not.toContain(familyName);
      expect(text).not.toContain(idnr);
    }
  });
});

function claimOf(token: string | undefined, name: string): string {
  return String(JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())[name]);
}
