import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { Fault } from '../../src/platform/fault.js';
import { Seal } from '../../src/platform/secrets.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { EdgeDesk } from '../../src/register-edge/edge-desk.js';
import { EvidenceIssuer } from '../../src/register-edge/evidence-issuer.js';
import { EvidenceSource, type Later } from '../../src/register-edge/evidence-source.js';
import { Examiner } from '../../src/register-edge/examiner.js';
import { PersonLimit } from '../../src/register-edge/person-limit.js';
import { RateLimit } from '../../src/register-edge/rate-limit.js';
import { ReplayStore, type Use, type UsedToken } from '../../src/register-edge/replay-store.js';
import { RetrieveEvidence, RetrieveEvidenceHandler } from '../../src/register-edge/retrieve-evidence.js';
import { FixedClock } from '../audit/log-keys.js';
import { deferralStoreContract } from './deferral-store.contract.js';
import { aFederation, type Federation } from './federation.js';
import { MemoryDeferralStore } from './memory-deferral-store.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { MemoryPersonCounts } from './memory-person-counts.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { aCaller, aRetrieval, type Deviation, NOW, somebody } from './presented.js';
import { AWAITED } from './source-call.js';

const DAY_MS = 86_400_000;
const T = NOW + 10 * DAY_MS;

const salt = Buffer.alloc(32, 5).toString('base64url');
const commitment = { salt, family_name: somebody.familyName, idnr: null };
const person = { idnr: somebody.idnr, birth_date: somebody.birthDate, commitment };

class Replay extends ReplayStore {
  readonly used = new Map<string, string>();
  override async use(tokens: readonly UsedToken[], digest: string): Promise<Use> {
    for (const { kind, jti } of tokens) {
      const known = this.used.get(`${kind} ${jti}`) ?? digest;
      if (known !== digest) return { usedBefore: kind };
      this.used.set(`${kind} ${jti}`, digest);
    }
    return 'first';
  }
  override async forgetExpired(): Promise<void> {}
}

/** Has the record from T on. */
class LaterSource extends EvidenceSource {
  constructor(private readonly clock: FixedClock) {
    super();
  }
  override async find(_type: string, _of: unknown, attributes: readonly string[]) {
    if (this.clock.now() < T) return { kind: 'later', availableAt: T } satisfies Later;
    const values = Object.fromEntries(attributes.map((id) => [id, 'x']));
    return { kind: 'one', record: { asOf: new Date(T).toISOString(), attributes: values } } as const;
  }
}

describe('MemoryDeferralStore keeps the contract of DeferralStore', () => {
  deferralStoreContract(async () => new MemoryDeferralStore());
});

describe('a register that has the evidence later', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await aFederation();
  });

  function aRegister() {
    const { current } = federation;
    const register = current.lookup.register('melderegister-bremen')!;
    const clock = new FixedClock(NOW);
    const rules = new CurrentRules(current);
    const log = new MemoryEdgeLog();
    const examiner = new Examiner(current, rules, register, clock);
    const rates = new RateLimit(undefined, new MemoryRateStore(), clock);
    const seal = new Seal(Buffer.alloc(32, 7));
    const persons = new PersonLimit(new MemoryPersonCounts(), seal, clock);
    const desk = new EdgeDesk(examiner, persons, rates, new Replay(), log, seal, current, clock);
    const key = federation.key('melderegister-bremen', 'evidence');
    const issuer = new EvidenceIssuer(current, rules, register, key, clock);
    const handler = new RetrieveEvidenceHandler(desk, new LaterSource(clock), issuer, new MemoryDeferralStore(), clock);
    return { clock, log, handler };
  }

  let register: ReturnType<typeof aRegister>;
  beforeEach(() => {
    register = aRegister();
  });

  const ask = async (wire: Awaited<ReturnType<typeof aRetrieval>>, wasAnnounced: boolean, caller?: Deviation) =>
    register.handler.execute(
      new RetrieveEvidence(
        aCaller(federation, caller),
        decodeRetrieval(wire, { allowTestNumbers: true }),
        AWAITED,
        wasAnnounced,
      ),
    );
  const reasonOf = (answered: Promise<unknown>) =>
    answered.then(
      () => 'answered',
      (error: unknown) => (error instanceof Fault ? error.reason : error),
    );

  /** The first request, and one for the same by the same decision whenever, with a deviation. */
  async function announced() {
    const first = await aRetrieval(federation, { request: { person } });
    const attestation = String(decodeJwt(first.trigger_token ?? '').attestation);
    const again = (deviation: Deviation = {}) =>
      aRetrieval(
        federation,
        {
          ...deviation,
          request: { person, ...deviation.request },
          trigger: { attestation, ...deviation.trigger },
        },
        { nowMs: register.clock.now() },
      );
    return { first, again };
  }
  const lines = () => register.log.entries.map(({ outcome, cause }) => [outcome, cause]);

  it('says when, and that it did is on record: nothing was released', async () => {
    const { first } = await announced();
    expect(await ask(first, false)).toEqual({ availableAt: T });
    expect(register.log.entries).toMatchObject([{ outcome: 'deferred', attributes: [], reason: null }]);
  });

  it('gives it when it has it, by the decision of then, which has ended, and with tokens of now', async () => {
    const { first, again } = await announced();
    await ask(first, false);
    register.clock.ms = T;
    expect(await ask(await again(), true)).toHaveProperty('jwe');
    expect(lines()).toEqual([
      ['deferred', null],
      ['answered', null],
    ]);
  });

  it('says so again, as often as it is asked too early', async () => {
    const { first, again } = await announced();
    await ask(first, false);
    register.clock.ms = NOW + DAY_MS;
    expect(await ask(await again(), true)).toEqual({ availableAt: T });
    register.clock.ms = T;
    expect(await ask(await again(), true)).toHaveProperty('jwe');
  });

  it('gives it once more where the answer was lost', async () => {
    const { first, again } = await announced();
    await ask(first, false);
    register.clock.ms = T;
    await ask(await again(), true);
    expect(await ask(await again(), true)).toHaveProperty('jwe');
  });

  it('gives nothing by the ordinary way: the decision has ended and was used', async () => {
    const { first, again } = await announced();
    await ask(first, false);
    expect(await reasonOf(again().then((it) => ask(it, false)))).toBe('REPLAY');
    register.clock.ms = T;
    expect(await reasonOf(again().then((it) => ask(it, false)))).toBe('TRIGGER_INVALID');
  });

  it('keeps no decision open for what it did not announce', async () => {
    const { again } = await announced();
    expect(await reasonOf(again().then((it) => ask(it, true)))).toBe('TRIGGER_INVALID');
    expect(lines()).toEqual([['refused', 'DEFERRAL_UNKNOWN']]);
  });

  it('keeps it open for the very same content: not for a field less (EGovG § 5 Abs. 1)', async () => {
    const { first, again } = await announced();
    await ask(first, false);
    register.clock.ms = T;
    const other = await again({ request: { fields: ['birth_date'] } });
    expect(await reasonOf(ask(other, true))).toBe('TRIGGER_INVALID');
    expect(lines().at(-1)).toEqual(['refused', 'DEFERRAL_UNKNOWN']);
  });

  it('keeps it open for its own attestation: another that quotes its id is not of that attester', async () => {
    const { first } = await announced();
    await ask(first, false);
    register.clock.ms = T;
    const jti = String(decodeJwt(String(decodeJwt(first.trigger_token ?? '').attestation)).jti);
    const forged = await aRetrieval(
      federation,
      { request: { person }, attestationBy: { jti, key: federation.key('node', 'trigger') } },
      { nowMs: T },
    );
    expect(await reasonOf(ask(forged, true))).toBe('TRIGGER_INVALID');
  });

  it('gives it whoever else was asked about since: its person was counted when it was announced', async () => {
    const limited: Deviation = {
      permission: { obligations: { rates: [{ rule: 'rule', of: 'persons', max: 1, per: 'day' }] } },
    };
    const first = await aRetrieval(federation, { ...limited, request: { person } });
    await ask(first, false);
    register.clock.ms = T;
    const another = { ...somebody, idnr: makeTestIdnr(4712) };
    const aboutAnother = () => aRetrieval(federation, limited, { nowMs: T, person: another });
    expect(await reasonOf(aboutAnother().then((it) => ask(it, false)))).toBe('answered');
    const attestation = String(decodeJwt(first.trigger_token ?? '').attestation);
    const again = { ...limited, request: { person }, trigger: { attestation } };
    expect(await ask(await aRetrieval(federation, again, { nowMs: T }), true)).toHaveProperty('jwe');
    expect(await reasonOf(aRetrieval(federation, limited, { nowMs: T }).then((it) => ask(it, false)))).toBe(
      'REGISTER_RATE_LIMITED',
    );
  });

  it.each([
    ['a permission that has expired', { permissionBy: { nowMs: T - DAY_MS } }, 'PERMISSION_INVALID'],
    ['a request that is old', { request: { issued_at: T - DAY_MS } }, 'REQUEST_INVALID'],
    ['a trigger token that has expired', { triggerBy: { nowMs: T - DAY_MS } }, 'TRIGGER_INVALID'],
  ] as const)('checks everything else as of now: %s', async (_what, deviation, reason) => {
    const { first, again } = await announced();
    await ask(first, false);
    register.clock.ms = T;
    expect(await reasonOf(again(deviation).then((it) => ask(it, true)))).toBe(reason);
  });
});
