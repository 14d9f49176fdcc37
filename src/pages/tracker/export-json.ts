import { entrySentence, lineSentence } from './sentences.js';
import type { Titles } from './titles.js';
import type { ListPage, WholeOverview } from './whole-list.js';

/** The same as the PDF for a program, list by list; `is_complete` stands behind the entries that it is about. */
export async function* jsonOf(overview: WholeOverview, titles: Titles, nowMs: number): AsyncGenerator<string> {
  const { log, registers } = overview.first;
  yield `{"asked_at":${JSON.stringify(new Date(nowMs).toISOString())},\n"log":`;
  yield* listOf({ reaches_back_to: log.reaches_back_to }, overview.log(), (it) => ({
    ...{ ...it, sentence: entrySentence(it, titles) },
  }));
  yield ',\n"registers":[';
  let separator = '\n';
  for (const answer of registers) {
    yield separator;
    separator = ',\n';
    const { entries: _, next: __, ...facts } = answer;
    yield* listOf(facts, overview.register(answer), (it) => ({
      ...{ ...it, sentence: lineSentence(it, answer.register, titles) },
    }));
  }
  yield ']}\n';
}

async function* listOf<Entry>(
  facts: object,
  pages: AsyncIterable<ListPage<Entry>>,
  shown: (entry: Entry) => object,
): AsyncGenerator<string> {
  yield `${JSON.stringify(facts).slice(0, -1)},"entries":[`;
  let separator = '\n';
  let isComplete = false;
  for await (const { entries, ending } of pages) {
    for (const entry of entries) {
      yield separator + JSON.stringify(shown(entry));
      separator = ',\n';
    }
    isComplete = ending === 'whole';
  }
  yield `],"is_complete":${isComplete}}`;
}
