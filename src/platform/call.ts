import type { ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';

/** A grpc-js server call as Nest hands it to guards and handlers (third argument). */
export type ServerCall = ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>;

/** Milliseconds since the epoch; `Infinity` when the client set none. */
export function deadlineOf(call: ServerCall): number {
  const deadline = call.getDeadline();
  return deadline instanceof Date ? deadline.getTime() : deadline;
}

const signals = new WeakMap<ServerCall, AbortSignal>();

/** One for all: each abort without a reason makes an exception with its stack, and every call ends in one. */
const ENDED = new DOMException('the call has ended', 'AbortError');

/** Aborts when the client cancels or the deadline passes; Nest itself tells a unary handler neither. */
export function signalOf(call: ServerCall): AbortSignal {
  const known = signals.get(call);
  if (known !== undefined) return known;
  const controller = new AbortController();
  if (call.cancelled) controller.abort(ENDED);
  else call.on('cancelled', () => controller.abort(ENDED));
  signals.set(call, controller.signal);
  return controller.signal;
}

/** Aborts as the other does, but not within so many milliseconds from now. */
export function notBefore(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController();
  const mayAt = performance.now() + ms;
  const pass = () =>
    void setTimeout(() => controller.abort(signal.reason), Math.max(0, mayAt - performance.now())).unref();
  if (signal.aborted) pass();
  else signal.addEventListener('abort', pass, { once: true });
  return controller.signal;
}
