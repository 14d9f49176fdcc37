import canonicalize from 'canonicalize';
import type { Asked, OwnDecision, PrefillAnswer, ReleasedEvidence, Trust } from './answer.js';
import { evidenceDigestOf, isSealed, releaseDigestOf } from './release-digest.js';
import { type EvidenceContent, verifyEvidenceToken } from './verify-evidence-token.js';
import { verifyReceipt } from './verify-receipt.js';

export type Verification = Readonly<{
  /** Each piece of evidence is signed by its register, undamaged, and the source of the fields that name it. */
  evidence: boolean;
  /** Each is for this consumer and purpose, bound to a permission and a request, and holds permitted fields only. */
  permission: boolean;
  /** Each rests on one decision that this consumer had attested, and no decision was used twice. */
  trigger: boolean;
  /** The log contains the entries, and what it recorded is what was released. */
  inclusion: boolean;
  /** What does not hold, without personal data. */
  faults: readonly string[];
}>;

/** Verifies an answer with public keys alone: no word of the node is believed. */
export async function verifyAnswer(answer: PrefillAnswer, asked: Asked, trust: Trust): Promise<Verification> {
  const faults: Record<'evidence' | 'permission' | 'trigger' | 'inclusion', string[]> = {
    evidence: [],
    permission: [],
    trigger: [],
    inclusion: [],
  };
  const used = new Set<unknown>();
  const disclosed = new Map<string, readonly string[]>();
  for (const piece of answer.evidence) {
    const name = `${piece.evidence_type} of ${piece.subject_role}`;
    const say = (part: keyof typeof faults) => (text: string) => faults[part].push(`${name}: ${text}`);
    // As long as its consumer has not opened it, it says nothing; that it was released is on record.
    if (isSealed([piece]) && piece.sd_jwt === '') {
      recordFaults(piece, asked.consumer, undefined, trust.log).forEach(say('inclusion'));
      continue;
    }
    const { content, faults: found } = await verifyEvidenceToken(piece.sd_jwt, trust.registers, {
      jti: piece.evidence_id,
      iss: `urn:einmal:register:${piece.register}`,
      evidence_type: piece.evidence_type,
      subject_role: piece.subject_role,
      assurance: piece.assurance,
    });
    found.forEach(say('evidence'));
    const decision = asked.decisions.find(({ trigger_id }) => trigger_id === content?.claims.trigger);
    if (content !== undefined) {
      if (Date.parse(String(content.claims.as_of)) !== Date.parse(piece.as_of))
        say('evidence')('the moment it speaks of is not the one that was told');
      if (canonicalize(content.claims.withheld) !== canonicalize(piece.withheld))
        say('evidence')('what it withholds is not what was told');
      disclosed.set(piece.evidence_id, Object.keys(content.attributes));
      permissionFaults(content, decision, asked.consumer).forEach(say('permission'));
    }
    triggerFaults(piece, decision, used).forEach(say('trigger'));
    recordFaults(piece, asked.consumer, content?.claims.trigger, trust.log).forEach(say('inclusion'));
  }
  faults.evidence.push(...fieldFaults(answer, disclosed));
  faults.inclusion.push(...summaryFaults(answer, asked.consumer, trust.log));
  return {
    evidence: faults.evidence.length === 0,
    permission: faults.permission.length === 0,
    trigger: faults.trigger.length === 0,
    inclusion: faults.inclusion.length === 0,
    faults: Object.entries(faults).flatMap(([part, texts]) => texts.map((text) => `${part}: ${text}`)),
  };
}

function permissionFaults(
  { claims, attributes }: EvidenceContent,
  decision: OwnDecision | undefined,
  consumer: string,
): readonly string[] {
  const faults: string[] = [];
  if (claims.aud !== consumer) faults.push('it is for another consumer');
  if (!isText(claims.permission, 16)) faults.push('it names no permission');
  if (!isText(claims.request_digest, 43)) faults.push('it is bound to no request');
  if (decision === undefined) return [...faults, 'nothing was permitted without a decision'];
  for (const name of ['purpose', 'purpose_hash', 'legal_basis'] as const)
    if (claims[name] !== decision[name]) faults.push(`its ${name} is another one`);
  const surplus = Object.keys(attributes).filter((name) => !decision.fields.includes(name));
  if (surplus.length > 0) faults.push(`it holds more than was asked for: ${surplus.join(', ')}`);
  return faults;
}

function triggerFaults(
  piece: ReleasedEvidence,
  decision: OwnDecision | undefined,
  used: Set<unknown>,
): readonly string[] {
  if (decision === undefined) return ['it rests on no decision of ours'];
  const faults: string[] = [];
  if (used.has(decision.trigger_id)) faults.push('its decision was used twice');
  used.add(decision.trigger_id);
  if (decision.evidence_type !== piece.evidence_type || decision.subject_role !== piece.subject_role)
    faults.push('its decision was about something else');
  return faults;
}

function recordFaults(
  { receipt, evidence_type, subject_role, register, ...piece }: ReleasedEvidence,
  consumer: string,
  trigger: unknown,
  vkey: string,
): readonly string[] {
  const expected = {
    event: 'retrieval.closed',
    consumer,
    register,
    evidence_type,
    subject_role,
    ...(trigger === undefined ? {} : { trigger_id: trigger }),
    release_digest: evidenceDigestOf(piece),
  };
  return [...verifyReceipt(receipt, vkey), ...differences(receipt.opening.caller, expected)];
}

function summaryFaults(answer: PrefillAnswer, consumer: string, vkey: string): readonly string[] {
  const { receipt, fields, evidence } = answer;
  // What releases nothing has nothing to digest.
  const release_digest = fields.length + evidence.length === 0 ? undefined : releaseDigestOf(answer);
  const expected = { event: 'exchange.closed', consumer, release_digest };
  return [...verifyReceipt(receipt, vkey), ...differences(receipt.opening.caller, expected)];
}

function differences(
  caller: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(expected)
    .filter(([name, value]) => caller[name] !== value)
    .map(([name]) => `the log recorded another ${name}`);
}

function fieldFaults(answer: PrefillAnswer, disclosed: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const faults: string[] = [];
  for (const { fim_id, subject_role, source, alternatives } of answer.fields) {
    for (const { evidence_id, attribute, register } of [source, ...alternatives.map((it) => it.source)]) {
      const piece = answer.evidence.find((it) => it.evidence_id === evidence_id);
      if (piece?.register !== register || disclosed.get(evidence_id)?.includes(attribute) !== true)
        faults.push(`field ${fim_id} of ${subject_role} does not stand in the evidence it names`);
    }
  }
  return faults;
}

function isText(value: unknown, length: number): boolean {
  return typeof value === 'string' && value.length >= length;
}
