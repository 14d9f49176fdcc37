import { join } from 'node:path';
import type { PrefillAnswer } from '../verify/answer.js';
import type { Report } from '../verify/report.js';
import type { Verification } from '../verify/verify-answer.js';
import type { ExchangeResult } from './demo-exchange.js';
import { DEMO_TASK, type TaskResult } from './demo-task.js';
import type { RunningSystem } from './supervisor.js';

type Timings = Readonly<Record<string, number>>;
type Verified = Readonly<{ answer: PrefillAnswer; verification: Verification; log: Report }>;

/** What `--json` prints: the answer, everything to verify it with, and where the system is reached. Bytes are base64. */
export function demoDocument(
  system: RunningSystem,
  { service, ...verified }: ExchangeResult,
  timingsMs: Timings,
): object {
  return { service: service.id, ...verifiable(system, service.consumer, verified, timingsMs) };
}

/** The same of an authority: instead of a form the task, and the evidence as the register signed it, readable. */
export function taskDocument(
  system: RunningSystem,
  { authority, task, attributes, archive, archiveFile, ...verified }: TaskResult,
  timingsMs: Timings,
): object {
  const { purpose, evidenceType, fileReference, actingOfficial } = DEMO_TASK;
  return {
    authority,
    task: {
      ...{ purpose, evidence_type: evidenceType, norm: task.norm },
      ...{ file_reference: fileReference, acting_official: actingOfficial },
    },
    state: task.answer.state,
    attributes,
    archive: { file: archiveFile, verdict: archive.verdict },
    withheld: task.answer.evidence.flatMap(({ withheld }) => withheld),
    ...verifiable(system, authority, { ...verified, answer: task.answer }, timingsMs),
  };
}

function verifiable(
  system: RunningSystem,
  consumer: string,
  { answer, verification, log }: Verified,
  timings_ms: Timings,
): object {
  const { evidence, permission, trigger, inclusion } = verification;
  const { opening, ...receipt } = answer.receipt;
  const keys = system.pki.folderOf(consumer);
  return {
    fields: answer.fields,
    not_delivered: answer.not_delivered,
    receipt: { ...receipt, opening: { ...opening, release_salt: answer.release_salt } },
    verification: { evidence, permission, trigger, inclusion, witnesses: log.verdict === 'holds' },
    evidence: answer.evidence.map(({ sd_jwt }) => sd_jwt),
    trust: { ...system.trust, policy: system.policy },
    endpoints: system.endpoints,
    tls: { ca: join(keys, 'tls', 'ca.pem'), cert: join(keys, 'tls', 'cert.pem'), key: join(keys, 'tls', 'key.pem') },
    timings_ms,
  };
}
