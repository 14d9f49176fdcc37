import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { GrpcIntermediary } from '../../src/permission/intermediary.grpc.js';
import { Fault } from '../../src/platform/fault.js';
import { REASONS, type Reason } from '../../src/platform/reasons.js';
import type { PermissionServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { statusOf } from '../../src/platform/status.js';
import { CONSUMER } from '../support/builders.js';
import { sharedParties } from '../support/shared-parties.js';

type Reply = Readonly<{ answer?: object; error?: Partial<ServiceError> }>;
type Sent = Record<string, unknown> & { check_id: string };

const question = {
  consumer: CONSUMER,
  provider: 'melderegister-bremen',
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};
const digest = Buffer.alloc(32, 3).toString('base64url');
const purposeHash = Buffer.alloc(32, 4).toString('base64url');

async function check(
  replies: Reply | readonly Reply[],
  asked: { digest?: string } = {},
  deadline = Date.now() + 60_000,
) {
  const rest = [replies].flat();
  const sent: Sent[] = [];
  const client = {
    CheckPermission: (request: Sent, _m: Metadata, _o: unknown, done: (e: unknown, v?: object) => void) => {
      sent.push(request);
      const { answer, error } = (rest.length > 1 ? rest.shift() : rest[0]) ?? {};
      done(error ?? null, answer);
      return { cancel: () => undefined };
    },
  };
  const limits = { registerTimeoutMs: 2000, reserveMs: 150 };
  const parties = sharedParties({ repeatShare: 1 });
  const clientOf = () => client as unknown as PermissionServiceClient;
  const intermediary = new GrpcIntermediary(clientOf, limits, parties.of('intermediary'));
  const call = { deadline, signal: new AbortController().signal };
  const ask = () => intermediary.check(question, { purposeHash, fields: ['family_name'], ...asked }, call);
  return { sent, ask };
}

const allowed = {
  fields: ['family_name'],
  attested_by: ['online-service', 'pages', 'somebody-new'],
  min_assurance: 'substantial',
  request_digest_due: true,
  permission_token: 'token',
  rule_ids: ['rule'],
  obligations: {
    rates: [{ rule_id: 'rule', of: 'requests', max: '100', per: 'hour' }],
    use_days: 30,
  },
};
const failing = (reason: Reason, options: ConstructorParameters<typeof Fault>[1] = {}): Reply => ({
  error: statusOf(new Fault(reason, options)) as unknown as ServiceError,
});

const REFUSALS = ['PURPOSE_NOT_REGISTERED', 'TRANSFER_NOT_PERMITTED', 'RATE_LIMITED'] as const;

describe('asking the intermediary (IDNrG § 7 Abs. 2)', () => {
  it('sends the abstract question and nothing else: no person, no exchange', async () => {
    const { sent, ask } = await check({ answer: allowed }, { digest });
    await ask();
    expect(sent[0]).toEqual({
      check_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      question: {
        consumer: CONSUMER,
        register: 'melderegister-bremen',
        evidence_type: 'meldedaten',
        purpose: 'kindergeld-antrag',
        legal_basis: 'egovg-5-1-1',
        purpose_hash: Buffer.alloc(32, 4),
        fields: ['family_name'],
      },
      request_digest: Buffer.alloc(32, 3),
    });
  });

  it('has a random id of its own each time: nothing links the questions of one exchange', async () => {
    const { sent, ask } = await check({ answer: allowed });
    await Promise.all([ask(), ask()]);
    expect(new Set(sent.map(({ check_id }) => check_id)).size).toBe(2);
    expect(sent[0]).not.toHaveProperty('request_digest');
  });

  it('understands an allowance, and leaves out kinds of attesters that it does not know', async () => {
    const { ask } = await check({ answer: allowed });
    expect(await ask()).toEqual({
      question,
      fields: ['family_name'],
      attestedBy: ['online-service', 'pages'],
      minAssurance: 'substantial',
      obligations: { rates: [{ rule: 'rule', of: 'requests', max: 100, per: 'hour' }], use_days: 30 },
      digestDue: true,
      token: 'token',
      ruleIds: ['rule'],
    });
  });

  it('takes what is missing or unknown for the strictest', async () => {
    const { ask } = await check({ answer: { min_assurance: 'very high' } });
    expect(await ask()).toMatchObject({ fields: [], attestedBy: [], minAssurance: 'high', token: undefined });
  });

  it.each([
    ['a period of its own', { per: 'fortnight' }],
    ['something else that is counted', { of: 'cups' }],
    ['no maximum', { max: '0' }],
  ])('permits nothing under a limit that it does not understand: %s', async (_, over) => {
    const rates = [{ rule_id: 'rule', of: 'requests', max: '100', per: 'hour', ...over }];
    const { ask } = await check({ answer: { ...allowed, obligations: { rates } } });
    await expect(ask()).rejects.toMatchObject({ reason: 'INTERMEDIARY_UNAVAILABLE' });
  });

  it.each(REFUSALS)('passes its refusal on, with the rules that made it: %s', async (reason) => {
    const { ask } = await check(failing(reason, { metadata: { rules: 'one,two' } }));
    await expect(ask()).rejects.toMatchObject({ name: 'Fault', reason, metadata: { rules: 'one,two' } });
  });

  it('passes on when a limit leaves room again (BSI TR-03176-1)', async () => {
    const { ask } = await check(failing('RATE_LIMITED', { retryDelayMs: 1234 }));
    await expect(ask()).rejects.toMatchObject({ retryDelayMs: 1234 });
  });

  it('does not pass on what is no list of rules', async () => {
    const { ask } = await check(failing('TRANSFER_NOT_PERMITTED', { metadata: { rules: 'Grete Muster', more: 'x' } }));
    await expect(ask()).rejects.toMatchObject({ metadata: {} });
  });

  const others = (Object.keys(REASONS) as Reason[]).filter((it) => !REFUSALS.some((refusal) => refusal === it));
  it.each(others)('permits nothing where it says %s: an outage, not a refusal', async (reason) => {
    const { ask } = await check(failing(reason));
    await expect(ask()).rejects.toMatchObject({ reason: 'INTERMEDIARY_UNAVAILABLE' });
  });

  it.each([status.UNAVAILABLE, status.PERMISSION_DENIED, status.INTERNAL])(
    'permits nothing where nobody of our vocabulary answers: status %i',
    async (code) => {
      const { ask } = await check({ error: { code, metadata: new Metadata() } });
      await expect(ask()).rejects.toMatchObject({ reason: 'INTERMEDIARY_UNAVAILABLE' });
    },
  );

  const later = () => Date.now() + 60_000;

  it('is asked the very same once more where it gave nothing or was not reached', async () => {
    const nowhere: Reply = { error: { code: status.UNAVAILABLE, metadata: new Metadata() } };
    for (const failed of [nowhere, failing('AUDIT_LOG_UNAVAILABLE'), failing('STORE_UNAVAILABLE')]) {
      const { sent, ask } = await check([failed, { answer: allowed }], {}, later());
      expect(await ask()).toMatchObject({ token: 'token' });
      expect(sent[1]).toEqual(sent[0]);
    }
  });

  it('permits nothing where the first question turns out to be on record: it is not counted twice', async () => {
    const nowhere: Reply = { error: { code: status.UNAVAILABLE, metadata: new Metadata() } };
    const { sent, ask } = await check([nowhere, failing('REQUEST_ID_REUSED')], {}, later());
    await expect(ask()).rejects.toMatchObject({ reason: 'INTERMEDIARY_UNAVAILABLE' });
    expect(sent).toHaveLength(2);
  });

  it.each<[string, Reply]>([
    ['a refusal', failing('TRANSFER_NOT_PERMITTED')],
    ['too slow', { error: { code: status.DEADLINE_EXCEEDED, metadata: new Metadata() } }],
    ['a fault of its own', failing('INTERNAL')],
  ])('is not asked again after what may be an answer, or on its way: %s', async (_what, reply) => {
    const { sent, ask } = await check(reply, {}, later());
    await expect(ask()).rejects.toBeInstanceOf(Fault);
    expect(sent).toHaveLength(1);
  });
});
