import type { EntryWish } from '../../client/oversight-connection.js';
import { isReason } from '../../platform/reasons.js';
import { PageFault } from '../page-fault.js';
import { germanMoment } from './german-time.js';

/** Members of the filter as they stand in the query of a page: names of participants, catalogue and log, never of a person. */
const NAMES = ['consumer', 'register', 'purpose', 'legal_basis', 'outcome', 'reason', 'event', 'exchange_id'] as const;
const MAX_LENGTH = 100;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/;

export type QueryOf = Readonly<Record<string, unknown>>;

export function textOf(query: QueryOf, name: string, maxLength = MAX_LENGTH): string {
  const given = query[name];
  return typeof given === 'string' && given.length <= maxLength ? given.trim() : '';
}

/** What a query asks for. @throws PageFault for a reason that is none: the node would not understand it */
export function wishOf(query: QueryOf): EntryWish {
  const named = NAMES.flatMap((name) => {
    const text = textOf(query, name);
    return text === '' ? [] : [[name, text]];
  });
  const reason = textOf(query, 'reason');
  if (reason !== '' && !isReason(reason)) throw new PageFault('REQUEST_NOT_VALID');
  const [fromMs, toMs] = [momentOf(textOf(query, 'from')), momentOf(textOf(query, 'to'))];
  return {
    ...Object.fromEntries(named),
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
  };
}

/** The query that asks for it, without what pages through its list. */
export function queryOf(query: QueryOf, more: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams();
  for (const name of [...NAMES, 'from', 'to']) {
    const text = textOf(query, name);
    if (text !== '') parameters.set(name, text);
  }
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** What an input of a date and time gives: as a clock in Germany shows it, like every time on these pages. */
export function momentOf(text: string): number | undefined {
  if (!LOCAL_TIME.test(text)) return undefined;
  return germanMoment(text.length === 10 ? `${text}T00:00` : text);
}

export function indexOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new PageFault('NOT_FOUND');
  return Number(text);
}
