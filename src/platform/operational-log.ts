import { type Logger as Pino, pino } from 'pino';
import { traceIds } from './telemetry/trace-ids.js';

type Details = Readonly<Record<string, string | number | boolean>>;

/** Operational log of one process. Never personal data, never tokens (BSI TR-03176: three separate logs). */
export abstract class OperationalLog {
  abstract info(details: Details, message: string): void;
  abstract warn(details: Details, message: string): void;
  abstract error(details: Details, message: string): void;
}

/** JSON lines on stderr; stdout stays free for what a command prints. */
export function operationalLog(participant: string, level: string): Pino & OperationalLog {
  return pino(
    { level, base: { participant }, formatters: { level: (label) => ({ level: label }) }, mixin: traceIds },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** Class and code of an error without its message, which might quote a value. Faults are safe to show whole. */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const { message, stack = '' } = error;
  // What follows the message: a line of the message itself may look like a place in the code.
  const at = (stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : '')
    .split('\n')
    .find((line) => /^\s+at /.test(line))
    ?.trim()
    .replace(/\(?file:\/\/.*\/dist\//, '(');
  return { error: error.name, ...(code === undefined ? {} : { code }), ...(at === undefined ? {} : { at }) };
}
