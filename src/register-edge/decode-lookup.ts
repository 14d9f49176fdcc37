import { parseIdnr } from '../identity/idnr.js';
import { parsePersonKey } from '../identity/person-key.js';
import type { LookupPersonRequest__Output } from '../platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import { type LookupRequest, type PersonKey, requestDigest } from '../tokens/register-request.js';
import type { CommitmentOpening } from '../tokens/subject-commitment.js';
import type { AskedLookup, Decoded } from './asked.js';
import { decodeStated, decodeTokens, Faults } from './decode-stated.js';
import { LOOKUP_ATTRIBUTES } from './register-agreement.js';

export function decodeLookup(
  wire: LookupPersonRequest__Output,
  options: Readonly<{ allowTestNumbers: boolean; evidenceType: string }>,
): Decoded<AskedLookup> {
  const faults = new Faults();
  const stated = decodeStated(wire, faults);
  const parsed = parsePersonKey(wire, 'key', options);
  if (!parsed.ok) faults.violations.push(...parsed.violations);
  const salt = faults.secret('commitment_salt', wire.commitment_salt);
  const representative = wire.representative_idnr ?? '';
  faults.demand(
    representative === '' || (parseIdnr(representative, options).ok && !representative.includes(' ')),
    'representative_idnr',
    'must be an identification number of 11 digits',
  );
  const tokens = decodeTokens(wire, faults);
  if (!parsed.ok || faults.violations.length > 0) return faults.unread(stated.retrieval_id);
  const request: LookupRequest = {
    ...stated,
    key: parsed.key,
    commitment_salt: salt,
    representative_idnr: representative === '' ? null : representative,
  };
  return {
    ok: true,
    asked: {
      request,
      evidenceType: options.evidenceType,
      fields: LOOKUP_ATTRIBUTES,
      opening: { role: stated.subject_role, salt, ...openedBy(parsed.key) },
      digest: requestDigest(request),
      ...tokens,
    },
  };
}

function openedBy(key: PersonKey): Pick<CommitmentOpening, 'birth_date' | 'family_name' | 'idnr'> {
  return key.set === 'idnr'
    ? { birth_date: key.birth_date, family_name: null, idnr: key.idnr }
    : { birth_date: key.birth_date, family_name: key.family_name, idnr: null };
}
