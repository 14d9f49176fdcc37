import type { EntryFilter } from '../audit/log-reader.js';
import { EVENTS, type EventType } from '../audit/record.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import type { Decoder } from '../platform/decode.js';
import type { EntryFilter__Output } from '../platform/rpc-types/einmal/broker/v1/EntryFilter.js';
import { decodeFilter } from '../transparency/decode-entries.js';
import type { EntryQuery } from './activity.js';
import type { Visit } from './oversight-desk.js';

const MAX_PAGE = 200;

export function visitOf(
  decoder: Decoder,
  { session_token }: Readonly<{ session_token?: string }>,
  call: ServerCall,
): Visit {
  return { caller: callerOf(call), sessionToken: decoder.token('session_token', session_token) };
}

/** Of all participants, where the filter names none. */
export function decodeQuery(
  decoder: Decoder,
  given: EntryFilter__Output | null | undefined,
  events: readonly string[] | undefined,
): EntryQuery {
  const named = decodeEvents(decoder, events, EVENTS);
  // The consumer is checked as any other identifier: nobody here is the consumer.
  const consumer = decoder.optionalIdentifier('filter.consumer', given?.consumer);
  const { consumer: _, ...filter }: EntryFilter = decodeFilter(decoder, given && { ...given, consumer: '' }, '');
  return { ...filter, ...(consumer !== undefined && { consumer }), ...(named.length > 0 && { events: named }) };
}

export function decodeEvents<Event extends EventType>(
  decoder: Decoder,
  given: readonly string[] | undefined,
  known: readonly Event[],
): readonly Event[] {
  const events = known.filter((event) => given?.includes(event));
  if (events.length !== new Set(given).size) decoder.refuse('events', 'must be kinds of event');
  return events;
}

export function decodePage(decoder: Decoder, size: number | undefined): number {
  const limit = decoder.pageSize('page_size', size);
  if (limit > MAX_PAGE) decoder.refuse('page_size', `must be 1 to ${MAX_PAGE}`);
  return limit;
}

export function decodeIndex(decoder: Decoder, field: string, given: unknown): number {
  const index = Number(given ?? 0);
  if (!Number.isSafeInteger(index) || index < 0) decoder.refuse(field, 'must be a whole number');
  return index;
}

/** Written for others to read later: some words at least. */
export function decodeNote(decoder: Decoder, field: string, given: string): string {
  if (given.trim().length < 10) decoder.refuse(field, 'must have 10 characters at least');
  return given;
}
