import { readableTime } from '../language.js';
import { type PdfLine, taggedPdf } from '../shell/tagged-pdf.js';
import { entrySentence, lineSentence } from './sentences.js';
import type { Titles } from './titles.js';
import { TRACKER_TEXTS } from './tracker-texts.js';
import type { Ending, WholeOverview } from './whole-list.js';

export function pdfOf(overview: WholeOverview, titles: Titles, nowMs: number): AsyncIterable<Buffer> {
  const { language } = titles;
  return taggedPdf({ title: TRACKER_TEXTS[language].result, language }, linesOf(overview, titles, nowMs));
}

/** What the file says, in order; where a list ends before its oldest entry, that. */
export async function* linesOf(overview: WholeOverview, titles: Titles, nowMs: number): AsyncGenerator<PdfLine> {
  const texts = TRACKER_TEXTS[titles.language];
  const { registers } = overview.first;
  yield ['H1', texts.result];
  yield ['P', readableTime(nowMs, titles.language)];
  yield ['H2', texts.counters];
  for (const { register, state, not_asked: why, reaches_back_to: since } of registers) {
    const reason = why === '' ? '' : ` (${texts.notAsked[why]})`;
    const reach = since === '' ? '' : `; ${texts.reachesBack}: ${titles.time(since)}`;
    yield ['P', `${titles.register(register)}: ${texts.states[state]}${reason}${reach}`];
  }
  yield ['H2', texts.log];
  for await (const { entries, ending } of overview.log()) {
    for (const entry of entries) yield ['P', `${entry.log_index}: ${entrySentence(entry, titles)}`];
    yield* unlessWhole(ending, titles);
  }
  yield ['H2', texts.ofRegister];
  for (const answer of registers) {
    if (answer.entries.length > 0) yield ['H3', titles.register(answer.register)];
    for await (const { entries, ending } of overview.register(answer)) {
      for (const line of entries) yield ['P', lineSentence(line, answer.register, titles)];
      yield* unlessWhole(ending, titles);
    }
  }
}

function* unlessWhole(ending: Ending | undefined, { language }: Titles): Generator<PdfLine> {
  const { notWhole, unanswered } = TRACKER_TEXTS[language];
  if (ending === 'cut') yield ['P', notWhole];
  if (ending === 'unanswered') yield ['P', unanswered];
}
