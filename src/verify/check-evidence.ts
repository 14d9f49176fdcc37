import type { KeySet } from './answer.js';
import { isKeySet, isObject, type JsonObject, tokensIn, trustIn } from './document.js';
import { type Check, ownKeysCheck, type Report, report } from './report.js';
import { verifyEvidenceToken } from './verify-evidence-token.js';

const REGISTER = 'urn:einmal:register:';

/** Keys of the registers by register id, or one key set for whatever register signed. */
export type EvidenceKeys = Readonly<{ registers: Readonly<Record<string, KeySet>> }> | KeySet;

/**
 * Verifies evidence: compact SD-JWTs, or those of a document, with the keys that are given or else its own (RFC 9901 § 7.1),
 * which are believed with `ownKeys` only.
 */
export async function checkEvidence(
  file: string | JsonObject,
  keys?: EvidenceKeys,
  { ownKeys = false }: Readonly<{ ownKeys?: boolean }> = {},
): Promise<Report> {
  const tokens = typeof file === 'string' ? [file.trim()] : tokensIn(file);
  if (tokens === undefined || tokens.length === 0)
    return report({}, [{ what: 'evidence', state: 'unknown', detail: 'no evidence in the document' }]);
  const own = keys === undefined && typeof file !== 'string' ? ownRegisters(file) : undefined;
  const trusted: EvidenceKeys | undefined = keys ?? (own === undefined ? undefined : { registers: own });
  if (trusted === undefined)
    return report({}, [{ what: 'evidence', state: 'unknown', detail: 'no keys of registers are given' }]);
  const checks = await Promise.all(tokens.map((token, i) => evidenceCheck(token, `evidence ${i + 1}`, trusted)));
  const source = own === undefined ? {} : { keys_of_registers: 'taken from the document itself' };
  const believed = own === undefined || ownKeys ? [] : [ownKeysCheck('that of each register')];
  return report({ evidence: tokens.length, ...source }, [...checks, ...believed]);
}

/** Reads what `--jwks` names: a key set (RFC 7517 § 5), or a document with those of several registers. */
export function evidenceKeys(document: JsonObject): EvidenceKeys | undefined {
  if (isKeySet(document)) return document;
  const registers = ownRegisters(isObject(document.trust) ? document : { trust: document });
  return registers === undefined ? undefined : { registers };
}

function ownRegisters(document: JsonObject): Readonly<Record<string, KeySet>> | undefined {
  const { registers = {} } = trustIn(document);
  return Object.keys(registers).length > 0 ? registers : undefined;
}

async function evidenceCheck(token: string, name: string, keys: EvidenceKeys): Promise<Check> {
  const registers = 'registers' in keys ? keys.registers : { [registerOf(token)]: keys };
  const { content, faults } = await verifyEvidenceToken(token, registers);
  const what = `${name} is signed by its register and undamaged`;
  if (content === undefined || faults.length > 0) return { what, state: 'fails', detail: faults.join('; ') };
  const { iss, evidence_type, as_of } = content.claims;
  // Names of attributes only: their values are for whom the evidence is for.
  const detail = `${String(evidence_type)} as of ${String(as_of)} from ${String(iss)}: ${Object.keys(content.attributes).join(', ')}`;
  return { what, state: 'holds', detail };
}

/** The register that the token says it is from: the keys that were given decide whether that is true. */
function registerOf(token: string): string {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const issuer = isObject(payload) ? String(payload.iss) : '';
    return issuer.startsWith(REGISTER) ? issuer.slice(REGISTER.length) : '';
  } catch {
    return '';
  }
}
