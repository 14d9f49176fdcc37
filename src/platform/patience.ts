import { type CallOptions, type ClientUnaryCall, type Metadata, type requestCallback, status } from '@grpc/grpc-js';
import { type CallSettings, RpcFailure, unary } from './grpc-client.js';

/** Calls that nobody waits for any more; beyond it the next one is cancelled as soon as it is given up. */
const MOST_CALLS = 256;

/**
 * How long a process goes on listening to calls that were given up, so that it hears what comes of them. Bounded in
 * time and number; `close` cancels what is left.
 */
export class Patience {
  readonly #calls = new Set<AbortController>();
  #isClosed = false;

  constructor(
    readonly graceMs: number,
    private readonly most = MOST_CALLS,
  ) {}

  /** Whether the call may go on. */
  keep(call: AbortController): boolean {
    if (this.#isClosed || this.graceMs === 0 || this.#calls.size >= this.most) return false;
    this.#calls.add(call);
    return true;
  }

  forget(call: AbortController): void {
    this.#calls.delete(call);
  }

  close(): void {
    this.#isClosed = true;
    for (const call of this.#calls) call.abort();
  }
}

/** Metadata of a call: for how many milliseconds its answer is waited for. Its deadline says how long it is listened to. */
export const WAITS_MS = 'einmal-waits-ms';

/** What came of a call after it was given up. */
export type Late<Response> = Readonly<{ answer: Response }> | Readonly<{ failure: unknown }>;

/**
 * One unary call that is given up at its deadline, and listened to for a while longer: `late` is told once what came of it
 * then. The other side is told until when somebody waits. Given up by its signal it is cancelled, so that the other side stops working for nobody. Who waits is not kept
 * waiting. @throws RpcFailure
 */
export function patientUnary<Response>(
  start: (metadata: Metadata, options: CallOptions, done: requestCallback<Response>) => ClientUnaryCall,
  settings: CallSettings,
  patience: Patience,
  late: (outcome: Late<Response>) => void,
): Promise<Response> {
  const { deadline, signal } = settings;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new RpcFailure(status.CANCELLED, undefined, undefined));
      return;
    }
    const call = new AbortController();
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
      if (!listensOn()) call.abort();
    };
    const leave = (): void => giveUp(status.CANCELLED, () => false);
    const beLate = (): void => giveUp(status.DEADLINE_EXCEEDED, () => patience.keep(call));
    const timer = setTimeout(beLate, Math.max(0, deadline - Date.now()));
    signal?.addEventListener('abort', leave, { once: true });
    unary(start, {
      deadline: deadline + patience.graceMs,
      signal: call.signal,
      metadata: { ...settings.metadata, [WAITS_MS]: String(Math.max(0, Math.round(deadline - Date.now()))) },
    })
      .then(
        (answer) => {
          if (stopWaiting()) resolve(answer);
          else late({ answer });
        },
        (failure: unknown) => {
          if (stopWaiting()) reject(failure);
          else late({ failure });
        },
      )
      .finally(() => patience.forget(call));
  });
}
