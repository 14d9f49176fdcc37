import type { RegisterLine } from '../../client/citizen-calls.js';

/** A line of a register that somebody asks about: it has no number, and is told by its moment and by who asked. */
export type LineQuestion = Readonly<{ register: string; consumer: string; log_time: string }>;

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,16}Z$/;

/** As one value of a form, of which a list has many. */
export function questionValue({ log_time, consumer }: Pick<RegisterLine, 'log_time' | 'consumer'>): string {
  return `${log_time} ${consumer}`;
}

/** What a form asks about; undefined for what is no such value. */
export function questionAbout(register: unknown, line: unknown): LineQuestion | undefined {
  if (typeof register !== 'string' || typeof line !== 'string') return undefined;
  const [log_time = '', consumer = '', ...rest] = line.split(' ');
  if (rest.length > 0 || !MOMENT.test(log_time) || Number.isNaN(Date.parse(log_time))) return undefined;
  return { register, consumer, log_time };
}
