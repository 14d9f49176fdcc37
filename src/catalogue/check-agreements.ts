import type { Steps } from '../platform/slices.js';
import { AGREEMENT_TYP, agreementBytes, REVOCATION_TYP, revocationBytes, SIDES, signerOf } from './agreement.js';
import { isSigned } from './agreement-signature.js';
import type { AgreedTransfer, Agreement, Rule } from './catalogue.js';
import { ASKING, byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

const ANY = 'any';

/**
 * Agreements that do not hold, and rules that go beyond one. `nowMs`: for a catalogue that is to come into force: then one that
 * has ended is a fault as well; in a catalogue that is in force it only permits nothing any more.
 */
export function* checkAgreements(read: ReadSections, report: Report, nowMs?: number): Steps<void> {
  const say = report.bind(undefined, 'agreements');
  for (const [index, agreement] of (read.agreements ?? []).entries()) {
    yield;
    const at = ['agreements', index];
    checkParties(read, agreement, (path, message) => say([...at, ...path], message));
    checkPeriod(agreement, nowMs, (path, message) => say([...at, ...path], message));
    checkTransfers(read, agreement, (path, message) => say([...at, ...path], message));
    if (read.keys !== undefined) checkSignatures(read, agreement, (path, message) => say([...at, ...path], message));
  }
  checkOverlaps(read.agreements ?? [], say);
  yield* checkRulesWithin(read, report);
}

type Say = (path: Path, message: string) => void;

function checkParties(read: ReadSections, { consumer, register, node }: Agreement, say: Say): void {
  const participants = byId(read, 'participants');
  const asking = resolve(participants, consumer, 'participant', say, ['consumer']);
  if (asking && !ASKING.includes(asking.kind)) say(['consumer'], `"${consumer}" asks for nothing`);
  resolve(byId(read, 'registers'), register, 'register', say, ['register']);
  const commissioned = resolve(participants, node, 'participant', say, ['node']);
  if (commissioned && commissioned.kind !== 'node') say(['node'], `"${node}" is not a node`);
}

function checkPeriod({ id, valid_from, valid_until, revoked }: Agreement, nowMs: number | undefined, say: Say): void {
  const until = Date.parse(valid_until);
  if (until <= Date.parse(valid_from)) say(['valid_until'], `agreement "${id}" ends before it begins`);
  else if (nowMs !== undefined && until <= nowMs && revoked === undefined)
    say(['valid_until'], `agreement "${id}" has ended`);
}

function checkTransfers(read: ReadSections, { transfers }: Agreement, say: Say): void {
  const types = byId(read, 'evidence_types');
  for (const [index, { evidence_type, purpose, legal_basis, fields }] of transfers.entries()) {
    const at = ['transfers', index];
    const type = resolve(types, evidence_type, 'evidence type', say, [...at, 'evidence_type']);
    resolve(byId(read, 'purposes'), purpose, 'purpose', say, [...at, 'purpose']);
    resolve(byId(read, 'legal_bases'), legal_basis, 'legal basis', say, [...at, 'legal_basis']);
    const known = new Set(type?.attributes.map(({ id }) => id));
    for (const [i, field] of type === undefined ? [] : fields.entries())
      if (!known.has(field)) say([...at, 'fields', i], `"${evidence_type}" has no attribute "${field}"`);
  }
}

function checkSignatures(read: ReadSections, agreement: Agreement, say: Say): void {
  const { id, signatures, revoked } = agreement;
  const keysOf = (participant: string | undefined) =>
    read.keys?.find((it) => it.participant === participant)?.keys.filter(({ use }) => use === 'agreement') ?? [];
  const signerFor = (side: (typeof SIDES)[number]) => signerOf(agreement, side, read.registers);
  for (const side of SIDES) {
    const signer = signerFor(side);
    const jws = signatures[side];
    if (jws === undefined) say(['signatures'], `agreement "${id}" is not signed by its ${side}, "${signer}"`);
    else if (!isSigned(agreementBytes(agreement), jws, AGREEMENT_TYP, keysOf(signer)))
      say(['signatures', side], `agreement "${id}" has a wrong signature of "${signer}"`);
  }
  if (revoked === undefined) return;
  const signer = signerFor(revoked.by);
  if (!isSigned(revocationBytes(agreement, revoked.at), revoked.signature, REVOCATION_TYP, keysOf(signer)))
    say(['revoked', 'signature'], `the revocation of agreement "${id}" has a wrong signature of "${signer}"`);
}

/** What was agreed on must be one thing at any moment. */
function checkOverlaps(agreements: readonly Agreement[], say: Say): void {
  const seen = new Map<string, Agreement[]>();
  for (const [index, agreement] of agreements.entries()) {
    if (agreement.revoked !== undefined) continue;
    const { consumer, register, valid_from, valid_until } = agreement;
    const pair = `${consumer} ${register}`;
    const others = seen.get(pair) ?? [];
    const other = others.find((it) => it.valid_from < valid_until && valid_from < it.valid_until);
    if (other) say(['agreements', index, 'id'], `"${agreement.id}" is in force at the same time as "${other.id}"`);
    seen.set(pair, [...others, agreement]);
  }
}

/** A rule may have no agreement yet: then it permits nothing. It may not let through more than the one that it has. */
function* checkRulesWithin(read: ReadSections, report: Report): Steps<void> {
  const { rules = [], agreements = [], registers = [], evidence_types = [] } = read;
  const typeOf = new Map(registers.map(({ id, type }) => [id, `type:${type}`]));
  const attributesOf = new Map(evidence_types.map(({ id, attributes }) => [id, attributes.map((it) => it.id)]));
  const byConsumer = new Map<string, Agreement[]>();
  for (const it of agreements)
    if (it.revoked === undefined) byConsumer.set(it.consumer, [...(byConsumer.get(it.consumer) ?? []), it]);
  for (const [index, rule] of rules.entries()) {
    yield;
    if (rule.effect !== 'allow') continue;
    const concerned = rule.consumer === ANY ? [...byConsumer.values()].flat() : (byConsumer.get(rule.consumer) ?? []);
    for (const agreement of concerned) {
      if (![ANY, agreement.register, typeOf.get(agreement.register)].includes(rule.provider)) continue;
      for (const agreed of agreement.transfers.filter((it) => isMeant(rule, it)))
        for (const [i, field] of rule.fields.entries())
          if (isWider(rule, agreed, field, attributesOf.get(agreed.evidence_type)))
            report(
              'rules',
              ['rules', index, 'fields', i],
              `rule "${rule.id}" allows "${field}", which agreement "${agreement.id}" does not`,
            );
    }
  }
}

function isMeant(rule: Rule, agreed: AgreedTransfer): boolean {
  return (['evidence_type', 'purpose', 'legal_basis'] as const).every(
    (part) => rule[part] === ANY || rule[part] === agreed[part],
  );
}

/** Of a rule about any evidence, attributes that the agreed type does not have are no matter of this agreement. */
function isWider(rule: Rule, agreed: AgreedTransfer, field: string, attributes: readonly string[] = []): boolean {
  return !agreed.fields.includes(field) && (rule.evidence_type !== ANY || attributes.includes(field));
}
