import { join } from 'node:path';
import type { ExchangeResult } from './demo-exchange.js';
import type { RunningSystem } from './supervisor.js';

/** What `--json` prints: the answer, everything to verify it with, and where the system is reached. Bytes are base64. */
export function demoDocument(
  system: RunningSystem,
  { service, answer, verification, log }: ExchangeResult,
  timingsMs: Readonly<Record<string, number>>,
): object {
  const { evidence, permission, trigger, inclusion } = verification;
  const { opening, ...receipt } = answer.receipt;
  const keys = system.pki.folderOf(service.consumer);
  return {
    service: service.id,
    fields: answer.fields,
    not_delivered: answer.not_delivered,
    receipt: { ...receipt, opening: { ...opening, release_salt: answer.release_salt } },
    verification: { evidence, permission, trigger, inclusion, witnesses: log.verdict === 'holds' },
    evidence: answer.evidence.map(({ sd_jwt }) => sd_jwt),
    trust: { ...system.trust, policy: system.policy },
    endpoints: system.endpoints,
    tls: { ca: join(keys, 'tls', 'ca.pem'), cert: join(keys, 'tls', 'cert.pem'), key: join(keys, 'tls', 'key.pem') },
    timings_ms: timingsMs,
  };
}
