import { textHash } from '../../tokens/digest.js';
import type { Need, OnlineService, Rule, Text } from '../catalogue.js';
import type { Law } from '../load-catalogue.js';
import { blocks, code, mark, table } from './markdown.js';

const ANY = 'any';

/** What a service asks, of whom, on which norm, and what the person reads. */
export function servicePart(law: Law, service: OnlineService): string {
  const consumer = law.participants.find(({ id }) => id === service.consumer);
  return blocks(
    `### ${service.title.de} (${code(service.id)})`,
    table(
      ['', ''],
      [
        ['LeiKa key', service.leika === undefined ? 'none' : code(service.leika)],
        ['Offered by', `${consumer?.title.de ?? service.consumer} (${code(service.consumer)})`],
        ['Purpose', code(service.purpose)],
        ['Level of assurance', service.min_assurance],
        ['Persons', service.subjects.map(personOf).join('; ')],
        ['Source', `${service.source}: ${mark(service.verified)}`],
      ],
    ),
    '**What is asked, from whom, on which norm, with which decision**',
    table(
      ['Evidence', 'About', 'From', 'Norm', 'Decision', 'Preview', 'Fields', 'Rule'],
      service.needs.map((need) => needRow(law, service, need)),
    ),
    '**What the person reads** (the decision binds the hash of the text that was shown)',
    table(
      ['Decision about', 'Language', 'Text', 'SHA-256 of the text', 'Instead'],
      service.needs.flatMap((need) => textRows(law, need)),
    ),
    '**What becomes of it in the form**',
    table(
      ['Field', 'About', 'FIM id', 'From'],
      service.mapping.map(({ label, subject_role, fim_id, from }) => [
        label.de,
        roleTitle(service, subject_role),
        code(fim_id),
        code([from.evidence_type, from.attribute, from.path].filter((it) => it !== undefined).join('.')),
      ]),
    ),
  );
}

function personOf(subject: OnlineService['subjects'][number]): string {
  const { role, title, represented_by, may_be_represented_by, kind, optional } = subject;
  const by = `by virtue of ${(subject.representation ?? ['custody']).join(', ')}`;
  const notes = [
    ...(represented_by === undefined ? [] : [`decided for by ${code(represented_by)}, ${by}`]),
    ...(may_be_represented_by === undefined ? [] : [`may be decided for by ${code(may_be_represented_by)}, ${by}`]),
    ...(kind === 'legal' ? ['legal person'] : []),
    ...(optional === true ? ['optional'] : []),
  ];
  return `${title.de} (${[code(role), ...notes].join(', ')})`;
}

function roleTitle({ subjects }: OnlineService, role: string): string {
  return subjects.find((it) => it.role === role)?.title.de ?? role;
}

function needRow(law: Law, service: OnlineService, need: Need): readonly string[] {
  const type = law.evidence_types.find(({ id }) => id === need.evidence_type);
  const basis = law.legal_bases.find(({ id }) => id === need.legal_basis);
  const isConnected = law.registers.some(
    (it) => it.connected !== false && it.evidence_types.includes(need.evidence_type),
  );
  const titles = need.fields.map((field) => type?.attributes.find(({ id }) => id === field)?.title.de ?? field);
  const rules = law.rules.filter((rule) => rule.effect === 'allow' && isAbout(rule, service, need));
  return [
    `${type?.title.de ?? ''} (${code(need.evidence_type)})`,
    roleTitle(service, need.subject_role),
    `${code(type?.register_type ?? '')}${isConnected ? '' : ', not connected'}`,
    basis === undefined ? need.legal_basis : `${basis.norm} ${basis.paragraph} (${mark(basis.verified)})`,
    [basis?.trigger ?? '', ...(need.assured === undefined ? [] : [`with assurance, ${need.assured}`])].join(', '),
    basis?.preview === true ? 'yes' : 'no',
    titles.join(', '),
    rules.map(({ id, verified }) => `${code(id)} (${mark(verified)})`).join(', ') || 'none: nothing passes',
  ];
}

function isAbout(rule: Rule, { consumer, purpose }: OnlineService, { evidence_type, legal_basis }: Need): boolean {
  return (
    [ANY, consumer].includes(rule.consumer) &&
    [ANY, evidence_type].includes(rule.evidence_type) &&
    [ANY, purpose].includes(rule.purpose) &&
    [ANY, legal_basis].includes(rule.legal_basis)
  );
}

const LANGUAGES = [
  ['de', 'German'],
  ['de-simple', 'plain German'],
  ['en', 'English'],
] as const satisfies readonly (readonly [keyof Text, string])[];

function textRows(law: Law, need: Need): readonly (readonly string[])[] {
  const type = law.evidence_types.find(({ id }) => id === need.evidence_type);
  return LANGUAGES.map(([language, name]) => {
    const text = need.decision_text[language];
    return [
      language === 'de' ? `${type?.title.de ?? need.evidence_type}, ${code(need.subject_role)}` : '',
      name,
      text ?? '',
      text === undefined ? '' : code(textHash(text)),
      need.manual[language] ?? '',
    ];
  });
}
