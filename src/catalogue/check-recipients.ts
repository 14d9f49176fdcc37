import { byId, resolve, twiceIn } from './known.js';
import type { ReadSections, Report } from './sections.js';

export function checkRecipients(read: ReadSections, report: Report): void {
  const types = byId(read, 'evidence_types');
  const participants = byId(read, 'participants');
  const say = report.bind(undefined, 'recipient_matrices');
  const matrices = read.recipient_matrices ?? [];
  for (const [index, type] of twiceIn(matrices, ({ evidence_type }) => evidence_type))
    say(['recipient_matrices', index, 'evidence_type'], `"${type}" has two matrices`);
  for (const [index, { id, evidence_type, recipients }] of matrices.entries()) {
    const at = ['recipient_matrices', index];
    const type = resolve(types, evidence_type, 'evidence type', say, [...at, 'evidence_type']);
    for (const [i, name] of twiceIn(recipients, (it) => it.id))
      say([...at, 'recipients', i, 'id'], `"${id}" has recipient "${name}" twice`);
    const rows = new Map<string, string>();
    for (const [i, recipient] of recipients.entries()) {
      const path = [...at, 'recipients', i];
      for (const list of ['all_but', 'only'] as const) {
        for (const [j, field] of (recipient[list] ?? []).entries()) {
          if (type && !type.attributes.some((it) => it.id === field))
            say([...path, list, j], `"${evidence_type}" has no attribute "${field}"`);
        }
      }
      for (const [j, name] of recipient.participants.entries()) {
        const place = [...path, 'participants', j];
        resolve(participants, name, 'participant', say, place);
        const other = rows.get(name);
        if (other !== undefined) say(place, `"${name}" is recipient "${other}" and "${recipient.id}" of "${id}"`);
        rows.set(name, recipient.id);
      }
    }
  }
}
