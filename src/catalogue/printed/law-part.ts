import type { FieldLists } from '../catalogue.js';
import type { Law } from '../load-catalogue.js';
import { blocks, code, mark, table } from './markdown.js';

const NOBODY = 'the whole transfer';

/** Purposes, legal bases and rules: what permits a transfer, and what bounds it. */
export function lawPart({ purposes, legal_bases, rules, retention }: Law): string {
  return blocks(
    '## Purposes',
    'A purpose bounds every transfer that names it: what is not listed here passes under no rule. What counts as necessary is our reading.',
    table(
      ['Purpose', 'Version', 'For', 'Norm', 'DPV', 'At most', 'Records kept', 'Hash'],
      purposes.map(({ id, version, title, norm, dpv, necessary, retention: kept = 'standard', hash }) => [
        code(id),
        String(version),
        title.de,
        norm ?? '',
        code(dpv.slice(dpv.lastIndexOf('#') + 1)),
        listsOf(necessary),
        code(kept),
        code(hash),
      ]),
    ),
    '### How long records are kept',
    'Every record of an exchange, of decisions and of their withdrawal is kept as the purpose says; all others as `standard`.',
    table(
      ['Class', 'Months', 'Norm', 'Source', ''],
      retention.map(({ id, months, norm, source, verified }) => [
        code(id),
        String(months),
        norm ?? '',
        source,
        mark(verified),
      ]),
    ),
    '## Legal bases',
    'What the norm asks for before a transfer. A closed list is the norm’s own: no rule lets more through.',
    table(
      ['Id', 'Norm', 'Decision', 'Preview', 'Closed list', 'Told later by', 'Source', ''],
      legal_bases.map(
        ({ id, norm, paragraph, trigger, preview, closed_lists, delayed_notice = [], source, verified }) => [
          code(id),
          `${norm} ${paragraph}`,
          trigger,
          preview ? 'yes' : 'no',
          listsOf(closed_lists),
          delayed_notice.map((it) => `${it.norm} (${it.max_days} days at most)`).join('; '),
          source,
          mark(verified),
        ],
      ),
    ),
    '## Rules',
    'What no rule allows is refused (IDNrG § 7 Abs. 2). A deny overrides every allow; fields of matching allows unite; of limits the strictest counts.',
    table(
      ['Rule', '', 'Who', 'From', 'Evidence', 'For', 'On', 'Fields', 'Attested by', 'Level', 'Source', ''],
      rules.map((it) => [
        code(it.id),
        it.effect,
        code(it.consumer),
        code(it.provider),
        code(it.evidence_type),
        code(it.purpose),
        code(it.legal_basis),
        it.fields.map(code).join(', ') || NOBODY,
        it.attested_by.join(', '),
        it.effect === 'deny' ? '' : it.min_assurance,
        it.source,
        mark(it.verified),
      ]),
    ),
  );
}

function listsOf(lists: FieldLists | undefined): string {
  return Object.entries(lists ?? {})
    .map(([type, fields]) => `${code(type)}: ${fields.join(', ') || 'nothing'}`)
    .join('; ');
}
