import type { EvidenceType, Register } from '../catalogue.js';
import { type CompetenceKey, competenceKeys, periodText } from '../competence.js';
import type { Law } from '../load-catalogue.js';
import { blocks, code, mark, table } from './markdown.js';

/** Where evidence comes from, and what it can say. */
export function registerPart({ registers, participants, evidence_types, areas, settings }: Law): string {
  const areaOf = (participant: string) => participants.find(({ id }) => id === participant)?.area ?? '';
  return blocks(
    '## Registers',
    table(
      ['Register', 'Type', 'Area', 'Identification number', 'Competent for', 'Evidence', '', 'Source', ''],
      registers.map((it) => [
        code(it.id),
        code(it.type),
        code(areaOf(it.participant)),
        numberNorm(it),
        competenceKeys(it).map(keyText).join(', '),
        it.evidence_types.map(code).join(', '),
        it.connected === false ? 'not connected: bring it yourself' : 'connected',
        it.source,
        mark(it.verified),
      ]),
    ),
    '## Evidence types',
    ...evidence_types.map(evidencePart),
    '## Areas and participants',
    `The check is due across areas${settings.check_inside_areas ? ', and inside them, too' : ''} (IDNrG § 7 Abs. 2, § 12 Abs. 4).`,
    table(
      ['Area', 'Part of', 'Participants', 'Source', ''],
      areas.map(({ id, title, part_of, source, verified }) => [
        `${title.de} (${code(id)})`,
        part_of === undefined ? '' : code(part_of),
        participants
          .filter(({ area }) => area === id)
          .map((it) => `${code(it.id)} (${it.kind})`)
          .join(', '),
        source,
        mark(verified),
      ]),
    ),
  );
}

/** Only a register that some norm names may get the number (EGovG § 5 Abs. 4). */
function numberNorm({ idnrg_annex, idnr_norm }: Register): string {
  if (idnrg_annex !== undefined) return `IDNrG annex no. ${idnrg_annex}`;
  return idnr_norm ?? 'must not get it';
}

const FOUND_BY = { none: '', ars: ', found by region key', register_number: ', found by register number' } as const;

function keyText(it: CompetenceKey): string {
  const key = it.key === '' ? 'the whole country' : `${it.parameter === 'ars' ? '' : 'no. '}${code(it.key)}`;
  const period = periodText(it);
  return period === '' ? key : `${key} (${period})`;
}

function evidencePart(type: EvidenceType): string {
  const { id, title, register_type, competence_parameter, attributes, unalterable, source, verified } = type;
  const region = FOUND_BY[competence_parameter];
  const fixed = unalterable === undefined ? '' : ` Passes unaltered (${unalterable}): a correction stands beside it.`;
  return blocks(
    `### ${title.de} (${code(id)})`,
    `From registers of type ${code(register_type)}${region}.${fixed} Source: ${source}: ${mark(verified)}.`,
    table(
      ['Attribute', '', 'Type', 'Norm', 'FIM', 'XÖV'],
      attributes.map((it) => [it.title.de, code(it.id), it.type, it.norm ?? '', it.fim ?? '', it.xoev ?? '']),
    ),
  );
}
