import { describe, expect, it } from '@jest/globals';
import type { RegisterAnswer } from '../../src/client/citizen-calls.js';
import type { ListedEntries, ListedEntry } from '../../src/client/listed-entries.js';
import { jsonOf } from '../../src/pages/tracker/export-json.js';
import { linesOf, pdfOf } from '../../src/pages/tracker/export-pdf.js';
import { Titles } from '../../src/pages/tracker/titles.js';
import { type Ending, pagesOf, type WholeOverview } from '../../src/pages/tracker/whole-list.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const titles = new Titles(current.lookup, 'de');
const REGISTER = 'melderegister-bremen';
const endless = { most: Number.MAX_SAFE_INTEGER, isOver: () => false };

const listed = (log_index: number): ListedEntry => ({
  ...{ log_index, log_time: new Date(NOW).toISOString(), event: 'retrieval.closed', exchange_id: '' },
  ...{ consumer: 'familienkasse-online', register: REGISTER, evidence_type: 'meldedaten', purpose: '' },
  ...{ legal_basis: '', outcome: 'released', reason: '', capacities: [] },
});
const answer: RegisterAnswer = {
  ...{ register: REGISTER, state: 'no_entries', not_asked: '', reaches_back_to: '' },
  ...{ entries: [], next: '', elapsed_ms: 9 },
};
/** Parts of a list by what continues it: `1`, `2` and so on. */
const parts = (count: number, size: number) =>
  Array.from({ length: count }, (_, part) => ({
    entries: Array.from({ length: size }, (_, i) => listed(part * size + i)),
    next: part + 1 < count ? String(part + 1) : '',
  }));
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
function overview(log: ListedEntries['entries'], endings: Readonly<{ log: Ending; register: Ending }>): WholeOverview {
  return {
    first: { log: { entries: log, next: '', reaches_back_to: '' }, registers: [answer] },
    async *log() {
      yield { entries: log, ending: endings.log };
    },
    async *register() {
      yield { entries: [], ending: endings.register };
    },
  };
}
const whole = { log: 'whole', register: 'whole' } as const;

describe('a whole list (GDPR Art. 15 (3))', () => {
  it('goes on to its oldest entry, page by page', async () => {
    const [first, ...rest] = parts(5, 3);
    const asked: string[] = [];
    const pages = await all(
      pagesOf(
        first!,
        async (token) => {
          asked.push(token);
          return rest[Number(token) - 1];
        },
        endless,
      ),
    );
    expect(pages.flatMap(({ entries }) => entries.map(({ log_index }) => log_index))).toEqual([...Array(15).keys()]);
    expect(pages.map(({ ending }) => ending)).toEqual([undefined, undefined, undefined, undefined, 'whole']);
    expect(asked).toEqual(['1', '2', '3', '4']);
  });

  it.each<readonly [Ending, Partial<typeof endless>, number]>([
    ['cut', { most: 6 }, 6],
    ['cut', { isOver: () => true }, 3],
    ['unanswered', {}, 9],
  ])('says %s where it ends before', async (ending, limits, given) => {
    const [first, ...rest] = parts(5, 3);
    const next = async (token: string) => (token === '3' ? undefined : rest[Number(token) - 1]);
    const pages = await all(pagesOf(first!, next, { ...endless, ...limits }));
    expect(pages.at(-1)?.ending).toBe(ending);
    expect(pages.flatMap(({ entries }) => entries)).toHaveLength(given);
  });
});

describe('the file to take along (GDPR Art. 15 (3))', () => {
  it('says where it does not hold everything: of the log and of each register', async () => {
    const saysSo = async (endings: Parameters<typeof overview>[1]) => {
      const lines = await all(linesOf(overview([listed(1)], endings), titles, NOW));
      return lines.filter(([, text]) => text.startsWith('Nicht vollständig')).length;
    };
    expect(await saysSo({ log: 'cut', register: 'unanswered' })).toBe(2);
    expect(await saysSo(whole)).toBe(0);
  });

  it('is one tagged PDF of many pages, of which the first come before the last is asked for', async () => {
    let asked = 0;
    const many: WholeOverview = {
      ...overview([], whole),
      async *log() {
        for (const part of parts(30, 100)) {
          asked += 1;
          yield part;
          await new Promise(setImmediate);
        }
      },
    };
    let early = 0;
    const pieces: Buffer[] = [];
    for await (const piece of pdfOf(many, titles, NOW)) {
      if (asked < 30) early += piece.length;
      pieces.push(piece);
    }
    const pdf = Buffer.concat(pieces).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7[\s\S]*%%EOF\n?$/);
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)?.length).toBeGreaterThan(20);
    expect(early).toBeGreaterThan(pdf.length / 4);
  });

  it('is the same for a program, and says of each list whether it is whole', async () => {
    const given = await all(jsonOf(overview([listed(1), listed(2)], { log: 'cut', register: 'whole' }), titles, NOW));
    expect(JSON.parse(given.join(''))).toMatchObject({
      log: { is_complete: false, entries: [{ log_index: 1, sentence: expect.stringContaining('abgerufen') }, {}] },
      registers: [{ register: REGISTER, is_complete: true, entries: [] }],
    });
  });
});
