import type { Participant, Register, SubjectKind } from '../catalogue/catalogue.js';
import type { Asked } from './asked.js';
import type { Check } from './check.js';

/** Fast clock of a node, and longest way of a request. Milliseconds. */
export const MAX_AHEAD_MS = 60_000;
export const MAX_AGE_MS = 300_000;

/** Before anything of the request is looked at. */
export const CALLER_CHECKS: readonly Check<Readonly<{ participant: Participant }>>[] = [
  {
    cause: 'CALLER_KIND',
    reason: 'CALL_NOT_ALLOWED',
    rule: 'only a node asks a register; its certificate says who it is (design 5)',
    holds: ({ participant }) => participant.kind === 'node',
  },
];

type Arrived = Readonly<{
  request: Asked['request'];
  register: Register;
  /** Whom evidence of the type asked for is about, by the own catalogue. */
  about: SubjectKind;
  now: number;
}>;

export const REQUEST_CHECKS: readonly Check<Arrived>[] = [
  {
    cause: 'OTHER_REGISTER',
    reason: 'REQUEST_INVALID',
    field: 'register',
    rule: 'must be the register that is asked',
    holds: ({ request, register }) => request.register === register.id,
  },
  {
    cause: 'OTHER_KIND_OF_SUBJECT',
    reason: 'REQUEST_INVALID',
    field: 'evidence_type',
    rule: 'must be about the kind of subject that is given: a natural or a legal person',
    holds: ({ request, about }) => ('company' in request ? 'legal' : 'natural') === about,
  },
  {
    cause: 'FROM_THE_FUTURE',
    reason: 'REQUEST_INVALID',
    field: 'issue_time',
    rule: 'must be at most 60 seconds ahead of the clock of the register',
    holds: ({ request, now }) => request.issued_at <= now + MAX_AHEAD_MS,
  },
  {
    cause: 'TOO_OLD',
    reason: 'REQUEST_INVALID',
    field: 'issue_time',
    rule: 'must be at most 5 minutes old',
    holds: ({ request, now }) => request.issued_at >= now - MAX_AGE_MS,
  },
];
