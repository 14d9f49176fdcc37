import { type ClientUnaryCall, Metadata, type requestCallback, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/platform/grpc-client.js';
import { Patience, patientUnary } from '../../src/platform/patience.js';

const turns = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise(setImmediate);
};
const failure = (code: status) => ({ code, details: '', metadata: new Metadata() }) as ServiceError;

/** One call that is answered by hand. */
function aCall(patience: Patience, { inMs = 60_000, signal }: { inMs?: number; signal?: AbortSignal } = {}) {
  const made: { deadline?: unknown; waits?: unknown; isCancelled: boolean; done?: requestCallback<string> } = {
    isCancelled: false,
  };
  const late: Outcome<string>[] = [];
  const answer = patientUnary<string>(
    (metadata, { deadline }, done) => {
      Object.assign(made, { deadline, done, waits: metadata.get('einmal-waits-ms') });
      const cancel = () => {
        made.isCancelled = true;
        done(failure(status.CANCELLED));
      };
      return { cancel } as ClientUnaryCall;
    },
    { deadline: Date.now() + inMs, ...(signal && { signal }) },
    patience,
    (outcome) => late.push(outcome),
  );
  return { made, late, answer, settle: (error: ServiceError | null, value?: string) => made.done?.(error, value) };
}

const codeOf = (answer: Promise<string>) => answer.catch((it: { code: status }) => status[it.code]);

describe('a call that may be given up', () => {
  it('is an ordinary call as long as somebody waits', async () => {
    const answered = aCall(new Patience(1000));
    answered.settle(null, 'yes');
    expect(await answered.answer).toBe('yes');
    const failed = aCall(new Patience(1000));
    failed.settle(failure(status.UNAVAILABLE));
    expect(await codeOf(failed.answer)).toBe('UNAVAILABLE');
    await turns();
    expect([...answered.late, ...failed.late]).toEqual([]);
  });

  it('is given up at its deadline, listened to beyond it, and told of once', async () => {
    const { made, late, answer, settle } = aCall(new Patience(1000), { inMs: 10 });
    expect(await codeOf(answer)).toBe('DEADLINE_EXCEEDED');
    expect(Number(made.deadline) - Date.now()).toBeGreaterThan(500);
    expect(made.isCancelled).toBe(false);
    settle(null, 'too late');
    await turns();
    expect(late).toEqual([{ answer: 'too late' }]);
  });

  it('tells the other side for how long somebody waits, not for how long it is listened to', async () => {
    const { made, answer, settle } = aCall(new Patience(1000), { inMs: 5000 });
    const [waits] = made.waits as readonly string[];
    expect(Number(waits)).toBeGreaterThan(4000);
    expect(Number(waits)).toBeLessThanOrEqual(5000);
    settle(null, 'yes');
    expect(await answer).toBe('yes');
  });

  it('is cancelled when the waiting is, and never begun where it was before', async () => {
    const leaving = new AbortController();
    const { made, late, answer } = aCall(new Patience(1000), { signal: leaving.signal });
    leaving.abort();
    expect([await codeOf(answer), made.isCancelled]).toEqual(['CANCELLED', true]);
    await turns();
    expect(late).toMatchObject([{ failure: { code: status.CANCELLED } }]);
    const never = aCall(new Patience(1000), { signal: AbortSignal.abort() });
    expect([await codeOf(never.answer), never.made.done]).toEqual(['CANCELLED', undefined]);
  });

  it('is cancelled at once without patience', async () => {
    const { made, answer } = aCall(new Patience(0), { inMs: 5 });
    expect([await codeOf(answer), made.isCancelled]).toEqual(['DEADLINE_EXCEEDED', true]);
  });

  it('is cancelled at once where too many are listened to, until one of them ends', async () => {
    const patience = new Patience(1000, 2);
    const [first, second, third] = [1, 2, 3].map(() => aCall(patience, { inMs: 5 }));
    for (const call of [first, second, third]) await codeOf(call!.answer);
    expect([first, second, third].map((call) => call?.made.isCancelled)).toEqual([false, false, true]);
    first?.settle(null, 'done');
    await turns();
    const fourth = aCall(patience, { inMs: 5 });
    await codeOf(fourth.answer);
    expect(fourth.made.isCancelled).toBe(false);
  });

  it('is listened to no longer when the process ends', async () => {
    const patience = new Patience(1000);
    const { made, answer } = aCall(patience, { inMs: 5 });
    await codeOf(answer);
    patience.close();
    expect(made.isCancelled).toBe(true);
    const after = aCall(patience, { inMs: 5 });
    await codeOf(after.answer);
    expect(after.made.isCancelled).toBe(true);
  });
});
