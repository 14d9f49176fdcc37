import { randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Client, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import type pg from 'pg';
import { cast } from '../../src/demo/people/cast.js';
import { fromTimestamp, type WireTimestamp } from '../../src/platform/clock.js';
import { toFailure } from '../../src/platform/grpc-client.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { readEdgeConfig } from '../../src/register-edge/edge-config.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import type { PersonKey } from '../../src/tokens/register-request.js';
import { aDeployment, type Deployment } from '../register-edge/deployment.js';
import {
  byteChange,
  decode,
  encode,
  encodeOr,
  fieldChange,
  garbage,
  HOSTILE,
  hostileClaim,
  type Method,
  pathOf,
  period,
  withField,
} from '../register-edge/hostile-requests.js';
import { anInquiry } from '../register-edge/inquiry.js';
import { aLookup, aRetrieval } from '../register-edge/presented.js';
import { framed, rawCall } from '../support/e2e-http2.js';

const SEED = 20_261_126;
const BATCH = 64;
const BATCHES = 160;
/** Rightful requests that the hostile ones are made of. */
const MODELS = 24;
const INQUIRIES = 3;
const DEADLINE_MS = 20_000;

const RETRIEVE = 'RegisterService/RetrieveEvidence';
const LOOK_UP = 'IdentityDirectoryService/LookupPerson';
const STREAM = 'RegisterService/StreamLog';
const DESCRIBE = 'RegisterService/DescribeRegister';
const DEFERRED = 'RegisterService/RetrieveDeferredEvidence';
const LIST = 'RegisterService/ListSubjectEntries';
const REPORT = 'RegisterService/ReportDiscrepancy';
const REPORTED = 'RegisterService/GetDiscrepancy';
const BUILT: readonly Method[] = [RETRIEVE, LOOK_UP, STREAM, DESCRIBE, DEFERRED, LIST, REPORT, REPORTED];
/** The register described, and what became of a node's own report. */
const SAYS_NOTHING: readonly Method[] = [DESCRIBE, REPORTED];
/** What a token of the request is bound to: nothing of it can be another where it is answered. */
const BOUND: readonly Method[] = [RETRIEVE, LOOK_UP, LIST];

/** Everything that an edge may answer whoever sends whatever. */
const REASONS = [
  'answered',
  'NOT_BUILT',
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'REQUEST_INVALID',
  'DEADLINE_PASSED',
  'PERMISSION_INVALID',
  'TRANSFER_NOT_PERMITTED',
  'TRIGGER_INVALID',
  'REPLAY',
  'SUBJECT_NOT_AVAILABLE',
  'REGISTER_RATE_LIMITED',
  'NOT_FOUND',
];

const garbageBytes = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 7919) % 256));

type Model = Readonly<{ method: Method; message: object }>;
type Sent = Readonly<{ method: Method; message: Buffer; model?: Model }>;

describe('an edge, asked ten thousand times by a node that nobody would want (seeded)', () => {
  let all: Deployment;
  /** With both tokens. */
  let models: readonly Model[];
  /** What else an edge is asked; answered, but for what was never announced and what is about companies. */
  let others: readonly Model[];
  const clients = new Map<string, Client>();
  const logs = new Map<string, pg.Client>();

  beforeAll(async () => {
    all = await aDeployment();
    for (const register of ['melderegister-bremen', 'identity-directory']) {
      const config = readEdgeConfig(await all.environment(register));
      await all.start(config);
      clients.set(register, all.registerClient(config.grpcPort));
      logs.set(register, await all.connect(`${register}-edge`, 'owner'));
    }
    const { idnr, familyName, birthDate } = cast.mother;
    const person = { idnr: idnr ?? '', familyName, birthDate };
    const key: PersonKey = {
      set: 'name',
      family_name: familyName,
      given_names: cast.mother.givenNames,
      birth_date: birthDate,
    };
    const now = { nowMs: Date.now() };
    models = await Promise.all(
      Array.from({ length: MODELS }, async (_, at): Promise<Model> => {
        const rates = [{ rule: 'kindergeld-meldedaten', of: 'persons', max: 1, per: 'day' }] as const;
        const limited = at % 2 ? {} : { permission: { obligations: { rates } } };
        if (at % 3 > 0)
          return { method: RETRIEVE, message: await aRetrieval(all.federation, limited, { ...now, person }) };
        const lookup = at % 2 ? {} : { lookup: { key } };
        return { method: LOOK_UP, message: await aLookup(all.federation, lookup, now) };
      }),
    );
    const given = await aRetrieval(all.federation, {}, { ...now, person });
    expect(await send({ method: RETRIEVE, message: encode(RETRIEVE, given) })).toBe('answered');
    const { retrieval_id } = given;
    const report = {
      ...{ report_id: randomUUID(), evidence_id: 'urn:uuid:evidence', attribute: 'family_name', remark: 'falsch' },
      ...{ retrieval_id, idnr: person.idnr, reporter: 'DISCREPANCY_REPORTER_SUBJECT' },
    };
    // Another size than the one that no size stands for.
    const short = { inquiry: { page_size: 50 } };
    const inquiries = Array.from({ length: INQUIRIES }, () => anInquiry(all.federation, short, { ...now, person }));
    const { person: _, ...ofNobody } = given;
    const commitment_salt = randomBytes(32);
    const representative = { family_name: familyName, birth_date: birthDate };
    const entry = { kind: 'HRB', court: 'TEST1', number: '900001' };
    const companies = [
      { register_entry: entry, representative, commitment_salt },
      { business_number: 'DE136695976-00001', commitment_salt },
    ];
    others = [
      ...(await Promise.all(inquiries)).map((message): Model => ({ method: LIST, message })),
      { method: REPORT, message: report },
      { method: REPORTED, message: { report_id: report.report_id } },
      { method: DEFERRED, message: { request: given } },
      ...companies.map((company): Model => ({ method: RETRIEVE, message: { ...ofNobody, company } })),
    ];
    for (const it of others.filter(({ method }) => method !== DEFERRED && method !== RETRIEVE))
      expect(await send({ ...it, message: encode(it.method, it.message) })).toBe('answered');
  }, 60_000);

  afterAll(async () => {
    for (const log of logs.values()) await log.end();
    await all?.end();
  });

  const registerOf = (method: Method) => (method === LOOK_UP ? 'identity-directory' : 'melderegister-bremen');
  const send = ({ method, message }: Sent): Promise<string> => {
    const client = clients.get(registerOf(method));
    if (client === undefined) throw new Error('no such client');
    const [path, settings] = [pathOf(method), { deadline: Date.now() + DEADLINE_MS }] as const;
    const same = (it: Buffer) => it;
    return new Promise((resolve, reject) => {
      const ended = (error: ServiceError | null) => (error === null ? resolve('answered') : settle(error));
      const settle = (error: ServiceError) => {
        try {
          resolve(reasonOf(error));
        } catch (fault) {
          reject(fault);
        }
      };
      if (method !== STREAM) {
        client.makeUnaryRequest(path, same, same, message, new Metadata(), settings, ended);
        return;
      }
      const stream = client.makeServerStreamRequest(path, same, same, message, new Metadata(), settings);
      stream
        .on('data', () => undefined)
        .on('end', () => resolve('answered'))
        .on('error', settle);
    });
  };
  /** @throws if it says what nobody may be told, or is not of the closed list */
  const reasonOf = (error: ServiceError): string => {
    const told = `${error.details} ${JSON.stringify(error.metadata.getMap())} ${String(error.metadata.get('grpc-status-details-bin'))}`;
    for (const value of PERSONAL) expect(told).not.toContain(value);
    const { reason = `no reason, ${status[error.code]} ${error.details}` } = toFailure(error);
    expect(REASONS).toContain(reason);
    return reason;
  };
  const lines = async () => {
    const counts = [...logs.values()].map(async (log) => {
      const { rows } = await log.query<{ count: string }>('select count(*) from edge.log');
      return Number(rows[0]?.count);
    });
    return (await Promise.all(counts)).reduce((sum, it) => sum + it, 0);
  };
  /** Everything but what says nothing of anybody, and of that what nobody could read. */
  const isLogged = ({ method, message }: Sent) =>
    !SAYS_NOTHING.includes(method) || decode(method, message) === undefined;
  /** All but the tokens, of which two texts may say the same (RFC 4648 § 3.5), and times to the millisecond. */
  const meaning = (sent: Sent) => {
    const decoded = decode(sent.method, sent.message) ?? {};
    const { permission_token: _, trigger_token: __, session_token: ___, issue_time: issuedAt, ...rest } = decoded;
    return { ...rest, issuedAt: fromTimestamp(issuedAt as WireTimestamp) };
  };

  /** Says nothing of the counterexample, which is a hundred pages long: seed and path find it again. */
  const holds = async <T>(property: fc.IAsyncProperty<T>, numRuns: number) => {
    const settings = { seed: SEED, numRuns, endOnFailure: true };
    const { failed, counterexamplePath, errorInstance: cause } = await fc.check(property, settings);
    if (failed) throw new Error(`seed ${SEED}, path ${counterexamplePath}: ${String(cause)}`, { cause });
  };

  const PERSONAL = [HOSTILE, cast.mother.idnr ?? '', cast.mother.familyName, cast.mother.birthDate];

  const model = fc.nat({ max: MODELS - 1 }).map((at) => models[at] as Model);
  const other = fc.nat({ max: 1000 }).map((at) => others[at % others.length] as Model);
  const any = fc.oneof({ weight: 2, arbitrary: model }, { weight: 1, arbitrary: other });
  const changedBytes = fc.tuple(any, fc.array(byteChange, { minLength: 1, maxLength: 3 })).map(
    ([it, changes]): Sent => ({
      method: it.method,
      message: changes.reduce((whole, change) => change(whole), encode(it.method, it.message)),
      model: it,
    }),
  );
  const changedFields = fc.tuple(any, fc.array(fieldChange, { minLength: 1, maxLength: 3 })).map(
    ([it, changes]): Sent => ({
      method: it.method,
      message: encodeOr(it.method, changes.reduce(withField, it.message), it.message),
      model: it,
    }),
  );
  const exchangedTokens = fc.tuple(model, model, fc.boolean()).map(([it, other, permission]): Sent => {
    const name = permission ? 'permission_token' : 'trigger_token';
    const token = (other.message as Record<string, unknown>)[name];
    return { method: it.method, message: encode(it.method, { ...it.message, [name]: token }) };
  });
  const elsewhere = fc
    .tuple(
      fc.constantFrom(...BUILT),
      fc.oneof(
        garbage,
        any.map((it) => encode(it.method, it.message)),
      ),
    )
    .map(([method, message]): Sent => ({ method, message }));
  const neverAnnounced = model.map(
    (it): Sent => ({ method: DEFERRED, message: encode(DEFERRED, { request: it.message }) }),
  );
  const periods = period.map((it): Sent => ({ method: STREAM, message: encode(STREAM, it) }));
  const rightful = any.map((it): Sent => ({ method: it.method, message: encode(it.method, it.message), model: it }));

  const requests = fc.oneof(
    { weight: 30, arbitrary: changedBytes },
    { weight: 30, arbitrary: changedFields },
    { weight: 15, arbitrary: elsewhere },
    { weight: 10, arbitrary: exchangedTokens },
    { weight: 10, arbitrary: periods },
    { weight: 5, arbitrary: neverAnnounced },
    { weight: 5, arbitrary: rightful },
  );

  it('answers each with a reason of the closed list, quotes nothing, and has one line for each that it must log', async () => {
    const seen = new Map<string, number>();
    const read = new Set<string>();
    await holds(
      fc.asyncProperty(fc.array(requests, { minLength: BATCH, maxLength: BATCH }), async (batch) => {
        const before = await lines();
        const reasons = await Promise.all(batch.map(send));
        expect((await lines()) - before).toBe(batch.filter(isLogged).length);
        for (const [at, reason] of reasons.entries()) {
          const sent = batch[at];
          seen.set(reason, (seen.get(reason) ?? 0) + 1);
          if (reason !== 'REQUEST_MALFORMED') read.add(`${sent?.method} ${reason}`);
          if (sent?.model === undefined || reason !== 'answered' || !BOUND.includes(sent.method)) continue;
          expect(meaning(sent)).toEqual(meaning({ ...sent, message: encode(sent.method, sent.model.message) }));
        }
      }),
      BATCHES,
    );
    expect([...seen.values()].reduce((sum, it) => sum + it, 0)).toBeGreaterThanOrEqual(10_000);
    for (const reason of ['answered', 'REQUEST_MALFORMED', 'REQUEST_INVALID', 'PERMISSION_INVALID', 'TRIGGER_INVALID'])
      expect(seen.get(reason)).toBeGreaterThan(20);
    // Each is understood and refused, and each that can be is answered, too.
    for (const method of [RETRIEVE, LOOK_UP, LIST, REPORT, REPORTED])
      expect([...read]).toEqual(expect.arrayContaining([`${method} REQUEST_INVALID`, `${method} answered`]));
    for (const method of [LIST, REPORT, REPORTED])
      expect([...read].filter((it) => it.startsWith(method)).length).toBeGreaterThan(2);
    expect([...read]).toContain(`${DEFERRED} REQUEST_INVALID`);
  }, 300_000);

  it('takes no claim for granted because its signature holds: a node, a service and an intermediary that lie', async () => {
    const anew = async (token: string, key: SigningKey, [name, value]: readonly [string, unknown]) =>
      new SignJWT({ ...decodeJwt(token), [name]: value })
        .setProtectedHeader({ ...decodeProtectedHeader(token), alg: key.alg })
        .sign(key.key);
    const { federation } = all;
    const keys = {
      permission: federation.key('intermediary', 'permission'),
      trigger: federation.key('node', 'trigger'),
      attestation: federation.key('familienkasse-online', 'attestation'),
    };
    const liars = fc.constantFrom<keyof typeof keys>('permission', 'trigger', 'attestation');
    await holds(
      fc.asyncProperty(
        fc.array(fc.tuple(model, liars, hostileClaim), { minLength: 32, maxLength: 32 }),
        async (batch) => {
          const before = await lines();
          const sent = await Promise.all(
            batch.map(async ([it, liar, claim]): Promise<Sent> => {
              const { permission_token: permission, trigger_token: trigger } = it.message as Record<string, string>;
              const attestation = String(decodeJwt(trigger ?? '').attestation);
              const tokens =
                liar === 'permission'
                  ? { permission_token: await anew(permission ?? '', keys.permission, claim) }
                  : liar === 'trigger'
                    ? { trigger_token: await anew(trigger ?? '', keys.trigger, claim) }
                    : {
                        trigger_token: await anew(trigger ?? '', keys.trigger, [
                          'attestation',
                          await anew(attestation, keys.attestation, claim),
                        ]),
                      };
              return { method: it.method, message: encode(it.method, { ...it.message, ...tokens }) };
            }),
          );
          await Promise.all(sent.map(send));
          expect((await lines()) - before).toBe(batch.length);
        },
      ),
      30,
    );
  }, 60_000);

  describe('over bare HTTP/2', () => {
    const ask = async (message: Buffer, headers: Readonly<Record<string, string>>, sending = {}) => {
      const port = clients.get('melderegister-bremen')?.getChannel().getTarget().split(':').at(-1);
      const tls = readTlsIdentity(all.pki.folderOf('node'));
      const endpoint = `localhost:${port}`;
      return rawCall(tls, pathOf(RETRIEVE), headers, message, { endpoint, ...sending }).then(
        () => 'answered',
        (error: ServiceError) => reasonOf(error),
      );
    };
    const zipped = gzipSync(HOSTILE.repeat(100));
    const wrong: readonly (readonly [string, string, Buffer, Readonly<Record<string, string>>])[] = [
      ['a timeout that is none', 'REQUEST_MALFORMED', framed(Buffer.alloc(0)), { 'grpc-timeout': HOSTILE }],
      ['a compression that is broken', 'REQUEST_MALFORMED', framed(garbageBytes(80), 1), { 'grpc-encoding': 'gzip' }],
      [
        'a compression that ends too early',
        'REQUEST_MALFORMED',
        framed(zipped.subarray(0, -12), 1),
        { 'grpc-encoding': 'gzip' },
      ],
      [
        'what is small and grows',
        'REQUEST_TOO_LARGE',
        framed(gzipSync(Buffer.alloc(50e6)), 1),
        { 'grpc-encoding': 'gzip' },
      ],
      ['a compression that nobody reads', 'NOT_BUILT', framed(zipped, 1), { 'grpc-encoding': 'br' }],
      ['no message at all', 'NOT_BUILT', Buffer.alloc(0), {}],
      ['two messages for one', 'NOT_BUILT', Buffer.concat([framed(zipped), framed(zipped)]), {}],
    ];

    it.each(wrong)('answers %s with %s, and goes on', async (_what, reason, body, headers) => {
      expect(await ask(body, headers)).toBe(reason);
      expect(await send({ method: DESCRIBE, message: Buffer.alloc(0) })).toBe('answered');
    });

    it('takes a request that comes byte by byte, and others meanwhile', async () => {
      const person = {
        idnr: cast.father.idnr ?? '',
        familyName: cast.father.familyName,
        birthDate: cast.father.birthDate,
      };
      const message = encode(RETRIEVE, await aRetrieval(all.federation, {}, { nowMs: Date.now(), person }));
      const slow = ask(framed(message), {}, { bytesAtOnce: 1, pauseMs: 1 });
      const others = await Promise.all(
        models.slice(0, 8).map((it) => send({ ...it, message: encode(it.method, it.message) })),
      );
      expect(others.every((it) => REASONS.includes(it))).toBe(true);
      expect(await slow).toBe('answered');
    });

    it('does not wait for a request that never ends longer than its caller', async () => {
      const half = framed(garbageBytes(4000)).subarray(0, 2000);
      const started = performance.now();
      expect(await ask(half, { 'grpc-timeout': '400m' }, { bytesAtOnce: 1, pauseMs: 1 })).toBe('DEADLINE_PASSED');
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  });

  it('has kept nothing of it in its log, and nothing of a person', async () => {
    for (const log of logs.values()) {
      const kept = await Promise.all(
        ['edge.log', 'edge.replay', 'edge.person_asked', 'edge.discrepancy'].map((it) =>
          log.query(`select * from ${it}`),
        ),
      );
      const text = JSON.stringify(kept.map(({ rows }) => rows));
      for (const value of PERSONAL) expect(text.includes(value)).toBe(false);
    }
    const said = all.log.lines.join('\n');
    for (const value of PERSONAL) expect(said.includes(value)).toBe(false);
  });
});
