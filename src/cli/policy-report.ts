import Table from 'cli-table3';
import type { Catalogue } from '../catalogue/catalogue.js';
import { ASKING } from '../catalogue/known.js';
import type { Explanation } from '../permission/explain-transfer.js';
import type { PermittedTransfer } from '../permission/permission-matrix.js';
import { sentenceOf } from '../permission/policy-change.js';
import type { Flip, Replay } from '../permission/replay-checks.js';
import { isoTime } from '../platform/clock.js';
import { ENGLISH, inWords } from '../platform/explained.js';
import type { ListCatalogueVersionsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListCatalogueVersionsResponse.js';
import type { MutationScore } from '../scenario/mutants.js';

/** One line per row: no rules between them. */
const PLAIN = { style: { head: [], border: [], compact: true } };

const WHO = {
  catalogue: 'Two persons who keep the catalogue could',
  consumer: 'The consumer could',
  register: 'Two persons who keep the catalogue could, with the register,',
} as const;

export function explanationText(explained: Explanation): string {
  const { question, asked, decision, refused, matched, missing, changes } = explained;
  const { consumer, provider, evidence_type, purpose, legal_basis } = question;
  const passing = decision.kind === 'allowed' ? decision.fields : [];
  const lines = [
    `${consumer} asks ${provider} for ${evidence_type}, for ${purpose}, on ${legal_basis}: ${asked.join(', ')}`,
    decision.kind === 'refused'
      ? `Refused: ${decision.reason}`
      : refused.length === 0
        ? 'Permitted.'
        : `Permitted in part: ${passing.join(', ')}`,
    ...(decision.kind === 'refused' ? [] : [`  ${obligationsText(decision)}`]),
    matched.length === 0
      ? 'No rule matches.'
      : 'Rules that match, the narrowest first (a deny overrides at every rank):',
    ...matched.map(
      ({ rule, rank, part }) => `  ${rank}  ${rule.effect.padEnd(5)}  ${rule.id}: ${part}  [${rule.source}]`,
    ),
    ...missing.map((it) => inWords(ENGLISH, it)),
    ...changes.flatMap(({ who, edits }) => [
      refused.length === 0 ? 'Nothing would be permitted any more if somebody' : WHO[who],
      ...edits.map((edit) => `  - ${sentenceOf(edit)}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function obligationsText(decision: PermittedTransfer['decision']): string {
  const { attestedBy, minAssurance, digestRequired, obligations } = decision;
  const { rates, look_back_days, use_days } = obligations;
  return [
    `attested by ${attestedBy.length === 0 ? 'nobody: the rules contradict each other' : attestedBy.join(' or ')}`,
    `assurance ${minAssurance} at least`,
    ...(digestRequired ? ['bound to one request'] : []),
    ...rates.map(({ rule, of, max, per }) => `${max} ${of} per ${per} (${rule})`),
    ...(look_back_days === undefined ? [] : [`as of the last ${look_back_days} days`]),
    ...(use_days === undefined ? [] : [`to be used for ${use_days} days`]),
  ].join('; ');
}

const COLUMNS = [
  'consumer',
  'evidence_type',
  'register',
  'purpose',
  'legal_basis',
  'trigger',
  'fields',
  'min_assurance',
  'attested_by',
  'limits',
  'rules',
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string | readonly string[]>>;

export function matrixRows(permitted: readonly PermittedTransfer[]): readonly Row[] {
  return permitted.map(({ consumer, evidence_type, provider, purpose, legalBasis, decision }) => {
    const { rates, look_back_days, use_days } = decision.obligations;
    return {
      consumer,
      evidence_type,
      register: provider,
      purpose,
      legal_basis: legalBasis.id,
      trigger: legalBasis.trigger,
      fields: decision.fields,
      min_assurance: decision.minAssurance,
      attested_by: decision.attestedBy,
      limits: [
        ...rates.map(({ of, max, per }) => `${max} ${of}/${per}`),
        ...(look_back_days === undefined ? [] : [`look back ${look_back_days}d`]),
        ...(use_days === undefined ? [] : [`use ${use_days}d`]),
      ],
      rules: decision.ruleIds,
    };
  });
}

/** RFC 4180, lists with a blank between their entries. */
export function matrixCsv(permitted: readonly PermittedTransfer[]): string {
  const cell = (value: string | readonly string[]) => {
    const text = typeof value === 'string' ? value : value.join(' ');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = matrixRows(permitted).map((row) => COLUMNS.map((name) => cell(row[name])).join(','));
  return [COLUMNS.join(','), ...rows].map((line) => `${line}\r\n`).join('');
}

/** Consumer × evidence type: for each purpose the number of attributes that may pass. */
export function matrixText(
  { participants, evidence_types }: Catalogue,
  permitted: readonly PermittedTransfer[],
): string {
  const types = evidence_types.map(({ id }) => id);
  const table = new Table({ head: ['', ...types], ...PLAIN });
  for (const { id } of participants.filter(({ kind }) => ASKING.includes(kind))) {
    const cells = types.map((type) => {
      const here = permitted.filter((it) => it.consumer === id && it.evidence_type === type);
      return [...new Set(here.map((it) => `${it.purpose}: ${it.decision.fields.length}`))].join('\n') || '–';
    });
    table.push([id, ...cells]);
  }
  return `${table.toString()}\n`;
}

export function replayText(version: string, { replayed, notReplayed, flips }: Replay): string {
  const skipped =
    notReplayed === 0 ? '' : `; ${notReplayed} cannot be: they were not about rules, or named what was not listed`;
  const head = `${replayed} checks decided again by version ${version}${skipped}`;
  if (flips.length === 0) return `${head}\nNo decision flips.\n`;
  const table = new Table({
    head: ['Checks', 'Consumer', 'Register', 'Evidence', 'Purpose', 'Basis', 'Before', 'After'],
    ...PLAIN,
  });
  for (const { count, question, before, after } of flips) {
    const { consumer, provider, evidence_type, purpose, legal_basis } = question;
    table.push([
      count,
      consumer,
      provider,
      evidence_type,
      purpose,
      legal_basis,
      verdict(before, after),
      verdict(after, before),
    ]);
  }
  const checks = flips.reduce((sum, { count }) => sum + count, 0);
  return `${head}\n${checks} decisions flip:\n${table.toString()}\n`;
}

/** Attributes only where they tell the two apart. */
function verdict({ reason, fields, ruleIds }: Flip['before'], other: Flip['before']): string {
  const told = fields.filter((it) => !other.fields.includes(it));
  const what = reason ?? `permitted${told.length > 0 && other.reason === null ? ` (+ ${told.join(', ')})` : ''}`;
  return ruleIds.length === 0 ? what : `${what}\n${ruleIds.join('\n')}`;
}

type ScenarioReport = Readonly<{
  scenarios: number;
  failures: readonly Readonly<{ id: string; says: string; departs: readonly string[] }>[];
  mutants?: Readonly<Record<'coarse' | 'fine' | 'limits', MutationScore>>;
}>;

export function scenariosText({ scenarios, failures, mutants }: ScenarioReport): string {
  const lines = [
    ...failures.flatMap(({ id, says, departs }) => [`✖ ${id}: ${says}`, ...departs.map((it) => `    ${it}`)]),
    `${scenarios - failures.length} of ${scenarios} scenarios come out as expected.`,
    ...(mutants === undefined
      ? []
      : [
          `Rules removed or inverted: ${scoreText(mutants.coarse)}`,
          `Rules changed in one attribute, attester or level: ${scoreText(mutants.fine)}`,
          `Limits of purpose, legal basis and recipient lifted: ${scoreText(mutants.limits)}`,
          ...Object.values(mutants).flatMap(({ survivors }) =>
            survivors.map(({ rule, change }) => `✖ no scenario notices that "${rule}" is ${change}`),
          ),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

function scoreText({ killed, total }: MutationScore): string {
  return `${killed} of ${total} noticed (${total === 0 ? 100 : Math.floor((100 * killed) / total)} %)`;
}

/** Nothing where there is none. */
export function loosenedText(
  loosened: readonly Readonly<{ rule?: string; remaining?: string; demands?: readonly string[] }>[],
): string {
  return loosened
    .map(({ rule, remaining, demands = [] }) => {
      const members = demands.join(', ');
      return `! "${rule}" no longer holds "${remaining}" to its ${members}: what was refused may be permitted\n`;
    })
    .join('');
}

/** What was in force, and what is proposed, newest first. */
export function versionsText({ activations = [], proposals = [] }: ListCatalogueVersionsResponse__Output): string {
  const inForce = new Table({ head: ['No.', 'Version', 'In force since', 'Proposal'], ...PLAIN });
  for (const { number = '', version = '', activate_time, proposal = '' } of activations)
    inForce.push([number, version, isoTime(activate_time), proposal === '' ? 'read from files' : proposal]);
  const proposed = new Table({ head: ['Version', 'State', 'Files', 'Proposed', 'For', 'Decided'], ...PLAIN });
  for (const it of proposals)
    proposed.push([
      it.version ?? '',
      (it.state ?? '').replace('CATALOGUE_PROPOSAL_STATE_', '').toLowerCase(),
      it.changed_files?.join(' ') || 'goes back',
      `${it.proposed_by} ${isoTime(it.propose_time)}`,
      it.activate_time ? isoTime(it.activate_time) : 'at once',
      it.decided_by ? `${it.decided_by} ${isoTime(it.decide_time)}: ${it.reason}` : '',
    ]);
  return `${inForce.toString()}\n${proposals.length === 0 ? '' : `\n${proposed.toString()}\n`}`;
}
