import type { Steps } from '../platform/slices.js';
import type { EvidenceType, Rule } from './catalogue.js';
import { ASKING, byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';

const ANY = 'any';

export function* checkRules(read: ReadSections, report: Report): Steps<void> {
  const say = report.bind(undefined, 'rules');
  const known = {
    consumer: byId(read, 'participants'),
    evidence_type: byId(read, 'evidence_types'),
    purpose: byId(read, 'purposes'),
    legal_basis: byId(read, 'legal_bases'),
  };
  const registers = byId(read, 'registers');
  const types = read.evidence_types;
  const registerTypes = types && new Map(types.map((it) => [it.register_type, it]));
  for (const [index, rule] of (read.rules ?? []).entries()) {
    yield;
    const at = ['rules', index];
    for (const part of ['consumer', 'evidence_type', 'purpose', 'legal_basis'] as const) {
      if (rule[part] !== ANY) resolve<unknown>(known[part], rule[part], part.replace('_', ' '), say, [...at, part]);
    }
    const consumer = known.consumer?.get(rule.consumer);
    if (consumer && !ASKING.includes(consumer.kind)) {
      say([...at, 'consumer'], `"${rule.consumer}" asks for nothing`);
    }
    if (rule.provider.startsWith('type:')) {
      resolve<unknown>(registerTypes, rule.provider.slice(5), 'register type', say, [...at, 'provider']);
    } else if (rule.provider !== ANY) {
      resolve<unknown>(registers, rule.provider, 'register', say, [...at, 'provider']);
    }
    if (types) checkFields(rule, types, (i, message) => say([...at, 'fields', i], message));
    const about = types?.find(({ id }) => id === rule.evidence_type);
    if (rule.limits?.persons && about?.subject === 'legal')
      say([...at, 'limits', 'persons'], `"${about.id}" is about companies, which are no persons: limit the requests`);
  }
}

function checkFields(rule: Rule, types: readonly EvidenceType[], say: (index: number, message: string) => void): void {
  const meant = types.filter(({ id }) => rule.evidence_type === ANY || rule.evidence_type === id);
  if (meant.length === 0) return;
  const attributes = new Set(meant.flatMap((it) => it.attributes.map(({ id }) => id)));
  for (const [index, field] of rule.fields.entries()) {
    if (attributes.has(field)) continue;
    say(
      index,
      `rule "${rule.id}" names "${field}", which ${rule.evidence_type === ANY ? 'no evidence type' : `"${rule.evidence_type}"`} has`,
    );
  }
}
