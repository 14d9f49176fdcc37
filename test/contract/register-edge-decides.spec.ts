import { randomBytes } from 'node:crypto';
import { Metadata, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { cast } from '../../src/demo/people/cast.js';
import type { Person } from '../../src/demo/people/person.js';
import { toFailure } from '../../src/platform/grpc-client.js';
import { openPool } from '../../src/platform/pool.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { type EdgeConfig, readEdgeConfig } from '../../src/register-edge/edge-config.js';
import { PostgresPersonCounts } from '../../src/register-edge/person-counts.postgres.js';
import { PostgresRateStore } from '../../src/register-edge/rate-store.postgres.js';
import type { RunningEdge } from '../../src/register-edge/start-edge.js';
import { personLimitsContract } from '../exchange/person-limits.contract.js';
import { aDeployment, call, type Deployment } from '../register-edge/deployment.js';
import { aRetrieval, type Deviation } from '../register-edge/presented.js';
import { rateStoreContract } from '../register-edge/rate-store.contract.js';

const REGISTER = 'melderegister-bremen';

let all: Deployment;
let ownLog: pg.Client;

beforeAll(async () => {
  all = await aDeployment();
  ownLog = await all.connect(`${REGISTER}-edge`, 'owner');
}, 60_000);

afterAll(async () => {
  await ownLog?.end();
  await all?.end();
});

const request = (deviation: Deviation = {}, { idnr, familyName, birthDate }: Person = cast.mother) =>
  aRetrieval(all.federation, deviation, { nowMs: Date.now(), person: { idnr: idnr ?? '', familyName, birthDate } });
const retrieve = (client: RegisterServiceClient, message: RetrieveEvidenceRequest) =>
  call<RetrieveEvidenceResponse__Output>((done) => client.RetrieveEvidence(message, done));
const failureOf = async (client: RegisterServiceClient, message: RetrieveEvidenceRequest) => {
  const answer = await retrieve(client, message);
  return 'refused' in answer ? toFailure(answer.refused) : undefined;
};
const reasonOf = async (client: RegisterServiceClient, message: RetrieveEvidenceRequest) => {
  const answer = await retrieve(client, message);
  return 'refused' in answer ? toFailure(answer.refused).reason : 'answered';
};
const causes = async (from: number) => {
  const { rows } = await ownLog.query<{ outcome: string; cause: string | null }>(
    'select outcome, cause from edge.log where sequence > $1 order by sequence',
    [from],
  );
  return rows;
};
const lastSequence = async () => {
  const { rows } = await ownLog.query<{ last: string | null }>('select max(sequence) as last from edge.log');
  return Number(rows[0]?.last ?? 0);
};
const anEdge = async (over: Pick<EdgeConfig['registerConfig'], 'rate_limits'> = {}) => {
  const config = readEdgeConfig(await all.environment(REGISTER));
  const edge = await all.start({ ...config, registerConfig: { ...config.registerConfig, ...over } });
  return { edge, client: all.registerClient(config.grpcPort) };
};

describe('PostgresRateStore keeps the contract of RateStore', () => {
  rateStoreContract(async () => {
    await ownLog.query('truncate edge.rate');
    const { databaseUrl } = readEdgeConfig(await all.environment(REGISTER));
    const pools = [1, 2].map(() => openPool(databaseUrl, { max: 8, log: all.log }));
    const [first, second] = pools.map((it) => new PostgresRateStore(it));
    if (first === undefined || second === undefined) throw new Error('no pools');
    opened.push(...pools);
    return [first, second];
  });
  const opened: pg.Pool[] = [];
  afterAll(() => Promise.all(opened.map((it) => it.end())));

  it('forgets windows that are long over, and no others', async () => {
    await ownLog.query(`
      truncate edge.rate;
      insert into edge.rate values ('long-over', now(), now() - interval '11 minutes', 1),
                                   ('just-over', now(), now() - interval '9 minutes', 1)`);
    await ownLog.query('select edge.forget_expired()');
    expect((await ownLog.query('select consumer from edge.rate')).rows).toEqual([{ consumer: 'just-over' }]);
  });
});

describe('the limit of a register, shared by its replicas', () => {
  it('lets through as many as it says, whichever replica is asked, with its own reason and a line for each', async () => {
    await ownLog.query('truncate edge.rate');
    const rate_limits = { each_consumer: { max: 7, per: 'day' } } as const;
    const replicas = [await anEdge({ rate_limits }), await anEdge({ rate_limits })];
    const from = await lastSequence();
    const messages = await Promise.all(Array.from({ length: 20 }, () => request()));
    const failures = await Promise.all(
      messages.map((it, at) => failureOf((replicas[at % 2] ?? replicas[0]!).client, it)),
    );
    const refused = failures.filter((it) => it !== undefined);
    expect(refused).toHaveLength(13);
    for (const { reason, retryDelayMs = 0, isOutage } of refused) {
      expect(reason).toBe('REGISTER_RATE_LIMITED');
      expect(isOutage).toBe(true);
      expect(retryDelayMs).toBeGreaterThan(0);
      expect(retryDelayMs).toBeLessThanOrEqual(86_400_000);
    }
    const lines = await causes(from);
    expect(lines.filter(({ outcome }) => outcome === 'answered')).toHaveLength(7);
    expect(lines.filter(({ cause }) => cause === 'RATE_USED_UP')).toHaveLength(13);
    for (const { edge } of replicas) await edge.stop();
  });
});

describe('PostgresPersonCounts keeps what the node promises of its own counts', () => {
  const opened: pg.Pool[] = [];
  const anotherReplica = async () => {
    const { databaseUrl } = readEdgeConfig(await all.environment(REGISTER));
    const pool = openPool(databaseUrl, { max: 8, log: all.log });
    opened.push(pool);
    return new PostgresPersonCounts(pool);
  };
  const someday = { per: 'day', max: 5, startsAt: Date.UTC(2026, 10, 23), endsAt: Date.UTC(2026, 10, 24) } as const;
  afterAll(() => Promise.all(opened.map((it) => it.end())));

  personLimitsContract(async () => {
    const counts = await anotherReplica();
    return {
      take: (person, uses) => counts.take(person, uses),
      destroyExpired: async () => void (await ownLog.query('select edge.forget_expired()')),
    };
  });

  it('gives the last places to as many as there are, whichever replica they come to', async () => {
    const replicas = [await anotherReplica(), await anotherReplica()];
    const use = { ...someday, consumer: 'racing', rule: 'rule' };
    const takes = Array.from({ length: 40 }, (_, at) => replicas[at % 2]?.take(`person-${at >> 1}`, [use]));
    const usedUp = await Promise.all(takes);
    // Each person twice, once at each replica: both are let through, or neither is.
    expect(usedUp.filter((it) => it?.length === 0)).toHaveLength(10);
    const { rows } = await ownLog.query("select persons from edge.person_count where consumer = 'racing'");
    expect(rows).toEqual([{ persons: '5' }]);
  });

  it('lets a limit that is named twice hold as the lower of both', async () => {
    const counts = await anotherReplica();
    const use = { ...someday, consumer: 'twice', rule: 'rule' };
    const [high, low] = [use, { ...use, max: 1 }];
    expect(await counts.take('a', [high, low])).toEqual([]);
    expect(await counts.take('b', [high, low])).toEqual([low]);
  });

  it('forgets the persons with the count', async () => {
    const counts = await anotherReplica();
    const long = { ...someday, consumer: 'long-over', rule: 'rule', startsAt: 0, endsAt: 1 };
    await counts.take('somebody', [long]);
    await ownLog.query('select edge.forget_expired()');
    const { rows } = await ownLog.query("select from edge.person_asked where consumer = 'long-over'");
    expect(rows).toEqual([]);
  });

  it('lets the process set no count back, nor see about whom it was', async () => {
    const edge = await all.connect(`${REGISTER}-edge`, 'edge');
    for (const sql of [
      'update edge.person_count set persons = 0',
      'delete from edge.person_count',
      "insert into edge.person_count values ('c', 'r', now(), now(), 0)",
      'delete from edge.person_asked',
      'select from edge.person_asked',
    ])
      await expect(edge.query(sql)).rejects.toMatchObject({ code: '42501' });
    await edge.end();
  });
});

describe('what was presented once', () => {
  it('is known after a restart, and to a replica that was not there: used for another request, or a repeat', async () => {
    const jti = `decision-${randomBytes(8).toString('hex')}`;
    const first = await anEdge();
    const message = await request({ attestationBy: { jti } });
    expect(await reasonOf(first.client, message)).toBe('answered');
    await first.edge.stop();
    const second = await anEdge();
    const from = await lastSequence();
    expect(await reasonOf(second.client, await request({ attestationBy: { jti } }))).toBe('REPLAY');
    expect(await reasonOf(second.client, message)).toBe('answered');
    expect(await causes(from)).toEqual([
      { outcome: 'refused', cause: 'REPLAY_ATTESTATION' },
      { outcome: 'repeated', cause: null },
    ]);
    await second.edge.stop();
  });
});

describe('a message that nobody can read (IDNrG § 9)', () => {
  let register: RegisterServiceClient;
  let running: RunningEdge;

  beforeAll(async () => {
    const { edge, client } = await anEdge();
    [running, register] = [edge, client];
  });
  afterAll(() => running?.stop());

  const GARBAGE = Buffer.from('ffffffff0f', 'hex');
  const send = (method: string, message: Buffer, client = register) => {
    const same = (it: Buffer) => it;
    const path = `/einmal.register.v1.RegisterService/${method}`;
    return new Promise<string | undefined>((resolve) => {
      const ended = (error: ServiceError | null) => resolve(error === null ? 'answered' : toFailure(error).reason);
      client.makeUnaryRequest(path, same, same, message, new Metadata(), {}, ended);
    });
  };
  const lastLine = async () => {
    const columns = 'event, caller, outcome, reason, cause, retrieval_id, consumer, attributes';
    const { rows } = await ownLog.query(`select ${columns} from edge.log order by sequence desc limit 1`);
    return rows[0];
  };

  it.each([
    ['that is none', 'RetrieveEvidence', GARBAGE, 'REQUEST_MALFORMED', 'UNDECODABLE', 'exchange'],
    ['that is too large', 'RetrieveEvidence', Buffer.alloc(300_000), 'REQUEST_TOO_LARGE', 'TOO_LARGE', 'exchange'],
    ['that asks for the log', 'StreamLog', GARBAGE, 'REQUEST_MALFORMED', 'UNDECODABLE', 'log-read'],
  ])(
    '%s is refused, on record with who sent it and nothing else',
    async (_what, method, message, reason, cause, event) => {
      expect(await send(method, message)).toBe(reason);
      expect(await lastLine()).toEqual({
        ...{ event, caller: 'node', outcome: 'refused', reason, cause },
        ...{ retrieval_id: null, consumer: null, attributes: [] },
      });
    },
  );

  it('is not even refused where that cannot be written down (FZV § 68)', async () => {
    await ownLog.query('alter table edge.log rename to log_away');
    expect(await send('RetrieveEvidence', GARBAGE)).toBe('AUDIT_LOG_UNAVAILABLE');
    await ownLog.query('alter table edge.log_away rename to log');
    expect(await send('RetrieveEvidence', GARBAGE)).toBe('REQUEST_MALFORMED');
  });

  it('of somebody whom no agreement names leaves no line: nobody knows who it was', async () => {
    const from = await lastSequence();
    const stranger = await all.pki.issue({ commonName: 'node', participant: 'node' });
    const port = Number(register.getChannel().getTarget().split(':').at(-1));
    expect(await send('RetrieveEvidence', GARBAGE, all.registerClient(port, stranger))).toBe('CALLER_UNKNOWN');
    expect(await lastSequence()).toBe(from);
  });
});

/**
 * An attacker with everything that the node has: its certificate, its trigger key, hence also permissions from the
 * intermediary for whatever the rules allow. What they have not is anybody's decision.
 */
describe('a stolen node', () => {
  let register: RegisterServiceClient;
  let running: RunningEdge;
  let from: number;

  beforeAll(async () => {
    const { edge, client } = await anEdge();
    [running, register] = [edge, client];
  });
  afterAll(() => running?.stop());
  beforeEach(async () => {
    from = await lastSequence();
  });

  const victim = cast.father;
  const attacks: readonly (readonly [string, string, () => Deviation])[] = [
    ['without any decision', 'ATTESTATION_ATTESTER', () => ({ trigger: { attestation: 'none' } })],
    [
      'with a decision that the node attests itself',
      'ATTESTATION_ATTESTER_KIND',
      () => ({ attestationBy: { issuer: 'node', key: all.federation.key('node', 'trigger') } }),
    ],
    [
      'with a decision in the name of the service, signed with the key of the node',
      'ATTESTATION_KEY_UNKNOWN',
      () => ({ attestationBy: { key: all.federation.key('node', 'trigger') } }),
    ],
    [
      'with a decision in the name of the service, signed by the node under the name of its key',
      'ATTESTATION_SIGNATURE',
      () => ({
        attestationBy: {
          key: { ...all.federation.key('node', 'trigger'), kid: 'familienkasse-online-attestation-1' },
        },
      }),
    ],
    [
      'with a decision that another service attests',
      'ATTESTATION_REQUESTER',
      () => ({
        attestationBy: {
          issuer: 'elterngeld-online',
          key: all.federation.key('elterngeld-online', 'attestation'),
        },
      }),
    ],
    [
      'with a decision that has ended',
      'ATTESTATION_EXPIRED',
      () => ({ attestationBy: { nowMs: Date.now() - 7_200_000, lifetimeS: 3600 } }),
    ],
    [
      'with the decision of somebody else about themself',
      'ATTESTATION_COMMITMENT',
      () => ({ decision: { subject: { role: 'parent', commitment: randomBytes(32).toString('base64url') } } }),
    ],
    ['with a decision about less', 'ATTESTATION_FIELDS', () => ({ decision: { fields: ['family_name'] } })],
    [
      'with a decision about other evidence',
      'ATTESTATION_EVIDENCE_TYPE',
      () => ({ decision: { evidence_type: 'geburt' } }),
    ],
    [
      'with a decision for another purpose',
      'ATTESTATION_PURPOSE',
      () => ({ decision: { purpose: 'elterngeld-antrag' } }),
    ],
  ];

  it.each(attacks)('gets nothing %s (%s), on record', async (_title, cause, deviation) => {
    expect(await reasonOf(register, await request(deviation(), victim))).toBe('TRIGGER_INVALID');
    expect(await causes(from)).toEqual([{ outcome: 'refused', cause }]);
  });

  it('gets nothing with a decision that was used: it is bound to the request that it was used for', async () => {
    const used = await request({}, victim);
    expect(await reasonOf(register, used)).toBe('answered');
    const attestation = attestationIn(used.trigger_token);
    const again = await request({ trigger: { attestation }, request: { person: personOf(used) } }, victim);
    expect(await reasonOf(register, again)).toBe('REPLAY');
    expect((await causes(from)).map(({ cause }) => cause)).toEqual([null, 'REPLAY_ATTESTATION']);
  });

  it('gets no further with all of them than the rules let its consumer ask, whichever replica it turns to', async () => {
    const { edge: second, client: replica } = await anEdge();
    const rule = `rule-${randomBytes(4).toString('hex')}`;
    const limited: Deviation = {
      permission: { obligations: { rates: [{ rule, of: 'persons', max: 2, per: 'day' }] } },
    };
    const persons = [cast.mother, cast.father, cast.widow, cast.student, cast.studentMother, cast.studentFather];
    const messages = await Promise.all(persons.map((it) => request(limited, it)));
    const failures = await Promise.all(messages.map((it, at) => failureOf(at % 2 ? replica : register, it)));
    const refused = failures.filter((it) => it?.reason === 'REGISTER_RATE_LIMITED');
    expect(refused).toHaveLength(4);
    for (const { retryDelayMs = 0 } of refused.filter((it) => it !== undefined)) {
      expect(retryDelayMs).toBeGreaterThan(0);
      expect(retryDelayMs).toBeLessThanOrEqual(86_400_000);
    }
    expect((await causes(from)).filter(({ cause }) => cause === 'PERSONS_USED_UP')).toHaveLength(4);
    // A restart forgets nothing, and who was let through once is let through again.
    await second.stop();
    const third = await anEdge();
    const again = await Promise.all(persons.map(async (it) => reasonOf(third.client, await request(limited, it))));
    expect(again.map((it) => it === 'REGISTER_RATE_LIMITED')).toEqual(
      failures.map((it) => it?.reason === 'REGISTER_RATE_LIMITED'),
    );
    const stored = JSON.stringify((await ownLog.query('select * from edge.person_asked')).rows);
    for (const { idnr, familyName } of persons)
      for (const value of [idnr ?? familyName, familyName]) expect(stored).not.toContain(value);
    await third.edge.stop();
  });

  it('gets nothing with the tokens of one request for another person', async () => {
    const { permission_token, trigger_token } = await request();
    const other = await request({}, victim);
    expect(await reasonOf(register, { ...other, permission_token: permission_token ?? '' })).toBe('PERMISSION_INVALID');
    expect(await reasonOf(register, { ...other, trigger_token: trigger_token ?? '' })).toBe('TRIGGER_INVALID');
  });

  it('does with the right decision: the deviations above are what is refused', async () => {
    expect(await reasonOf(register, await request({}, victim))).toBe('answered');
  });
});

function attestationIn(trigger: string | undefined): string {
  return JSON.parse(Buffer.from(trigger?.split('.')[1] ?? '', 'base64url').toString()).attestation;
}

/** With the salt that opens the commitment of the decision. */
function personOf({ person }: RetrieveEvidenceRequest) {
  const { idnr = '', birth_date = '', commitment } = person ?? {};
  const salt = Buffer.from((commitment?.salt as Buffer | undefined) ?? '').toString('base64url');
  return { idnr, birth_date, commitment: { salt, family_name: commitment?.family_name ?? null, idnr: null } };
}
