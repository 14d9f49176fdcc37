import type { EvidenceType, RecipientMatrix } from '../catalogue.js';
import { receives } from '../field-limits.js';
import type { Law } from '../load-catalogue.js';
import { blocks, code, mark, table } from './markdown.js';

/** A matrix as the law draws it: recipients down, fields across. */
export function matrixPart(law: Law, matrix: RecipientMatrix): string {
  const type = law.evidence_types.find(({ id }) => id === matrix.evidence_type);
  const attributes = type?.attributes ?? [];
  const heads = shortTitles(attributes);
  return blocks(
    `### ${matrix.title.de} (${code(matrix.id)})`,
    `Evidence ${code(matrix.evidence_type)}, ${matrix.norm}. ● passes, · is withheld. Who is not in this table gets nothing.`,
    table(
      ['Recipient', ...heads],
      matrix.recipients.map((recipient) => [
        recipient.title.de,
        ...attributes.map(({ id }) => (receives(recipient, id) ? '●' : '·')),
      ]),
    ),
    table(
      ['Recipient', 'Norm', 'For the task of', 'Participants', ''],
      matrix.recipients.map(({ title, paragraph, task, participants, waived, verified }) => [
        title.de,
        `${matrix.norm} ${paragraph}`,
        task ?? '',
        participants.map(code).join(', ') || 'nobody takes part yet',
        [mark(verified), ...(waived === true ? ['has waived: gets nothing'] : [])].join(', '),
      ]),
    ),
  );
}

/** Titles without the words that all of them begin with: a matrix is wide. */
function shortTitles(attributes: EvidenceType['attributes']): readonly string[] {
  const words = attributes.map(({ title }) => title.de.split(' '));
  let same = 0;
  while (words.every((it) => it.length > same + 1 && it[same] === words[0]?.[same]) && words.length > 1) same += 1;
  return words.map((it) => it.slice(same).join(' '));
}
