import { byId, resolve, twiceIn } from './known.js';
import type { ReadSections, Report } from './sections.js';

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
  const competent = new Map<string, string>();
  for (const [index, register] of (read.registers ?? []).entries()) {
    const at = ['registers', index];
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
      for (const [j, prefix] of register.competence.entries()) {
        const other = competent.get(`${id}/${prefix}`);
        const message = `"${register.id}" and "${other}" are both competent for "${id}" in "${prefix}"`;
        if (other !== undefined) say([...at, 'competence', j], message);
        competent.set(`${id}/${prefix}`, register.id);
        if (type?.competence_parameter === 'none' && prefix !== '') {
          say(
            [...at, 'competence', j],
            `"${id}" is routed without a region: its register must be competent everywhere`,
          );
        }
      }
    }
  }
}
