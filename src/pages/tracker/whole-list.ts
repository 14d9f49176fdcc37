import type { Citizen, RegisterAnswer, RegisterLine } from '../../client/citizen-calls.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import type { Clock } from '../../platform/clock.js';
import { type Overview, overviewOf } from './overview.js';

/** As many as node and register give at once. */
const PAGE = 1000;
/** More than anybody is asked about in the two years that logs are kept (IDNrG § 9 Abs. 3). */
const MOST_OF_A_LIST = 20_000;
/** The lookup that all of it rests on is good for a minute more than this. */
const MOST_MS = 45_000;

const ANSWERED: readonly RegisterAnswer['state'][] = ['entries', 'no_entries'];

/** How a list ends: with its oldest entry, at a limit of this file, or because nobody answered any more. */
export type Ending = 'whole' | 'cut' | 'unanswered';
export type ListPage<Entry> = Readonly<{ entries: readonly Entry[]; ending?: Ending }>;

type Part<Entry> = Readonly<{ entries: readonly Entry[]; next: string }>;
type Limits = Readonly<{ most: number; isOver: () => boolean }>;

/** Everything about a person: first answers of all, and the rest of each list page by page, newest entries first. */
export type WholeOverview = Readonly<{
  first: Overview;
  log(): AsyncIterable<ListPage<ListedEntry>>;
  register(answer: RegisterAnswer): AsyncIterable<ListPage<RegisterLine>>;
}>;

export async function wholeOverview(
  node: PagesConnection,
  citizen: Citizen,
  registers: readonly string[],
  clock: Clock,
): Promise<WholeOverview> {
  const endsAt = clock.now() + MOST_MS;
  const limits = { most: MOST_OF_A_LIST, isOver: () => clock.now() > endsAt };
  const first = await overviewOf(node, citizen, { registers, before: '', size: PAGE });
  return {
    first,
    log: () => {
      const next = (token: string) => node.listOwnEntries(citizen, citizen.subject, { size: PAGE, token });
      return pagesOf(first.log, next, limits);
    },
    register: (answer) => {
      const next = async (token: string) => {
        const asked = await node.citizen.askRegisters(citizen, { registers: [answer.register], size: PAGE, token });
        return asked.find(({ register, state }) => register === answer.register && ANSWERED.includes(state));
      };
      return pagesOf(answer, next, limits);
    },
  };
}

/** `next` gives undefined where nobody answers. Only the last page has an ending. */
export async function* pagesOf<Entry>(
  first: Part<Entry>,
  next: (token: string) => Promise<Part<Entry> | undefined>,
  { most, isOver }: Limits,
): AsyncGenerator<ListPage<Entry>> {
  let part: Part<Entry> = first;
  let given = 0;
  while (part.next !== '') {
    given += part.entries.length;
    if (given >= most || isOver()) return yield { entries: part.entries, ending: 'cut' };
    yield { entries: part.entries };
    const more: Part<Entry> | undefined = await next(part.next);
    if (more === undefined) return yield { entries: [], ending: 'unanswered' };
    part = more;
  }
  yield { entries: part.entries, ending: 'whole' };
}
