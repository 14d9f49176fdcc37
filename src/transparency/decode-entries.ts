import type { EntryFilter } from '../audit/log-reader.js';
import { OUTCOMES } from '../audit/record.js';
import { fromTimestamp, type WireTimestamp } from '../platform/clock.js';
import type { Decoder } from '../platform/decode.js';
import { isReason } from '../platform/reasons.js';
import type { EntryFilter__Output } from '../platform/rpc-types/einmal/broker/v1/EntryFilter.js';
import { canonicalDigest } from '../tokens/digest.js';

const MAX_TEXT = 500;
/** The last moment that google.protobuf.Timestamp knows: the end of the year 9999. */
const MAX_SECONDS = 253_402_300_799;

/** The filter as far as this consumer may ask: a participant sees its own entries only. */
export function decodeFilter(
  decoder: Decoder,
  given: EntryFilter__Output | null | undefined,
  consumer: string,
): EntryFilter {
  const filter = given ?? {};
  const asked = decoder.optionalIdentifier('filter.consumer', filter.consumer);
  if (asked !== undefined && asked !== consumer) decoder.refuse('filter.consumer', 'must be the caller, or absent');
  const fromMs = moment(decoder, 'filter.from_time', filter.from_time);
  const toMs = moment(decoder, 'filter.to_time', filter.to_time);
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    decoder.refuse('filter.to_time', 'must be after from_time');
  const register = decoder.optionalIdentifier('filter.register', filter.register);
  const purpose = decoder.optionalIdentifier('filter.purpose', filter.purpose);
  const legalBasis = decoder.optionalIdentifier('filter.legal_basis', filter.legal_basis);
  const outcome = decodeOutcome(decoder, filter.outcome);
  const reason = decodeReason(decoder, filter.reason);
  const exchange = filter.exchange_id ? decoder.uuid('filter.exchange_id', filter.exchange_id) : undefined;
  return {
    consumer,
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
    ...(register !== undefined && { register }),
    ...(purpose !== undefined && { purpose }),
    ...(legalBasis !== undefined && { legal_basis: legalBasis }),
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { reason }),
    ...(exchange !== undefined && { exchange_ref: exchange }),
  };
}

/** The list that a page token continues: of this consumer, with this filter. */
export function listOf(filter: EntryFilter): string {
  return `log entries\n${canonicalDigest(filter)}`;
}

/** Free text that is required where `isRequired`. */
export function decodeText(decoder: Decoder, field: string, text: string | undefined, isRequired: boolean): string {
  const given = text ?? '';
  if (isRequired && given.trim() === '') decoder.refuse(field, 'is required');
  if (given.length > MAX_TEXT) decoder.refuse(field, `must have ${MAX_TEXT} characters at most`);
  if (!given.isWellFormed() || /\p{Cc}/u.test(given)) decoder.refuse(field, 'must be one line of text');
  return given;
}

function moment(decoder: Decoder, field: string, given: WireTimestamp | null | undefined): number | undefined {
  if (given === null || given === undefined) return undefined;
  const [seconds, nanos] = [Number(given.seconds ?? 0), given.nanos ?? 0];
  const isMoment = Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS && nanos >= 0 && nanos < 1e9;
  if (!isMoment) decoder.refuse(field, 'must be a moment since 1970');
  return isMoment ? fromTimestamp(given) : undefined;
}

function decodeOutcome(decoder: Decoder, given: string | undefined): EntryFilter['outcome'] {
  if (given === undefined || given === '') return undefined;
  const outcome = OUTCOMES.find((name) => name === given);
  if (outcome === undefined) decoder.refuse('filter.outcome', `must be one of ${OUTCOMES.join(', ')}`);
  return outcome;
}

function decodeReason(decoder: Decoder, given: string | number | undefined): string | undefined {
  if (given === undefined || given === 'ERROR_REASON_UNSPECIFIED') return undefined;
  const reason = String(given).replace(/^ERROR_REASON_/, '');
  if (!isReason(reason)) decoder.refuse('filter.reason', 'must be a reason of the closed list');
  return reason;
}
