import type { Steps } from '../platform/slices.js';
import type { EvidenceType, FieldMapping, Need, OnlineService } from './catalogue.js';
import { byId, OFFERING, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

type Say = (path: Path, message: string) => void;
type Types = ReadonlyMap<string, EvidenceType> | undefined;

const DATE_PARTS: readonly string[] = ['day', 'month', 'year'];

export function* checkServices(read: ReadSections, report: Report): Steps<void> {
  const say = report.bind(undefined, 'services');
  const participants = byId(read, 'participants');
  const types = byId(read, 'evidence_types');
  for (const [index, service] of (read.services ?? []).entries()) {
    yield;
    const at = ['services', index];
    const consumer = resolve(participants, service.consumer, 'participant', say, [...at, 'consumer']);
    if (consumer && !OFFERING.includes(consumer.kind)) {
      say([...at, 'consumer'], `"${service.consumer}" is neither an online service nor pages`);
    }
    resolve(byId(read, 'purposes'), service.purpose, 'purpose', say, [...at, 'purpose']);
    checkSubjects(service, at, say);
    const seen = new Set<string>();
    for (const [i, need] of service.needs.entries()) {
      const path = [...at, 'needs', i];
      resolve(byId(read, 'legal_bases'), need.legal_basis, 'legal basis', say, [...path, 'legal_basis']);
      checkNeed(service, need, path, types, say);
      const key = `${need.evidence_type}/${need.subject_role}`;
      if (seen.has(key)) say(path, `"${service.id}" needs "${need.evidence_type}" of "${need.subject_role}" twice`);
      seen.add(key);
    }
    for (const [i, mapping] of service.mapping.entries()) {
      checkMapping(service, mapping, [...at, 'mapping', i], types, say);
    }
  }
}

export function checkBundles(read: ReadSections, report: Report): void {
  const services = byId(read, 'services');
  const say = report.bind(undefined, 'bundles');
  for (const [index, bundle] of (read.bundles ?? []).entries()) {
    for (const [i, id] of bundle.services.entries())
      resolve(services, id, 'service', say, ['bundles', index, 'services', i]);
  }
}

function hasRole(service: OnlineService, role: string): boolean {
  return service.subjects.some((it) => it.role === role);
}

function checkSubjects(service: OnlineService, at: Path, say: Say): void {
  const seen = new Set<string>();
  for (const [i, subject] of service.subjects.entries()) {
    const { role, represented_by: must, may_be_represented_by: may, representation, kind } = subject;
    const path = [...at, 'subjects', i];
    if (seen.has(role)) say([...path, 'role'], `"${service.id}" has role "${role}" twice`);
    seen.add(role);
    for (const [name, other] of [['represented_by', must] as const, ['may_be_represented_by', may] as const])
      if (other !== undefined && (other === role || !hasRole(service, other)))
        say([...path, name], `"${service.id}" has no other role "${other}"`);
    if (must !== undefined && may !== undefined)
      say([...path, 'may_be_represented_by'], `for "${role}" either "${must}" decides or "${may}" may`);
    if (representation !== undefined && must === undefined && may === undefined)
      say([...path, 'representation'], `nobody decides for "${role}"`);
    if (kind === 'legal' && (must === undefined || representation?.join() !== 'organ'))
      say(path, `"${role}" is a legal person: a role decides for it, as its organ`);
    if (kind !== 'legal' && representation?.includes('organ'))
      say([...path, 'representation'], `"${role}" is a natural person and has no organ`);
    if (service.subjects.some((it) => it.kind === 'legal' && it.role === (must ?? may)))
      say(path, `"${must ?? may}" is a legal person and decides for nobody`);
  }
}

function checkNeed(service: OnlineService, need: Need, at: Path, types: Types, say: Say): void {
  if (!hasRole(service, need.subject_role)) {
    say([...at, 'subject_role'], `"${service.id}" has no role "${need.subject_role}"`);
  }
  const type = resolve(types, need.evidence_type, 'evidence type', say, [...at, 'evidence_type']);
  if (!type) return;
  const role = service.subjects.find((it) => it.role === need.subject_role);
  if (role && (role.kind ?? 'natural') !== (type.subject ?? 'natural'))
    say([...at, 'evidence_type'], `"${need.evidence_type}" is not about the kind of person in the role "${role.role}"`);
  for (const [i, field] of need.fields.entries()) {
    if (!type.attributes.some(({ id }) => id === field)) {
      say([...at, 'fields', i], `"${need.evidence_type}" has no attribute "${field}"`);
    }
  }
}

function checkMapping(
  service: OnlineService,
  { subject_role, from }: FieldMapping,
  at: Path,
  types: Types,
  say: Say,
): void {
  for (const role of [subject_role, from.subject_role ?? subject_role]) {
    if (!hasRole(service, role)) say([...at, 'subject_role'], `"${service.id}" has no role "${role}"`);
  }
  const needed = (evidence_type: string, role: string, attribute: string) =>
    service.needs.some(
      (it) => it.evidence_type === evidence_type && it.subject_role === role && it.fields.includes(attribute),
    );
  const role = from.subject_role ?? subject_role;
  if (!needed(from.evidence_type, role, from.attribute)) {
    say([...at, 'from'], `"${service.id}" does not need "${from.evidence_type}.${from.attribute}" of "${role}"`);
  }
  const type = types?.get(from.evidence_type)?.attributes.find(({ id }) => id === from.attribute)?.type;
  if (
    type === 'partial-date'
      ? from.path !== undefined && !DATE_PARTS.includes(from.path)
      : type !== 'object' && type !== undefined && from.path !== undefined
  ) {
    say([...at, 'from', 'path'], `"${from.attribute}" has no part "${from.path}"`);
  }
  if (type === 'object' && from.path === undefined) say([...at, 'from'], `"${from.attribute}" needs a path`);
  const { match, each } = from;
  for (const [part, isUsed] of [['match', match !== undefined] as const, ['each', each === true] as const]) {
    if (isUsed && type !== 'object' && type !== undefined)
      say([...at, 'from', part], `"${from.attribute}" is not a list of objects`);
  }
  if (match === undefined) return;
  if (!needed(match.evidence_type, subject_role, match.attribute)) {
    say(
      [...at, 'from', 'match'],
      `"${service.id}" does not need "${match.evidence_type}.${match.attribute}" of "${subject_role}"`,
    );
  }
}
