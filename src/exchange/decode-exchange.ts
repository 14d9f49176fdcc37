import { randomUUID } from 'node:crypto';
import { parseCompanyKey } from '../identity/company-key.js';
import { parsePersonKey } from '../identity/person-key.js';
import { deadlineOf, notBefore, type ServerCall, signalOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import type { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import type { Subject__Output } from '../platform/rpc-types/einmal/broker/v1/Subject.js';
import type { ExchangeContext, RequestedSubject } from './exchange.js';

export type ExchangeLimits = Readonly<{
  /** For callers that set none, milliseconds. */
  defaultDeadlineMs: number;
  /** No caller gets longer, milliseconds. */
  maxDeadlineMs: number;
  /** Numbers that begin with 0; production refuses them. */
  allowTestNumbers: boolean;
  /** End of the fixed slot after arrival, milliseconds. */
  neutralAnswerMs: number;
  /** Kept back from the deadline, milliseconds. */
  reserveMs: number;
}>;

/** @throws Fault DEADLINE_TOO_SHORT where nothing would be fetched up to the end of the fixed slot */
export function contextOf(call: ServerCall, now: number, limits: ExchangeLimits): Omit<ExchangeContext, 'purpose'> {
  const asked = deadlineOf(call);
  const deadline = Math.min(
    Number.isFinite(asked) ? asked : now + limits.defaultDeadlineMs,
    now + limits.maxDeadlineMs,
  );
  const leastMs = limits.neutralAnswerMs + limits.reserveMs;
  if (deadline < now + leastMs) throw refusal('DEADLINE_TOO_SHORT', { least_ms: String(leastMs) });
  const hungUp = signalOf(call);
  return {
    exchangeId: randomUUID(),
    caller: callerOf(call),
    arrivedAt: now,
    deadline,
    signal: notBefore(hungUp, limits.neutralAnswerMs),
    hungUp,
  };
}

export function decodeSubjects(
  decoder: Decoder,
  given: readonly Subject__Output[] | undefined,
  limits: ExchangeLimits,
): readonly RequestedSubject[] {
  const subjects = decoder.list('subjects', given, { min: 1, max: 16 }).flatMap((subject, position) => {
    const path = `subjects[${position}]`;
    const role = decoder.identifier(`${path}.role`, subject.role);
    return decodeSubject(decoder, subject, role, path, limits);
  });
  if (new Set(subjects.map(({ role }) => role)).size !== subjects.length)
    decoder.refuse('subjects', 'must have each role once');
  return subjects;
}

function decodeSubject(
  decoder: Decoder,
  { natural_person: person, legal_person: company }: Subject__Output,
  role: string,
  path: string,
  limits: ExchangeLimits,
): readonly RequestedSubject[] {
  if (company) {
    const parsed = parseCompanyKey(company, `${path}.legal_person`);
    if (parsed.ok) return [{ role, kind: 'company', company: parsed.key }];
    decoder.add(parsed.violations);
    return [];
  }
  if (!person) {
    decoder.refuse(`${path}.natural_person`, 'is required, or a legal person');
    return [];
  }
  if (person.subject_token !== undefined) {
    const token = decoder.token(`${path}.natural_person.subject_token`, person.subject_token);
    return [{ role, kind: 'token', token }];
  }
  const parsed = parsePersonKey(person, `${path}.natural_person`, limits);
  if (parsed.ok) return [{ role, kind: 'key', key: parsed.key }];
  decoder.add(parsed.violations);
  return [];
}
