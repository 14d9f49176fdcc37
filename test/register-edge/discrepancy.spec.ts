import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/platform/fault.js';
import type { ReportDiscrepancyRequest__Output } from '../../src/platform/rpc-types/einmal/register/v1/ReportDiscrepancyRequest.js';
import { Seal } from '../../src/platform/secrets.js';
import { decodeReport } from '../../src/register-edge/decode-report.js';
import { DiscrepancyDesk } from '../../src/register-edge/discrepancy-desk.js';
import { GetDiscrepancy, GetDiscrepancyHandler } from '../../src/register-edge/get-discrepancy.js';
import { ReportDiscrepancy, ReportDiscrepancyHandler } from '../../src/register-edge/report-discrepancy.js';
import { subjectDigest } from '../../src/register-edge/subject-digest.js';
import { type GivenLine, SubjectLines } from '../../src/register-edge/subject-lines.js';
import { FixedClock } from '../audit/log-keys.js';
import { discrepancyStoreContract } from './discrepancy-store.contract.js';
import { aFederation, type Federation } from './federation.js';
import { MemoryDiscrepancyStore } from './memory-discrepancy-store.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { aCaller, NOW, somebody } from './presented.js';

const RETRIEVAL = randomUUID();
const seal = new Seal(randomBytes(32));

/** One retrieval was answered to the node: a name, of somebody. */
class OneGiven extends SubjectLines {
  override async about() {
    return [];
  }
  override async reachesBackTo() {
    return undefined;
  }
  override async given(caller: string, retrievalId: string, subject: string): Promise<GivenLine | undefined> {
    if (caller !== 'node' || retrievalId !== RETRIEVAL) return undefined;
    if (subject !== subjectDigest(seal, somebody.idnr)) return undefined;
    return {
      consumer: 'familienkasse-online',
      evidenceType: 'meldedaten',
      purpose: 'kindergeld-antrag',
      legalBasis: 'egovg-5-1-1',
      subject: subjectDigest(seal, somebody.idnr),
      attributes: ['family_name'],
    };
  }
}

let federation: Federation;
let log: MemoryEdgeLog;
let store: MemoryDiscrepancyStore;
let handler: ReportDiscrepancyHandler;
beforeAll(async () => {
  federation = await aFederation();
});
beforeEach(() => {
  log = new MemoryEdgeLog();
  store = new MemoryDiscrepancyStore();
  handler = new ReportDiscrepancyHandler(store, log, new OneGiven(), seal, new FixedClock(NOW));
});

const aMessage = (deviation: Partial<ReportDiscrepancyRequest__Output> = {}): ReportDiscrepancyRequest__Output => ({
  report_id: randomUUID(),
  attribute: 'family_name',
  remark: 'Der Name ist ein anderer.',
  retrieval_id: RETRIEVAL,
  idnr: somebody.idnr,
  reporter: 'DISCREPANCY_REPORTER_SUBJECT',
  ...deviation,
});
const send = (message: ReportDiscrepancyRequest__Output, caller = 'node') =>
  handler
    .execute(new ReportDiscrepancy(aCaller(federation, { caller }), decodeReport(message, { allowTestNumbers: true })))
    .then(
      () => 'taken',
      (error: unknown) => (error instanceof Fault ? error.reason : 'no fault'),
    );

describe('the store in memory', () => {
  discrepancyStoreContract(async () => new MemoryDiscrepancyStore());
});

describe('a report that a datum seems to be wrong (IDNrG § 10)', () => {
  it('is taken for what this register gave of this person, and is a line with the attribute', async () => {
    expect(await send(aMessage())).toBe('taken');
    expect(log.entries).toEqual([
      expect.objectContaining({
        ...{ event: 'discrepancy', outcome: 'answered', attributes: ['family_name'], retrievalId: RETRIEVAL },
        subject: subjectDigest(seal, somebody.idnr),
      }),
    ]);
    expect(JSON.stringify(log.entries)).not.toMatch(/anderer|4711/);
  });

  it.each<[string, Partial<ReportDiscrepancyRequest__Output>]>([
    ['under a retrieval that was not', { retrieval_id: randomUUID() }],
    ['of an attribute that was not given', { attribute: 'birth_date' }],
    ['of another person', { idnr: '02476291358' }],
  ])('is not found %s: one refusal', async (_title, deviation) => {
    expect(await send(aMessage(deviation))).toBe('NOT_FOUND');
    expect(log.entries).toEqual([expect.objectContaining({ outcome: 'refused', cause: 'NOT_GIVEN', subject: null })]);
    expect(await store.list(['received'])).toEqual([]);
  });

  it('is not found under the id of another report', async () => {
    const first = aMessage();
    await send(first);
    expect(await send({ ...first, remark: 'etwas anderes' })).toBe('NOT_FOUND');
  });

  it('is taken from nodes alone, and not where no line can be written', async () => {
    expect(await send(aMessage(), 'familienkasse-online')).toBe('CALL_NOT_ALLOWED');
    log.broken = true;
    expect(await send(aMessage())).toBe('AUDIT_LOG_UNAVAILABLE');
  });

  it.each([
    ['no text', ' '],
    ['control characters', 'a\u0007b'],
    ['a turned direction', 'a\u202eb'],
    ['too much', 'x'.repeat(1001)],
  ])('with %s in it is refused', async (_title, remark) => {
    expect(await send(aMessage({ remark }))).toBe('REQUEST_INVALID');
  });

  it('is settled by the staff, on record before, and its state is told to its node alone', async () => {
    const message = aMessage();
    await send(message);
    const reportId = message.report_id ?? '';
    const desk = new DiscrepancyDesk(store, log, seal, new FixedClock(NOW), 'melderegister-bremen');
    expect((await desk.list(false)).map((it) => [it.reportId, it.idnr])).toEqual([[reportId, somebody.idnr]]);
    expect(await desk.settle(reportId, 'corrected', 'berichtigt')).toBe(true);
    expect(await desk.settle(randomUUID(), 'corrected', '')).toBe(false);
    expect(await desk.list(false)).toEqual([]);
    expect(log.entries.at(-1)).toMatchObject({ event: 'discrepancy', caller: 'melderegister-bremen' });
    const asking = new GetDiscrepancyHandler(store);
    const asked = new GetDiscrepancy(aCaller(federation), reportId);
    expect(await asking.execute(asked)).toMatchObject({ state: 'corrected', explanation: 'berichtigt' });
    const other = new GetDiscrepancy(aCaller(federation, { caller: 'familienkasse-online' }), reportId);
    await expect(asking.execute(other)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    log.broken = true;
    await expect(desk.settle(reportId, 'not-confirmed', '')).rejects.toThrow('disk full');
    expect((await store.find('node', reportId))?.state).toBe('corrected');
  });
});
