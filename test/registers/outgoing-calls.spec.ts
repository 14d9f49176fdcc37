import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import type { RegisterStatement } from '../../src/audit/record.js';
import { GrpcIdentityDirectory } from '../../src/identity/identity-directory.grpc.js';
import { Fault, faultOfRecord } from '../../src/platform/fault.js';
import { limited } from '../../src/platform/grpc-client.js';
import { Patience } from '../../src/platform/patience.js';
import { REASONS, type Reason } from '../../src/platform/reasons.js';
import type { IdentityDirectoryServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import { statusOf } from '../../src/platform/status.js';
import { GrpcRegisterGateway } from '../../src/registers/register-gateway.grpc.js';
import { type RegisterAnswer, statementOf } from '../../src/registers/register-gateway.js';
import type { LookupRequest, RetrievalRequest } from '../../src/tokens/register-request.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { CONSUMER, NOW, SALT } from '../support/builders.js';
import { sharedParties } from '../support/shared-parties.js';

let receipt: AuditReceipt;
beforeAll(async () => {
  const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
  receipt = (await log.append([anEntry()]))[0]!;
});

const nonce = Buffer.alloc(32, 5).toString('base64url');
const stated = {
  retrieval_id: 'r',
  register: 'melderegister-bremen',
  consumer: CONSUMER,
  purpose: 'kindergeld-antrag',
  purpose_hash: 'hash',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
  nonce,
  issued_at: NOW,
};
const retrieval: RetrievalRequest = {
  ...stated,
  evidence_type: 'meldedaten',
  fields: ['family_name'],
  person: {
    idnr: '02468135792',
    birth_date: '1990',
    commitment: { salt: SALT, family_name: 'Musterfrau', idnr: null },
  },
};
const lookup: LookupRequest = {
  ...stated,
  key: { set: 'idnr', idnr: '02468135792', birth_date: '1990' },
  commitment_salt: SALT,
  representative_idnr: null,
};
const tokens = { permission: 'p', trigger: 't' };
const LIMITS = { registerTimeoutMs: 2000, reserveMs: 150 };
const GRACE_MS = 5000;
const patience = new Patience(GRACE_MS);
const noLateAnswer = (): never => {
  throw new Error('nothing was given up');
};
const call = { deadline: NOW, signal: new AbortController().signal, late: noLateAnswer };

type Reply = Readonly<{ answer?: object; error?: Partial<ServiceError> }>;
type Done = (error: ServiceError | null, value?: object) => void;

/** A gRPC client with one method that answers as told and remembers what it was sent. */
function clientWith(method: string, { answer, error }: Reply, sent: unknown[] = []): unknown {
  return {
    [method]: (request: unknown, _metadata: Metadata, options: unknown, done: Done) => {
      sent.push(request, options);
      done((error as ServiceError | undefined) ?? null, answer);
      return { cancel: () => undefined };
    },
  };
}
const failing = (reason: Reason): Reply => ({ error: statusOf(new Fault(reason)) as unknown as ServiceError });
const bare = (code: status): Reply => ({ error: { code, details: '', metadata: new Metadata() } as ServiceError });
const refusals = (Object.keys(REASONS) as Reason[]).filter(
  (it) => REASONS[it].kind !== 'outage' && !['SUBJECT_NOT_AVAILABLE', 'INTERNAL', 'REQUEST_TOO_LARGE'].includes(it),
);
// Of the outages a register never says REQUEST_IN_PROGRESS: it has no request ids. That it has enough is an answer.
const outages = (Object.keys(REASONS) as Reason[]).filter(
  (it) => REASONS[it].kind === 'outage' && it !== 'REQUEST_IN_PROGRESS' && it !== 'REGISTER_RATE_LIMITED',
);
const enough = (retryDelayMs?: number): Reply => {
  const fault = new Fault('REGISTER_RATE_LIMITED', retryDelayMs === undefined ? {} : { retryDelayMs });
  return { error: statusOf(fault) as unknown as ServiceError };
};
const codes = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED, status.INTERNAL, status.UNKNOWN];

describe('the time that another party gets', () => {
  it('ends before the deadline of the caller, who still hears who did not answer', () => {
    expect(limited({ deadline: Date.now() + 1000 }, LIMITS).deadline).toBeLessThanOrEqual(Date.now() + 850);
  });

  it('is not longer than configured, however long the caller waits', () => {
    const { deadline } = limited({ deadline: Number.POSITIVE_INFINITY }, LIMITS);
    expect(deadline - Date.now()).toBeLessThanOrEqual(2000);
  });
});

describe('asking a register', () => {
  const ask = (reply: Reply, sent: unknown[] = []) =>
    new GrpcRegisterGateway(() => clientWith('RetrieveEvidence', reply, sent) as RegisterServiceClient, patience).ask(
      receipt,
      retrieval,
      tokens,
      call,
    );

  it('sends the request as it was digested, with both tokens, and listens beyond the deadline', async () => {
    const sent: unknown[] = [];
    await ask({ answer: { evidence_jwe: 'jwe' } }, sent);
    expect(sent[0]).toMatchObject({
      retrieval_id: 'r',
      nonce: Buffer.alloc(32, 5),
      issue_time: { seconds: String(NOW / 1000), nanos: 0 },
      permission_token: 'p',
      trigger_token: 't',
      person: { idnr: '02468135792', commitment: { salt: Buffer.from(SALT, 'base64url'), family_name: 'Musterfrau' } },
    });
    expect(sent[0]).not.toHaveProperty('person.commitment.idnr');
    expect(sent[1]).toEqual({ deadline: NOW + GRACE_MS });
  });

  it.each([
    ['evidence', { evidence_jwe: 'jwe' }, { kind: 'evidence', jwe: 'jwe' }],
    ['later', { available_time: { seconds: '9', nanos: 0 } }, { kind: 'deferred', availableAt: 9000 }],
    ['nothing at all', {}, { kind: 'unavailable', cause: 'EMPTY_ANSWER', hasAnswered: true }],
  ])('is answered with %s', async (_what, answer, expected) => {
    expect(await ask({ answer })).toEqual(expected);
  });

  it('is answered alike for nobody, several, blocked and no record (IDNrG § 6 Abs. 5)', async () => {
    expect(await ask(failing('SUBJECT_NOT_AVAILABLE'))).toEqual({ kind: 'not-available' });
  });

  it.each([
    ['until when', 1234, 1234],
    ['and not until when', undefined, 60_000],
  ])('is told that the register has enough of this consumer, %s: no outage', async (_what, given, retryDelayMs) => {
    const answer = await ask(enough(given));
    expect(answer).toEqual({ kind: 'refused', reason: 'REGISTER_RATE_LIMITED', retryDelayMs });
    expect(statementOf(answer)).toEqual({ answered: 'refused', register_reason: 'REGISTER_RATE_LIMITED' });
  });

  it.each(refusals)('is refused with %s', async (reason) => {
    expect(await ask(failing(reason))).toEqual({ kind: 'refused', reason });
  });

  it.each([...outages, 'INTERNAL'] as Reason[])('finds it unavailable with %s', async (reason) => {
    expect(await ask(failing(reason))).toMatchObject({ kind: 'unavailable' });
  });

  it.each(codes)('finds it unavailable with a bare status %i', async (code) => {
    expect(await ask(bare(code))).toMatchObject({ kind: 'unavailable', cause: status[code] });
  });

  it('may be done once more only where the register says that it gave nothing, or the connection is gone', async () => {
    const replies = [...outages, 'INTERNAL' as const].map((reason) => [reason, failing(reason)] as const);
    const bares = [...codes, status.RESOURCE_EXHAUSTED].map((code) => [status[code], bare(code)] as const);
    const answers = await Promise.all(
      [...replies, ...bares].map(async ([name, reply]) => {
        const answer = await ask(reply);
        return answer.kind === 'unavailable' && answer.repeatable === true ? [name] : [];
      }),
    );
    expect(answers.flat().sort()).toEqual([
      ...['AUDIT_LOG_UNAVAILABLE', 'REGISTER_UNAVAILABLE', 'STORE_UNAVAILABLE', 'UNAVAILABLE'],
    ]);
  });

  it('finds it unavailable and is not done once more where one record is at fault: nothing came', async () => {
    const fault = faultOfRecord(new Error('as_of'));
    const answer = await ask({ error: statusOf(fault) as unknown as ServiceError });
    expect(answer).toEqual({ kind: 'unavailable', cause: 'RECORD_FAULTY', ofRecord: true });
    expect(statementOf(answer)).toEqual({ answered: 'none' });
  });

  it('never throws for what a register does, nor where it has no address', async () => {
    const nowhere = new GrpcRegisterGateway(() => {
      throw new Error('no endpoint');
    }, patience);
    expect(await nowhere.ask(receipt, retrieval, tokens, call)).toEqual({ kind: 'unavailable', cause: 'FAULT' });
  });
});

describe('asking the identity directory', () => {
  const ask = (reply: Reply, sent: unknown[] = [], request = lookup) =>
    new GrpcIdentityDirectory(
      () => clientWith('LookupPerson', reply, sent) as IdentityDirectoryServiceClient,
      LIMITS,
      patience,
      sharedParties(),
    ).lookup(receipt, request, tokens, call);
  const found = { idnr: '02468135792', birth_date: '1990-04-05' };

  it.each([
    ['idnr', lookup.key, 'idnr_key', { idnr: '02468135792', birth_date: '1990' }],
    [
      'name',
      { set: 'name', family_name: 'Musterfrau', given_names: 'Erika', birth_date: '1990' } as const,
      'name_key',
      { family_name: 'Musterfrau', given_names: 'Erika', birth_date: '1990' },
    ],
  ])('sends exactly one key set: %s (IDNrG § 6 Abs. 3)', async (_set, key, member, fields) => {
    const sent: unknown[] = [];
    await ask({ answer: found }, sent, { ...lookup, key, representative_idnr: '09876543210' });
    expect(sent[0]).toMatchObject({ [member]: fields, representative_idnr: '09876543210', permission_token: 'p' });
    expect(Object.keys(sent[0] as object).filter((name) => name.endsWith('_key'))).toEqual([member]);
  });

  it('gives exactly one person or nobody, never candidates (IDNrG § 6 Abs. 4)', async () => {
    expect(await ask({ answer: found })).toEqual(found);
    expect(await ask(failing('SUBJECT_NOT_AVAILABLE'))).toBeUndefined();
  });

  it.each([{}, { idnr: '02468135792' }, { birth_date: '1990' }])(
    'takes half an answer for none: %j',
    async (answer) => {
      await expect(ask({ answer })).rejects.toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' });
    },
  );

  it('is told that the directory has enough of this consumer, and so is the caller, with until when', async () => {
    await expect(ask(enough(1234))).rejects.toMatchObject({ reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 1234 });
    await expect(ask(enough())).rejects.toMatchObject({ reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 60_000 });
  });

  it.each(refusals)('is refused with %s: the caller learns that, not why', async (reason) => {
    await expect(ask(failing(reason))).rejects.toMatchObject({ reason: 'REGISTER_REFUSED', metadata: {} });
  });

  it.each([...outages, 'INTERNAL'] as Reason[])('finds it unavailable with %s', async (reason) => {
    await expect(ask(failing(reason))).rejects.toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' });
  });

  it.each(codes)('finds it unavailable with a bare status %i', async (code) => {
    await expect(ask(bare(code))).rejects.toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' });
  });

  it('finds it unavailable where it has no address', async () => {
    const nowhere = new GrpcIdentityDirectory(
      () => {
        throw new Error('no endpoint');
      },
      LIMITS,
      patience,
      sharedParties(),
    );
    const asked = nowhere.lookup(receipt, lookup, tokens, call);
    await expect(asked).rejects.toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' });
  });
});

describe('an answer that comes when the retrieval was given up', () => {
  /** A client that answers when told, and knows whether its call was cancelled. */
  function aSlowClient(method: string) {
    const slow = { answer: (_reply: Reply): void => undefined, isCancelled: false };
    const client = {
      [method]: (_request: unknown, _metadata: Metadata, _options: unknown, done: Done) => {
        slow.answer = ({ answer, error }) => done((error as ServiceError | undefined) ?? null, answer);
        return {
          cancel: () => {
            slow.isCancelled = true;
            done(bare(status.CANCELLED).error as ServiceError);
          },
        };
      },
    };
    return { slow, client };
  }
  const turns = async () => {
    for (let i = 0; i < 5; i += 1) await new Promise(setImmediate);
  };
  const soon = () => Date.now() + 20;

  const LATE: readonly (readonly [what: string, reply: Reply, heard: RegisterStatement | undefined])[] = [
    ['evidence', { answer: { evidence_jwe: 'jwe' } }, { answered: 'evidence' }],
    ['nothing that can be read', { answer: {} }, { answered: 'evidence' }],
    ['later', { answer: { available_time: { seconds: '9', nanos: 0 } } }, { answered: 'deferred' }],
    ['nobody', failing('SUBJECT_NOT_AVAILABLE'), { answered: 'not_available' }],
    ['a refusal', failing('REPLAY'), { answered: 'refused', register_reason: 'REPLAY' }],
    ['an outage', failing('REGISTER_UNAVAILABLE'), undefined],
    ['a lost connection', bare(status.UNAVAILABLE), undefined],
  ];

  it.each(LATE)('is heard of by kind, without its content: %s', async (_what, reply, expected) => {
    const { slow, client } = aSlowClient('RetrieveEvidence');
    const heard: RegisterStatement[] = [];
    const gateway = new GrpcRegisterGateway(() => client as unknown as RegisterServiceClient, patience);
    const late = (statement: RegisterStatement) => void heard.push(statement);
    const answer = await gateway.ask(receipt, retrieval, tokens, { ...call, deadline: soon(), late });
    expect(answer).toEqual({ kind: 'unavailable', cause: 'DEADLINE_EXCEEDED' });
    expect([heard, slow.isCancelled]).toEqual([[], false]);
    slow.answer(reply);
    await turns();
    expect(heard).toEqual(expected === undefined ? [] : [expected]);
  });

  it('does not come where the caller hung up: the register is told to stop, and nobody is kept waiting', async () => {
    const { slow, client } = aSlowClient('RetrieveEvidence');
    const heard: RegisterStatement[] = [];
    const leaving = new AbortController();
    const gateway = new GrpcRegisterGateway(() => client as unknown as RegisterServiceClient, patience);
    const late = (statement: RegisterStatement) => void heard.push(statement);
    const answer = gateway.ask(receipt, retrieval, tokens, {
      ...{ deadline: Date.now() + 60_000, signal: leaving.signal, late },
    });
    leaving.abort();
    expect(await answer).toEqual({ kind: 'unavailable', cause: 'CANCELLED' });
    await turns();
    expect([heard, slow.isCancelled]).toEqual([[], true]);
  });

  it.each([
    ['somebody', { answer: { idnr: '02468135792', birth_date: '1990' } }, { answered: 'evidence' }],
    ['nobody', failing('SUBJECT_NOT_AVAILABLE'), { answered: 'not_available' }],
    ['a refusal', failing('REPLAY'), { answered: 'refused', register_reason: 'REPLAY' }],
    ['an outage', failing('REGISTER_UNAVAILABLE'), undefined],
  ] as const)('is heard of for a lookup, without whom it names: %s', async (_what, reply, expected) => {
    const { slow, client } = aSlowClient('LookupPerson');
    const heard: RegisterStatement[] = [];
    const directory = new GrpcIdentityDirectory(
      () => client as unknown as IdentityDirectoryServiceClient,
      LIMITS,
      patience,
      sharedParties(),
    );
    const asked = directory.lookup(receipt, lookup, tokens, {
      ...call,
      deadline: soon() + LIMITS.reserveMs,
      late: (statement) => heard.push(statement),
    });
    await expect(asked).rejects.toMatchObject({ reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' });
    slow.answer(reply);
    await turns();
    expect(heard).toEqual(expected === undefined ? [] : [expected]);
  });

  it('is told of an answer in time as what it was', () => {
    const answers: readonly (readonly [RegisterAnswer, RegisterStatement])[] = [
      [{ kind: 'evidence', jwe: 'jwe' }, { answered: 'evidence' }],
      [{ kind: 'not-available' }, { answered: 'not_available' }],
      [{ kind: 'unavailable', cause: 'UNAVAILABLE' }, { answered: 'none' }],
    ];
    for (const [answer, statement] of answers) expect(statementOf(answer)).toEqual(statement);
  });
});
