import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { toListedEntry } from '../../client/listed-entries.js';
import { fromTimestamp, isoTime } from '../../platform/clock.js';
import type { CaseStep__Output as Step } from '../../platform/rpc-types/einmal/broker/v1/CaseStep.js';
import type { GetCaseResponse__Output as CaseFile } from '../../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import type { PdfLine } from '../shell/tagged-pdf.js';
import { BREACH_TEXTS } from './breach-texts.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { attributeTitles, evidenceTitle, normOf, purposeTitle, titleOf } from './titles.js';
import { amount, instant } from './widgets.js';
import { wordFor } from './words.js';

type Grounds = Readonly<{ current: CurrentCatalogue; language: Language; nowMs: number }>;

/** The report to the supervisory authority (GDPR Art. 33 Abs. 3): what the log knows, and what an officer stated. Names nobody. */
export async function* breachLines(
  file: CaseFile,
  steps: AsyncIterable<readonly Step[]>,
  grounds: Grounds,
): AsyncGenerator<PdfLine> {
  const { language } = grounds;
  const texts = BREACH_TEXTS[language];
  const { log_index, leaf } = file.case?.entry ?? {};
  yield ['H1', `${texts.title}: ${texts.case} ${log_index}`];
  yield ['P', `${texts.made}: ${instant(grounds.nowMs, language)}`];
  yield* termLines(file, grounds);
  yield ['H2', texts.nature];
  yield* natureLines(file, grounds);
  for (const part of ['contact', 'consequences', 'measures'] as const) {
    yield ['H2', texts[part]];
    yield ['P', file.report?.[part] || texts.missing];
  }
  yield ['H2', texts.steps];
  for await (const page of steps)
    for (const { time, state, note = '' } of page)
      yield ['P', `${instant(isoTime(time), language)}: ${wordFor(caseState(state), language)}. ${note}`];
  yield ['H2', texts.proof];
  yield ['P', `${texts.proofText} ${log_index}: ${Buffer.from(leaf ?? []).toString('hex')}`];
}

export function caseState(wire: string | number | undefined): string {
  return String(wire ?? '')
    .replace('CASE_STATE_', '')
    .toLowerCase();
}

/** The 72 hours, and whether they were kept (GDPR Art. 33 Abs. 1). */
function* termLines({ case: shown = {}, facts, report }: CaseFile, { language, nowMs }: Grounds): Generator<PdfLine> {
  const texts = BREACH_TEXTS[language];
  const [dueMs, reportedMs] = [shown?.due_time, facts?.report_time].map((it) => fromTimestamp(it ?? undefined));
  yield ['H2', texts.term];
  yield ['P', `${texts.known}: ${instant(isoTime(shown?.entry?.log_time), language)}`];
  if (dueMs !== undefined) yield ['P', `${texts.due}: ${instant(dueMs, language)}`];
  yield ['P', `${texts.state}: ${wordFor(caseState(shown?.state), language)}`];
  yield ['P', `${texts.reported}: ${reportedMs === undefined ? texts.notReported : instant(reportedMs, language)}`];
  if (dueMs !== undefined && (reportedMs ?? nowMs) > dueMs)
    yield ['P', `${texts.late}: ${report?.delay || texts.missing}`];
}

/** Art. 33 Abs. 3 lit. a: kind of breach, categories and approximate numbers. */
function* natureLines({ case: shown, facts, report }: CaseFile, { current, language }: Grounds): Generator<PdfLine> {
  const texts = BREACH_TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  const entry = toListedEntry(shown?.entry ?? {});
  const named = (id: string) => (id === '' ? '' : titleOf(current, id, language));
  const facets: readonly (readonly [string, string])[] = [
    [common.event, wordFor(entry.event, language)],
    [texts.cause, wordFor(shown?.cause ?? '', language)],
    [common.consumer, named(shown?.anomaly?.consumer || entry.consumer)],
    [common.register, named(entry.register)],
    [texts.evidence, evidenceTitle(current, entry.evidence_type, language)],
    [common.purpose, purposeTitle(current, entry.purpose, language)],
    [common.legalBasis, normOf(current, entry.legal_basis)],
    [texts.categories, attributeTitles(current, entry.evidence_type, facts?.attributes ?? [], language)],
    [texts.roles, (facts?.subject_roles ?? []).join(', ')],
    [texts.named, amount(facts?.subjects, language)],
    [texts.persons, report ? amount(report.persons, language) : texts.missing],
    [texts.records, report ? amount(report.records, language) : texts.missing],
  ];
  for (const [name, value] of facets) if (value !== '') yield ['P', `${name}: ${value}`];
}
