import type { FieldViolation } from '../platform/fault.js';
import type { ListSubjectEntriesRequest__Output } from '../platform/rpc-types/einmal/register/v1/ListSubjectEntriesRequest.js';
import { inquiryDigest, type RegisterInquiry } from '../tokens/register-inquiry.js';
import { decodePerson } from './decode-person.js';
import { decodeStatedInquiry, Faults } from './decode-stated.js';

const MAX_PAGE = 1000;
const DEFAULT_PAGE = 100;
/** No token that is made here is longer. */
const MAX_POSITION = 200;

export type AskedInquiry = Readonly<{
  inquiry: RegisterInquiry;
  /** What the token must be bound to; recomputed here from what arrived. */
  digest: string;
  token: string;
}>;

export type DecodedInquiry =
  | Readonly<{ ok: true; asked: AskedInquiry }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[]; retrievalId: string | null }>;

export function decodeInquiry(
  wire: ListSubjectEntriesRequest__Output,
  options: Readonly<{ allowTestNumbers: boolean }>,
): DecodedInquiry {
  const faults = new Faults();
  const { session_token: token, ...stated } = decodeStatedInquiry(wire, faults);
  const person = decodePerson(wire.person, faults, options);
  const size = wire.page_size ?? 0;
  faults.demand(size >= 0 && size <= MAX_PAGE, 'page_size', `must be 1 to ${MAX_PAGE}`);
  const position = wire.page_token ?? '';
  faults.demand(position.length <= MAX_POSITION, 'page_token', 'must be that of the list which it continues');
  if (faults.violations.length > 0) return faults.unread(stated.inquiry_id, 'inquiry_id');
  const inquiry = { ...stated, person, page_size: size === 0 ? DEFAULT_PAGE : size, page_token: position };
  return { ok: true, asked: { inquiry, digest: inquiryDigest(inquiry), token } };
}
