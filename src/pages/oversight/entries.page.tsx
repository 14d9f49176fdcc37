import { Body, Controller, Query } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { type ListedEntry, toListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { fromTimestamp } from '../../platform/clock.js';
import { REASONS } from '../../platform/reasons.js';
import type { SavedFilter__Output } from '../../platform/rpc-types/einmal/broker/v1/SavedFilter.js';
import type { InLanguages } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { CsrfField } from '../shell/form.js';
import type { Download, Redirect, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { csvOf } from './csv.js';
import { type QueryOf, queryOf, textOf, wishOf } from './entry-filter.js';
import { EntryTable } from './entry-list.js';
import { germanTime } from './german-time.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { purposeTitle, titleOf } from './titles.js';
import { Choice, Input, OversightFrame, Pager, Submit } from './widgets.js';
import { wordFor } from './words.js';

const PAGE = 50;
const EXPORT_PAGE = 1000;
/** Of a download that somebody waits for; the link says so. */
const EXPORT_MOST = 20_000;
const OUTCOMES = ['released', 'partly_released', 'refused', 'failed', 'deferred', 'withheld_by_applicant', 'unknown'];
const EVENTS = [
  'retrieval.opened',
  'retrieval.closed',
  'exchange.closed',
  'refused',
  'trigger.granted',
  'trigger.withdrawn',
  'incident',
  'anomaly',
  'reconciliation.finding',
  'erasure',
  'catalogue.activated',
];
const COLUMNS = [
  'log_index',
  'log_time',
  'event',
  'exchange_id',
  'consumer',
  'register',
  'evidence_type',
  'purpose',
  'legal_basis',
  'outcome',
  'reason',
] as const satisfies readonly (keyof ListedEntry)[];

type Texts = Readonly<{
  any: string;
  from: string;
  to: string;
  find: string;
  saved: string;
  save: string;
  name: string;
  remove: string;
  csv: string;
  ndjson: string;
  exchange: string;
}>;

const DE: Texts = {
  any: 'alle',
  from: 'Von',
  to: 'Bis vor',
  find: 'Suchen',
  saved: 'Gemerkte Filter',
  save: 'Filter merken',
  name: 'Name des Filters',
  remove: 'Vergessen',
  csv: 'Als CSV herunterladen (die neuesten 20.000)',
  ndjson: 'Als NDJSON herunterladen (die neuesten 20.000)',
  exchange: 'Kennung des Austauschs',
};
const SIMPLE: Texts = {
  any: 'alle',
  from: 'Ab wann',
  to: 'Bis wann',
  find: 'Suchen',
  saved: 'Gemerkte Suchen',
  save: 'Suche merken',
  name: 'Name für die Suche',
  remove: 'Löschen',
  csv: 'Als CSV-Datei laden (höchstens 20.000 neue Einträge)',
  ndjson: 'Als NDJSON-Datei laden (höchstens 20.000 neue Einträge)',
  exchange: 'Nummer vom Austausch',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    any: 'all',
    from: 'From (German time)',
    to: 'Before (German time)',
    find: 'Find',
    saved: 'Saved filters',
    save: 'Save filter',
    name: 'Name of the filter',
    remove: 'Forget',
    csv: 'Download as CSV (the newest 20,000)',
    ndjson: 'Download as NDJSON (the newest 20,000)',
    exchange: 'Id of the exchange',
  },
};

/** Entries of all participants by their clear columns. A filter is in the address; there is no person in it. */
@Controller()
export class EntriesPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('oversight/entries', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    const { language, account } = visit;
    const common = OVERSIGHT_TEXTS[language];
    const token = textOf(query, 'page', 400);
    const [found, saved] = await Promise.all([
      this.node.oversight.findEntries(account.signedIn, wishOf(query), { size: PAGE, token }),
      this.node.oversight.savedFilters(account.signedIn),
    ]);
    const { entries = [], next_page_token: next = '' } = found;
    return {
      title: common.entries,
      body: (
        <OversightFrame visit={visit}>
          {this.filterForm(visit, query)}
          <SavedFilters visit={visit} query={query} filters={saved.filters ?? []} />
          <EntryTable
            caption={common.entries}
            entries={entries.map(toListedEntry)}
            catalogue={this.catalogue}
            language={language}
          />
          <Pager
            language={language}
            first={`/oversight/entries${queryOf(query)}`}
            isFirst={token === ''}
            next={next === '' ? undefined : `/oversight/entries${queryOf(query, { page: next })}`}
          />
          <p class="pager">
            <a class="kern-link" href={`/oversight/entries.csv${queryOf(query)}`}>
              {TEXTS[language].csv}
            </a>
            <a class="kern-link" href={`/oversight/entries.ndjson${queryOf(query)}`}>
              {TEXTS[language].ndjson}
            </a>
          </p>
        </OversightFrame>
      ),
    };
  }

  @ShowAt('oversight/entries.csv', INSPECTING)
  async csv(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<Download> {
    return {
      download: csvOf(COLUMNS, await this.exported(visit, query)),
      fileName: 'entries.csv',
      mediaType: 'text/csv; charset=utf-8',
    };
  }

  @ShowAt('oversight/entries.ndjson', INSPECTING)
  async ndjson(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<Download> {
    const lines = (await this.exported(visit, query)).map((entry) =>
      JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, entry[name]]))),
    );
    return {
      download: lines.map((line) => `${line}\n`).join(''),
      fileName: 'entries.ndjson',
      mediaType: 'application/x-ndjson',
    };
  }

  @SendTo('oversight/filters', INSPECTING)
  async save(@VisitingSignedIn() { account }: SignedInVisit, @Body() form: QueryOf): Promise<Redirect> {
    const name = textOf(form, 'name', 200);
    if (name === '') throw new PageFault('REQUEST_NOT_VALID');
    await this.node.oversight.saveFilter(account.signedIn, name, wishOf(form));
    return { redirectTo: `/oversight/entries${queryOf(form)}` };
  }

  @SendTo('oversight/filters/forget', INSPECTING)
  async forget(@VisitingSignedIn() { account }: SignedInVisit, @Body() form: QueryOf): Promise<Redirect> {
    await this.node.oversight.deleteFilter(account.signedIn, textOf(form, 'name', 200));
    return { redirectTo: '/oversight/entries' };
  }

  /** Each part of it is a look on record. */
  private async exported({ account }: SignedInVisit, query: QueryOf): Promise<readonly ListedEntry[]> {
    const all: ListedEntry[] = [];
    let token = '';
    do {
      const part = { size: EXPORT_PAGE, token };
      const { entries = [], next_page_token = '' } = await this.node.oversight.findEntries(
        account.signedIn,
        wishOf(query),
        part,
      );
      all.push(...entries.map(toListedEntry));
      token = next_page_token;
    } while (token !== '' && all.length < EXPORT_MOST);
    return all;
  }

  private filterForm({ language }: SignedInVisit, query: QueryOf) {
    const texts = TEXTS[language];
    const common = OVERSIGHT_TEXTS[language];
    const { participants, registers, purposes, legal_bases } = this.catalogue.catalogue;
    const asking = participants.filter(({ kind }) => ['online-service', 'authority', 'pages', 'node'].includes(kind));
    const choices = [
      ['consumer', common.consumer, asking.map(({ id }) => [id, titleOf(this.catalogue, id, language)] as const)],
      ['register', common.register, registers.map(({ id }) => [id, titleOf(this.catalogue, id, language)] as const)],
      ['purpose', common.purpose, purposes.map(({ id }) => [id, purposeTitle(this.catalogue, id, language)] as const)],
      ['legal_basis', common.legalBasis, legal_bases.map(({ id, paragraph }) => [id, paragraph] as const)],
      ['event', common.event, EVENTS.map((it) => [it, wordFor(it, language)] as const)],
      ['outcome', common.outcome, OUTCOMES.map((it) => [it, wordFor(it, language)] as const)],
      ['reason', common.reason, Object.keys(REASONS).map((it) => [it, wordFor(it, language)] as const)],
    ] as const;
    return (
      <form class="filters" method="get" action="/oversight/entries">
        <Input name="from" label={texts.from} type="datetime-local" value={textOf(query, 'from')} />
        <Input name="to" label={texts.to} type="datetime-local" value={textOf(query, 'to')} />
        {choices.map(([name, label, options]) => (
          <Choice
            key={name}
            name={name}
            label={label}
            value={textOf(query, name)}
            options={[['', texts.any], ...options]}
          />
        ))}
        <Input name="exchange_id" label={texts.exchange} value={textOf(query, 'exchange_id')} maxLength={36} />
        <Submit>{texts.find}</Submit>
      </form>
    );
  }
}

type SavedTime = NonNullable<SavedFilter__Output['filter']>['from_time'];
type SavedProps = Readonly<{ visit: SignedInVisit; query: QueryOf; filters: readonly SavedFilter__Output[] }>;

function SavedFilters({ visit, query, filters }: SavedProps) {
  const texts = TEXTS[visit.language];
  return (
    <details>
      <summary class="kern-body">
        {texts.saved} ({filters.length})
      </summary>
      <ul class="kern-list">
        {filters.map((it) => (
          <li key={it.name}>
            <form class="inline" method="post" action="/oversight/filters/forget">
              <CsrfField visit={visit} />
              <input type="hidden" name="name" value={it.name} />
              <a class="kern-link" href={`/oversight/entries${queryOf(savedQuery(it))}`}>
                {it.name}
              </a>{' '}
              <Submit secondary>{texts.remove}</Submit>
            </form>
          </li>
        ))}
      </ul>
      <form class="filters" method="post" action="/oversight/filters">
        <CsrfField visit={visit} />
        {[...new URLSearchParams(queryOf(query))].map(([name, value]) => (
          <input type="hidden" name={name} key={name} value={value} />
        ))}
        <Input name="name" label={texts.name} required maxLength={200} />
        <Submit secondary>{texts.save}</Submit>
      </form>
    </details>
  );
}

function savedQuery({ filter, events = [] }: SavedFilter__Output): QueryOf {
  const { from_time, to_time, reason = '', ...equal } = filter ?? {};
  return {
    ...equal,
    from: minuteOf(from_time),
    to: minuteOf(to_time),
    reason: String(reason).replace(/^ERROR_REASON_(UNSPECIFIED$)?/, ''),
    event: events[0] ?? '',
  };
}

function minuteOf(time: SavedTime): string {
  const ms = fromTimestamp(time);
  return ms === undefined ? '' : germanTime(ms).slice(0, 16);
}
