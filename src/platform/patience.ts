import { type CallOptions, type ClientUnaryCall, type Metadata, type requestCallback, status } from '@grpc/grpc-js';
import { begin, type CallSettings, type Outcome, RpcFailure } from './grpc-client.js';

/** Calls that nobody waits for any more; beyond it the next one is cancelled as soon as it is given up. */
const MOST_CALLS = 256;

/**
 * How long a process goes on listening to calls that were given up, so that it hears what comes of them. Bounded in
 * time and number; `close` cancels what is left.
 */
export class Patience {
  readonly #calls = new Set<() => void>();
  #isClosed = false;

  constructor(
    readonly graceMs: number,
    private readonly most = MOST_CALLS,
  ) {}

  /** Whether the call may go on. @param cancel what ends it */
  keep(cancel: () => void): boolean {
    if (this.#isClosed || this.graceMs === 0 || this.#calls.size >= this.most) return false;
    this.#calls.add(cancel);
    return true;
  }

  forget(cancel: () => void): void {
    this.#calls.delete(cancel);
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#calls) cancel();
  }
}

/** Metadata of a call: for how many milliseconds its answer is waited for. Its deadline says how long it is listened to. */
export const WAITS_MS = 'einmal-waits-ms';

/**
 * One unary call that is given up at its deadline, and listened to for a while longer: `late` is told once what came of it
 * then. The other side is told until when somebody waits. Given up by its signal it is cancelled, so that the other side stops working for nobody. Who waits is not kept
 * waiting. @throws RpcFailure
 */
export function patientUnary<Response>(
  start: (metadata: Metadata, options: CallOptions, done: requestCallback<Response>) => ClientUnaryCall,
  settings: CallSettings,
  patience: Patience,
  late: (outcome: Outcome<Response>) => void,
): Promise<Response> {
  const { deadline, signal } = settings;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new RpcFailure(status.CANCELLED, undefined, undefined));
      return;
    }
    let call: ClientUnaryCall | undefined;
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => call?.cancel();
    let isAwaited = true;
    const stopWaiting = (): boolean => {
      const wasAwaited = isAwaited;
      isAwaited = false;
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      return wasAwaited;
    };
    const giveUp = (code: status, listensOn: () => boolean): void => {
      if (!stopWaiting()) return;
      reject(new RpcFailure(code, undefined, undefined));
      if (!listensOn()) cancel();
    };
    const leave = (): void => giveUp(status.CANCELLED, () => false);
    const beLate = (): void => giveUp(status.DEADLINE_EXCEEDED, () => patience.keep(cancel));
    const waitsMs = Math.max(0, deadline - Date.now());
    call = begin(
      start,
      {
        deadline: deadline + patience.graceMs,
        metadata: { ...settings.metadata, [WAITS_MS]: String(Math.round(waitsMs)) },
      },
      (outcome) => {
        patience.forget(cancel);
        if (!stopWaiting()) late(outcome);
        else if ('answer' in outcome) resolve(outcome.answer);
        else reject(outcome.failure);
      },
    );
    if (!isAwaited) return;
    timer = setTimeout(beLate, waitsMs);
    signal?.addEventListener('abort', leave, { once: true });
  });
}
