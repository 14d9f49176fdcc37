import { type CompetenceKey, competenceKeys, isDay, isRoutedBy, periodText, statedDays } from './competence.js';
import { byId, resolve, twiceIn } from './known.js';
import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

export function checkEvidenceTypes(read: ReadSections, report: Report): void {
  for (const [index, vct] of twiceIn(read.evidence_types ?? [], (it) => it.vct))
    report('evidence_types', ['evidence_types', index, 'vct'], `two evidence types have the version "${vct}"`);
  for (const [index, { id, attributes, digest_count }] of (read.evidence_types ?? []).entries()) {
    for (const [i, attribute] of twiceIn(attributes, (it) => it.id)) {
      const path = ['evidence_types', index, 'attributes', i, 'id'];
      report('evidence_types', path, `"${id}" has attribute "${attribute}" twice`);
    }
    if (digest_count >= attributes.length) continue;
    const message = `"${id}" has more attributes than digests: absence would leave a trace`;
    report('evidence_types', ['evidence_types', index, 'digest_count'], message);
  }
}

export function checkRegisters(read: ReadSections, report: Report): void {
  const participants = byId(read, 'participants');
  const types = byId(read, 'evidence_types');
  const say = report.bind(undefined, 'registers');
  const competent = new CompetentOnes();
  for (const [index, register] of (read.registers ?? []).entries()) {
    const at = ['registers', index];
    const keys = competenceKeys(register);
    checkDays(keys, (j, message) => say([...at, 'competence', j], message));
    const owner = resolve(participants, register.participant, 'participant', say, [...at, 'participant']);
    if (owner && owner.kind !== 'register' && owner.kind !== 'identity-directory') {
      say([...at, 'participant'], `"${register.participant}" is not a register`);
    }
    for (const [i, id] of register.evidence_types.entries()) {
      const path = [...at, 'evidence_types', i];
      const type = resolve(types, id, 'evidence type', say, path);
      if (type && type.register_type !== register.type) {
        say(path, `"${id}" comes from registers of type "${type.register_type}", not "${register.type}"`);
      }
      const parameter = type?.competence_parameter ?? 'ars';
      for (const [j, it] of keys.entries()) {
        const place = [...at, 'competence', j];
        if (!isRoutedBy(parameter, it)) continue;
        competent.add(id, it, { register: register.id, place });
        if (parameter === 'none' && it.key !== '')
          say(place, `"${id}" is routed without a region: its register must be competent everywhere`);
      }
      if (type !== undefined && !keys.some((it) => isRoutedBy(parameter, it)))
        say(path, `"${id}" is found by another parameter than the keys of "${register.id}": ${parameter}`);
    }
  }
  for (const { place, message } of competent.overlaps()) say(place, message);
}

function checkDays(keys: readonly CompetenceKey[], say: (index: number, message: string) => void): void {
  for (const [index, it] of keys.entries()) {
    for (const day of statedDays(it)) if (!isDay(day)) say(index, `"${day}" is no day of the calendar`);
    if (it.until < it.from) say(index, `"${it.key}" ends before it begins`);
  }
}

type Claim = Readonly<{ register: string; place: Path }>;
type Claimed = CompetenceKey & Claim & Readonly<{ type: string }>;

/** Who is competent for which key, when: at any moment one, or the route would be a guess. */
class CompetentOnes {
  readonly #claims = new Map<string, Claimed[]>();

  add(type: string, key: CompetenceKey, claim: Claim): void {
    const name = `${type}/${key.parameter}/${key.key}`;
    const claims = this.#claims.get(name) ?? [];
    claims.push({ ...key, ...claim, type });
    this.#claims.set(name, claims);
  }

  *overlaps(): Iterable<Readonly<{ place: Path; message: string }>> {
    for (const claims of this.#claims.values()) {
      // Of those that begin on the same day, the later one in the file is the fault.
      const [first, ...later] =
        claims.length < 2 ? [] : claims.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
      let longest = first;
      for (const claim of later) {
        if (longest !== undefined && claim.from <= longest.until) yield overlap(longest, claim);
        if (longest === undefined || claim.until > longest.until) longest = claim;
      }
    }
  }
}

function overlap(one: Claimed, other: Claimed): Readonly<{ place: Path; message: string }> {
  const [, from = other.from] = [one.from, other.from].sort();
  const [until = other.until] = [one.until, other.until].sort();
  const period = periodText({ ...other, from, until });
  const when = period === '' ? '' : `, ${period}`;
  const message =
    one.register === other.register
      ? `"${other.register}" is competent for "${other.type}" in "${other.key}" twice${when}`
      : `"${other.register}" and "${one.register}" are both competent for "${other.type}" in "${other.key}"${when}`;
  return { place: other.place, message };
}
