import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { Fault } from '../../src/platform/fault.js';
import type { ListSubjectEntriesRequest__Output } from '../../src/platform/rpc-types/einmal/register/v1/ListSubjectEntriesRequest.js';
import { Seal } from '../../src/platform/secrets.js';
import { decodeInquiry } from '../../src/register-edge/decode-inquiry.js';
import { InquiryExaminer } from '../../src/register-edge/inquiry-examiner.js';
import { ListSubjectEntries, ListSubjectEntriesHandler } from '../../src/register-edge/list-subject-entries.js';
import { RateLimit } from '../../src/register-edge/rate-limit.js';
import { subjectDigest } from '../../src/register-edge/subject-digest.js';
import { type SubjectLine, SubjectLines } from '../../src/register-edge/subject-lines.js';
import { subjectCommitment } from '../../src/tokens/subject-commitment.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation, type Federation } from './federation.js';
import { anInquiry, INQUIRED, type InquiryDeviation } from './inquiry.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { MemoryReplayStore } from './memory-replay-store.js';
import { aCaller, NOW, somebody } from './presented.js';

const secret = () => randomBytes(32).toString('base64url');

const aLine = (sequence: number): SubjectLine => ({
  sequence,
  at: NOW - sequence * 1000,
  retrievalId: `retrieval-${sequence}-of-somebody`,
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  attributes: ['birth_date'],
  outcome: 'answered',
  reason: null,
  event: 'exchange',
});

class MemoryLines extends SubjectLines {
  readonly asked: string[] = [];
  constructor(private readonly of: ReadonlyMap<string, readonly SubjectLine[]>) {
    super();
  }
  override async about(subject: string, before: number, limit: number) {
    this.asked.push(subject);
    return (this.of.get(subject) ?? []).filter(({ sequence }) => sequence < before).slice(0, limit);
  }
  override async reachesBackTo() {
    return NOW - 86_400_000;
  }
  override async given() {
    return undefined;
  }
}

let federation: Federation;
let log: MemoryEdgeLog;
let lines: MemoryLines;
let handler: ListSubjectEntriesHandler;
const seal = new Seal(randomBytes(32));
beforeAll(async () => {
  federation = await aFederation();
});
beforeEach(() => {
  log = new MemoryEdgeLog();
  const own = subjectDigest(seal, somebody.idnr);
  lines = new MemoryLines(new Map([[own, [aLine(9), aLine(5), aLine(2)]]]));
  const clock = new FixedClock(NOW);
  const register = federation.current.lookup.register(INQUIRED);
  if (register === undefined) throw new Error('no such register');
  handler = new ListSubjectEntriesHandler(
    new InquiryExaminer(federation.current, register, clock),
    new RateLimit({ each_consumer: { per: 'minute', max: 3 } }, new MemoryRateStore(), clock),
    new MemoryReplayStore(),
    log,
    lines,
    seal,
    clock,
  );
});

const send = (message: ListSubjectEntriesRequest__Output, caller = 'node') =>
  handler.execute(
    new ListSubjectEntries(aCaller(federation, { caller }), decodeInquiry(message, { allowTestNumbers: true })),
  );
const inquiry = (deviation: InquiryDeviation = {}) => anInquiry(federation, deviation);
const ask = async (deviation: InquiryDeviation = {}) => send(await inquiry(deviation), deviation.caller);
const reasonOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof Fault ? error.reason : 'no fault'),
  );

describe('a person asks a register for its lines about them (OZG § 10, IDNrG § 6 Abs. 5)', () => {
  it('is answered with them, newest first, once the look is on record', async () => {
    const { lines: found, reachesBackTo, nextPageToken } = await ask();
    expect(found.map(({ sequence }) => sequence)).toEqual([9, 5, 2]);
    expect([reachesBackTo, nextPageToken]).toEqual([NOW - 86_400_000, '']);
    expect(log.entries).toEqual([
      expect.objectContaining({
        ...{ event: 'subject-read', caller: 'node', consumer: 'pages', purpose: 'datenauskunft', outcome: 'answered' },
        subject: subjectDigest(seal, somebody.idnr),
      }),
    ]);
  });

  it('gets no line where none can be written', async () => {
    log.broken = true;
    expect(await reasonOf(ask())).toBe('AUDIT_LOG_UNAVAILABLE');
    expect(lines.asked).toEqual([]);
  });

  it('turns pages by a token that opens for this person alone', async () => {
    const first = await ask({ inquiry: { page_size: 2 } });
    expect(first.lines.map(({ sequence }) => sequence)).toEqual([9, 5]);
    const second = await ask({ inquiry: { page_size: 2, page_token: first.nextPageToken } });
    expect(second.lines.map(({ sequence }) => sequence)).toEqual([2]);
    const foreign = seal.close(Buffer.from('9'), 'einmal/subject-lines/v1 of-somebody-else');
    expect(await reasonOf(ask({ inquiry: { page_token: foreign } }))).toBe('REQUEST_INVALID');
  });

  it('is told when the same token comes with another request, and answered when it is the same', async () => {
    const message = await inquiry();
    await send(message);
    await send(message);
    expect(log.entries.map(({ outcome }) => outcome)).toEqual(['answered', 'repeated']);
  });

  it('asks about one number with one sign-in: another under the same attestation is a replay (OZG § 10)', async () => {
    const signedIn = { attestationJti: randomUUID(), salt: secret() };
    await ask(signedIn);
    await ask(signedIn);
    const idnr = makeTestIdnr(7);
    const person = { idnr, birth_date: somebody.birthDate };
    const commitment = { salt: signedIn.salt, family_name: somebody.familyName, idnr: null };
    expect(await reasonOf(ask({ ...signedIn, inquiry: { person: { ...person, commitment } } }))).toBe('REPLAY');
    expect(log.entries.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ...[1, 2].map(() => ['answered', null]),
      ['refused', 'REPLAY_ATTESTATION'],
    ]);
    expect(lines.asked).not.toContain(subjectDigest(seal, idnr));
  });

  it('is limited by the register, for these pages', async () => {
    for (const _ of [1, 2, 3]) await ask();
    expect(await reasonOf(ask())).toBe('REGISTER_RATE_LIMITED');
  });

  const other = { idnr: '02476291358', familyName: 'Andere' };
  it.each<[string, string, string, () => InquiryDeviation]>([
    ['by an online service', 'CALL_NOT_ALLOWED', 'CALLER_KIND', () => ({ caller: 'familienkasse-online' })],
    ['at another register', 'REQUEST_INVALID', 'OTHER_REGISTER', () => ({ inquiry: { register: 'zfzr' } })],
    ['long ago', 'REQUEST_INVALID', 'TOO_OLD', () => ({ inquiry: { issued_at: NOW - 301_000 } })],
    ['in the future', 'REQUEST_INVALID', 'FROM_THE_FUTURE', () => ({ inquiry: { issued_at: NOW + 61_000 } })],
    [
      'with a token that another key signed',
      'TRIGGER_INVALID',
      'TRIGGER_SIGNATURE',
      () => ({ triggerKey: { ...federation.key('pages', 'session'), kid: 'node-trigger' } }),
    ],
    ['with a token for another register', 'TRIGGER_INVALID', 'TRIGGER_AUDIENCE', () => ({ audience: 'zfzr' })],
    ['with a token for another request', 'TRIGGER_INVALID', 'TRIGGER_DIGEST', () => ({ wire: { page_size: 7 } })],
    [
      'on the word of an online service',
      'TRIGGER_INVALID',
      'ATTESTATION_ATTESTER_KIND',
      () => ({ attester: 'familienkasse-online' }),
    ],
    [
      'with a decision that the pages did not sign',
      'TRIGGER_INVALID',
      'ATTESTATION_SIGNATURE',
      () => ({ attestationKey: { ...federation.key('node', 'trigger'), kid: 'pages-attestation' } }),
    ],
    [
      'with a decision that is over',
      'TRIGGER_INVALID',
      'ATTESTATION_EXPIRED',
      () => ({ attestedAtMs: NOW - 1_000_000 }),
    ],
    ['by an officer', 'TRIGGER_INVALID', 'ATTESTATION_DECIDER', () => ({ decision: { acting: 'AUTHORITY' } })],
    [
      'by a representative',
      'TRIGGER_INVALID',
      'ATTESTATION_DECIDER',
      () => ({ decision: { acting: 'REPRESENTATIVE' } }),
    ],
    [
      'below the level high',
      'TRIGGER_INVALID',
      'ATTESTATION_ASSURANCE',
      () => ({ decision: { assurance: 'substantial' } }),
    ],
    [
      'for a purpose that changed',
      'TRIGGER_INVALID',
      'ATTESTATION_PURPOSE',
      () => ({ decision: { purpose_hash: secret() } }),
    ],
    [
      'with a lookup for another purpose (GDPR Art. 5 (1) b)',
      'TRIGGER_INVALID',
      'ATTESTATION_PURPOSE',
      () => ({
        decision: {
          purpose: 'entscheidung',
          purpose_hash: federation.current.lookup.purpose('entscheidung')?.hash ?? '',
        },
      }),
    ],
    [
      'about somebody else than who decided',
      'TRIGGER_INVALID',
      'ATTESTATION_COMMITMENT',
      () => ({
        decision: {
          subject: {
            role: 'person',
            commitment: subjectCommitment({
              ...{ role: 'person', salt: secret(), birth_date: somebody.birthDate, idnr: null },
              family_name: other.familyName,
            }),
          },
        },
      }),
    ],
  ])('is refused %s', async (_title, reason, cause, deviation) => {
    expect(await reasonOf(ask(deviation()))).toBe(reason);
    expect(lines.asked).toEqual([]);
    expect(log.entries).toEqual([
      expect.objectContaining({ event: 'subject-read', outcome: 'refused', reason, cause }),
    ]);
  });

  it('names all faulty fields at once and no value of them', async () => {
    const wrong = { inquiry_id: 'x', nonce: Buffer.alloc(3), person: { idnr: '123', birth_date: 'gestern' } };
    const answer = send({ ...(await inquiry()), ...wrong } as ListSubjectEntriesRequest__Output);
    const fault = await answer.catch((error: unknown) => error as Fault);
    expect((fault as Fault).violations.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['inquiry_id', 'nonce', 'person.idnr', 'person.birth_date', 'person.commitment.salt']),
    );
    expect(JSON.stringify((fault as Fault).violations)).not.toMatch(/123|gestern/);
  });
});
