import type { TokenFaultCode } from '../tokens/jws.js';

/**
 * Which faults of evidence are incidents: somebody may have altered it, or answered in the name of the register or for somebody
 * else (GDPR Art. 33, ADR 145). What is misshapen or stale is a failure and no more.
 */
const CAUSES = {
  SIGNATURE: 'SIGNATURE_INVALID',
  ALGORITHM: 'SIGNATURE_INVALID',
  KEY_UNKNOWN: 'SIGNATURE_KEY_UNKNOWN',
  ISSUER: 'EVIDENCE_FOREIGN',
  AUDIENCE: 'EVIDENCE_FOREIGN',
  BINDING: 'EVIDENCE_FOREIGN',
} as const satisfies Partial<Record<TokenFaultCode, string>>;

/** True cause of the incident; undefined where the fault is none. */
export function incidentCause(fault: TokenFaultCode): string | undefined {
  return Object.hasOwn(CAUSES, fault) ? CAUSES[fault as keyof typeof CAUSES] : undefined;
}
