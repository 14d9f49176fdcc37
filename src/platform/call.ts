import type { ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { WAITS_MS } from './patience.js';

/** A grpc-js server call as Nest hands it to guards and handlers (third argument). */
export type ServerCall = ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>;

/** Milliseconds since the epoch; `Infinity` when the client set none. */
export function deadlineOf(call: ServerCall): number {
  const deadline = call.getDeadline();
  return deadline instanceof Date ? deadline.getTime() : deadline;
}

/** How long somebody waits for an answer. */
export type Waiting = Readonly<{
  /** Milliseconds since the epoch. */
  deadline: number;
  /** Aborts when nobody waits any more. */
  signal: AbortSignal;
}>;

/** By the deadline of the call, or less where the caller says so: it may listen on only to know what comes late. */
export function waitingOf(call: ServerCall): Waiting {
  const [stated] = call.metadata.get(WAITS_MS);
  const [deadline, signal] = [deadlineOf(call), signalOf(call)];
  if (typeof stated !== 'string' || !/^\d{1,8}$/.test(stated)) return { deadline, signal };
  const waitsMs = Number(stated);
  return {
    deadline: Math.min(deadline, Date.now() + waitsMs),
    signal: noLongerThan(signal, waitsMs),
  };
}

/** `AbortSignal.any` and `timeout` would do the same, for several times the work: they keep what they follow weakly. */
function noLongerThan(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(WAITED), ms).unref();
  const end = () => {
    clearTimeout(timer);
    controller.abort(signal.reason);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return controller.signal;
}

const signals = new WeakMap<ServerCall, AbortSignal>();

/** One for all: each abort without a reason makes an exception with its stack, and every call ends in one. */
const ENDED = new DOMException('the call has ended', 'AbortError');
const WAITED = new DOMException('nobody waits any longer', 'TimeoutError');

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
