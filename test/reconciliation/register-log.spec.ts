import { Readable } from 'node:stream';
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { toTimestamp } from '../../src/platform/clock.js';
import { Fault } from '../../src/platform/fault.js';
import type { RegisterLogEntry__Output } from '../../src/platform/rpc-types/einmal/register/v1/RegisterLogEntry.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import { statusOf } from '../../src/platform/status.js';
import type { RegisterLine } from '../../src/reconciliation/register-line.js';
import { GrpcRegisterLog } from '../../src/reconciliation/register-log.grpc.js';

const PERIOD = { fromMs: 1_000_000, toMs: 2_000_000 };
const anEntry = (deviation: RegisterLogEntry__Output = {}): RegisterLogEntry__Output => ({
  sequence: '7',
  retrieval_id: 'c0ffee00-0000-4000-8000-000000000001',
  log_time: toTimestamp(1_500_000) as never,
  consumer: 'familienkasse-online',
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  outcome: 'answered',
  reason: '',
  ...deviation,
});

/** A register whose stream gives these messages and then fails, or not. */
function aRegister(entries: readonly unknown[], failure?: unknown) {
  const seen = { isCancelled: false, request: undefined as unknown };
  const client = {
    StreamLog: (request: unknown) => {
      seen.request = request;
      async function* messages() {
        for (const entry of entries) yield { entry };
        if (failure !== undefined) throw failure;
      }
      return Object.assign(Readable.from(messages()), {
        cancel: () => {
          seen.isCancelled = true;
        },
      });
    },
  };
  return { seen, log: new GrpcRegisterLog(() => client as unknown as RegisterServiceClient) };
}
async function read(log: GrpcRegisterLog, signal = new AbortController().signal): Promise<RegisterLine[]> {
  const lines: RegisterLine[] = [];
  for await (const line of log.lines('melderegister-bremen', PERIOD, signal)) lines.push(line);
  return lines;
}

describe('reading the log of a register', () => {
  it('gives its lines as they are, what is empty being absent', async () => {
    const { log, seen } = aRegister([
      anEntry(),
      anEntry({ sequence: '9', retrieval_id: '', consumer: '', evidence_type: '', purpose: '', outcome: 'refused' }),
    ]);
    expect(await read(log)).toEqual([
      {
        sequence: 7,
        atMs: 1_500_000,
        ref: 'c0ffee00-0000-4000-8000-000000000001',
        consumer: 'familienkasse-online',
        evidenceType: 'meldedaten',
        purpose: 'kindergeld-antrag',
        outcome: 'answered',
        reason: undefined,
      },
      {
        ...{ sequence: 9, atMs: 1_500_000, outcome: 'refused' },
        ...{ ref: undefined, consumer: undefined, evidenceType: undefined, purpose: undefined, reason: undefined },
      },
    ]);
    expect(seen).toEqual({
      isCancelled: true,
      request: { from_time: toTimestamp(PERIOD.fromMs), to_time: toTimestamp(PERIOD.toMs) },
    });
  });

  it.each([
    ['the same line twice', [anEntry(), anEntry()]],
    ['lines out of order', [anEntry(), anEntry({ sequence: '6' })]],
    ['a line before the period', [anEntry({ log_time: toTimestamp(999_999) as never })]],
    ['a line behind the period', [anEntry({ log_time: toTimestamp(2_000_000) as never })]],
    ['a line without time', [{ ...anEntry(), log_time: undefined }]],
    ['a line without number', [anEntry({ sequence: 'seven' })]],
    ['an ending that does not exist', [anEntry({ outcome: 'eaten' })]],
    ['text that is no identifier', [anEntry({ purpose: 'Erika Musterfrau' })]],
    ['text without end', [anEntry({ retrieval_id: 'x'.repeat(101) })]],
    ['no line at all', [null]],
  ])('can tell nothing where it sends %s', async (_what, entries) => {
    const { log, seen } = aRegister(entries);
    await expect(read(log)).rejects.toMatchObject({ name: 'RegisterLogSilent', why: 'MALFORMED_LINE' });
    expect(seen.isCancelled).toBe(true);
  });

  it.each([
    ['refuses with its reason', statusOf(new Fault('CALL_NOT_ALLOWED')), 'CALL_NOT_ALLOWED'],
    ['breaks off', { code: status.UNAVAILABLE, details: '', metadata: new Metadata() }, 'UNAVAILABLE'],
  ])('can tell nothing where it %s, also behind some lines', async (_what, failure, why) => {
    for (const entries of [[], [anEntry()]]) {
      const { log } = aRegister(entries, Object.assign(new Error(), failure));
      await expect(read(log)).rejects.toMatchObject({ name: 'RegisterLogSilent', why });
    }
  });

  it('can tell nothing where it has no address, or the reading was ended before', async () => {
    const nowhere = new GrpcRegisterLog(() => {
      throw new Error('no endpoint');
    });
    await expect(read(nowhere)).rejects.toMatchObject({ why: 'FAULT' });
    await expect(read(aRegister([anEntry()]).log, AbortSignal.abort())).rejects.toMatchObject({ why: 'CANCELLED' });
  });
});
