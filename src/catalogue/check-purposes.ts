import type { Steps } from '../platform/slices.js';
import type { FieldLists } from './catalogue.js';
import { contentDigest } from './content-digest.js';
import { byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

const ANY = 'any';

export function* checkPurposes(read: ReadSections, report: Report): Steps<void> {
  const versions = new Map<string, number>();
  const classes = byId(read, 'retention');
  for (const [index, { hash, ...content }] of (read.purposes ?? []).entries()) {
    yield;
    const at = ['purposes', index];
    const { id, version, necessary } = content;
    const other = versions.get(id);
    const overlap = `"${id}" is in force in versions ${other} and ${version} at once: decisions could mean either`;
    if (other !== undefined && other !== version) report('purposes', [...at, 'version'], overlap);
    versions.set(id, version);
    const actual = contentDigest(content);
    if (actual !== hash)
      report(
        'purposes',
        [...at, 'hash'],
        `the content of "${id}" has the hash ${actual}, not the one stated: a changed purpose gets the next version`,
      );
    if (content.retention !== undefined)
      resolve(classes, content.retention, 'retention class', report.bind(undefined, 'purposes'), [...at, 'retention']);
    checkLists(read, necessary, [...at, 'necessary'], report.bind(undefined, 'purposes'));
  }
}

export function checkLegalBases(read: ReadSections, report: Report): void {
  for (const [index, { closed_lists }] of (read.legal_bases ?? []).entries())
    checkLists(read, closed_lists, ['legal_bases', index, 'closed_lists'], report.bind(undefined, 'legal_bases'));
}

function checkLists(
  read: ReadSections,
  lists: FieldLists | undefined,
  at: Path,
  say: (path: Path, message: string) => void,
): void {
  const types = byId(read, 'evidence_types');
  for (const [id, fields] of Object.entries(lists ?? {})) {
    const type = resolve(types, id, 'evidence type', say, [...at, id]);
    for (const [i, field] of fields.entries()) {
      if (type && !type.attributes.some((it) => it.id === field))
        say([...at, id, i], `"${id}" has no attribute "${field}"`);
    }
  }
}

/** Neither a rule nor a form may name what its purpose does not need, or what its legal basis closes out: a dead letter misleads. */
export function* checkNecessity(read: ReadSections, report: Report): Steps<void> {
  const purposes = byId(read, 'purposes');
  const bases = byId(read, 'legal_bases');
  type Reach = Readonly<{ purpose: string; legal_basis: string; evidence_type: string; fields: readonly string[] }>;
  const check = ({ purpose, legal_basis, evidence_type, fields }: Reach, say: (i: number, message: string) => void) => {
    const necessary = purposes?.get(purpose)?.necessary;
    const closed = bases?.get(legal_basis)?.closed_lists?.[evidence_type];
    for (const [i, field] of fields.entries()) {
      if (necessary !== undefined && !(necessary[evidence_type] ?? []).includes(field))
        say(i, `purpose "${purpose}" does not need "${evidence_type}.${field}"`);
      if (closed !== undefined && !closed.includes(field))
        say(i, `legal basis "${legal_basis}" closes "${evidence_type}.${field}" out`);
    }
  };
  for (const [index, rule] of (read.rules ?? []).entries()) {
    yield;
    if (rule.effect === 'allow' && rule.evidence_type !== ANY)
      check(rule, (i, message) => report('rules', ['rules', index, 'fields', i], message));
  }
  for (const [index, service] of (read.services ?? []).entries()) {
    for (const [i, need] of service.needs.entries()) {
      const at = ['services', index, 'needs', i, 'fields'];
      check({ ...need, purpose: service.purpose }, (j, message) => report('services', [...at, j], message));
    }
  }
}
