import { Controller, Query } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock, fromTimestamp } from '../../platform/clock.js';
import type { GetOverviewResponse__Output as Overview } from '../../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { NamedCount__Output } from '../../platform/rpc-types/einmal/broker/v1/NamedCount.js';
import type { Trend__Output } from '../../platform/rpc-types/einmal/broker/v1/Trend.js';
import { ShowAt } from '../page-at.js';
import { Facts } from '../shell/facts.js';
import type { Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { Bars, Flows } from './chart.js';
import { csvOf } from './csv.js';
import { type Figure, figuresOf, flowLines, largest, summed, trendLines } from './figures.js';
import { INSPECTING } from './inspecting.js';
import { LogAlarm } from './log-alarm.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { PERIODS, type Period, OVERVIEW_TEXTS as TEXTS } from './overview-texts.js';
import { titleOf } from './titles.js';
import { amount, Choice, instant, OversightFrame, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

const DAY_MS = 86_400_000;
const FIGURE_COLUMNS = [
  'kind',
  'name',
  'register',
  'time',
  'count',
  'released',
] as const satisfies readonly (keyof Figure)[];
/** So that the page stays within its budget however many exchange data; all of them are in the file. */
const CHARTS_MOST = 6;
const ROWS_MOST = 12;

/** What was exchanged, refused and left open, by whom, and how the log stands. */
@Controller()
export class OverviewPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('oversight', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Query('period') given: unknown): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const period = periodOf(given);
    const overview = await this.node.oversight.overview(account.signedIn, this.begin(period));
    return {
      title: OVERSIGHT_TEXTS[language].overview,
      body: (
        <OversightFrame visit={visit}>
          <form class="filters" method="get" action="/oversight">
            <Choice name="period" label={texts.period} value={period} options={Object.entries(texts.periods)} />
            <Submit>{texts.show}</Submit>
          </form>
          <Figures overview={overview} language={language} />
          <div class="columns">
            <Counts title={texts.outcomes} counts={overview.outcomes} link="outcome" language={language} />
            <Counts title={texts.refusals} counts={overview.refusals} link="reason" language={language} />
            <Counts title={texts.alarms} counts={overview.alarms} link="event" language={language} />
          </div>
          <Trends
            title={texts.byConsumer}
            trends={overview.consumers}
            overview={overview}
            language={language}
            nameOf={this.nameOf(language)}
          />
          <Trends
            title={texts.byRegister}
            trends={overview.registers}
            overview={overview}
            language={language}
            nameOf={this.nameOf(language)}
          />
          <FlowPart overview={overview} language={language} nameOf={this.nameOf(language)} />
          <p class="pager">
            <a class="kern-link" href={`/oversight/figures.csv?period=${period}`}>
              {texts.csv}
            </a>
          </p>
          <LogPart
            overview={overview}
            language={language}
            current={this.catalogue}
            issuer={this.node.profile.node.issuer}
            nameOf={this.nameOf(language)}
          />
        </OversightFrame>
      ),
    };
  }

  /** What the page sums up, whole. */
  @ShowAt('oversight/figures.csv', INSPECTING)
  async csv(@VisitingSignedIn() { account }: SignedInVisit, @Query('period') given: unknown): Promise<Download> {
    const overview = await this.node.oversight.overview(account.signedIn, this.begin(periodOf(given)));
    return {
      download: csvOf(FIGURE_COLUMNS, figuresOf(overview)),
      fileName: 'figures.csv',
      mediaType: 'text/csv; charset=utf-8',
    };
  }

  private begin(period: Period): number {
    return this.clock.now() - PERIODS[period] * DAY_MS;
  }

  private nameOf(language: Language) {
    return (id: string) => titleOf(this.catalogue, id, language);
  }
}

type Shown = Readonly<{ overview: Overview; language: Language }>;

function periodOf(given: unknown): Period {
  return (Object.keys(PERIODS) as Period[]).find((it) => it === given) ?? 'week';
}

function Figures({ overview, language }: Shown) {
  const texts = TEXTS[language];
  const { outcomes = [], exchanges, open_retrievals, erased_records, oldest_record_time, erasure_due } = overview;
  const retrievals = outcomes.reduce((sum, { count }) => sum + Number(count ?? 0), 0);
  const unknown = outcomes.find(({ name }) => name === 'unknown')?.count;
  const figures = [
    [texts.exchanges, amount(exchanges, language)],
    [texts.retrievals, amount(retrievals, language)],
    [texts.unknown, amount(unknown, language)],
    [texts.open, amount(open_retrievals, language)],
    [texts.erased, amount(erased_records, language)],
    [texts.erasure, erasure_due ? texts.due : texts.notDue],
    [texts.oldest, instant(fromTimestamp(oldest_record_time) ?? '', language)],
  ] as const;
  return (
    <section aria-labelledby="figures">
      <h2 class="kern-heading-medium" id="figures">
        {texts.figures}
      </h2>
      <Facts rows={figures} />
    </section>
  );
}

type CountsProps = Readonly<{
  title: string;
  counts: readonly NamedCount__Output[] | undefined;
  link: 'outcome' | 'reason' | 'event';
  language: Language;
}>;

function Counts({ title, counts = [], link, language }: CountsProps) {
  const { shown, others } = largest(counts, ROWS_MOST);
  const rest = others.reduce((sum, { count }) => sum + Number(count ?? 0), 0);
  const event = link === 'event' ? '' : link === 'outcome' ? '&event=retrieval.closed' : '';
  return (
    <section>
      <h2 class="kern-heading-small">{title}</h2>
      <Table
        caption={title}
        columns={[OVERSIGHT_TEXTS[language][link], OVERSIGHT_TEXTS[language].count]}
        rows={[
          ...shown.map(({ name = '', count }) => [
            <a class="kern-link" key={name} href={`/oversight/entries?${link}=${encodeURIComponent(name)}${event}`}>
              {wordFor(name, language)}
            </a>,
            amount(count, language),
          ]),
          ...(others.length === 0 ? [] : [[TEXTS[language].others, amount(rest, language)]]),
        ]}
        numeric={[1]}
        language={language}
      />
    </section>
  );
}

type TrendsProps = Shown &
  Readonly<{ title: string; trends: readonly Trend__Output[] | undefined; nameOf: (id: string) => string }>;

/** Small ones beside each other, all with the same scale: one picture with many lines says nothing. The others are one more. */
function Trends({ title, trends = [], overview, language, nameOf }: TrendsProps) {
  const { shown, others } = largest(trendLines(trends), CHARTS_MOST);
  const most = Math.max(0, ...shown.flatMap(({ points }) => points.map(({ count }) => count)));
  const between = {
    fromMs: fromTimestamp(overview.from_time) ?? 0,
    toMs: fromTimestamp(overview.to_time) ?? 0,
    stepMs: overview.step_seconds === undefined ? undefined : overview.step_seconds * 1000,
  };
  const rest = summed(others);
  return (
    <section>
      <h2 class="kern-heading-medium">{title}</h2>
      {shown.length === 0 ? <p class="kern-body">{OVERSIGHT_TEXTS[language].none}</p> : null}
      <div class="columns">
        {shown.map(({ name, points }) => (
          <Bars key={name} title={nameOf(name)} points={points} between={between} most={most} language={language} />
        ))}
        {others.length === 0 ? null : (
          <Bars
            title={`${TEXTS[language].others} (${others.length})`}
            points={rest}
            between={between}
            most={Math.max(...rest.map(({ count }) => count))}
            language={language}
          />
        )}
      </div>
    </section>
  );
}

function FlowPart({ overview: { flows }, language, nameOf }: Shown & Readonly<{ nameOf: (id: string) => string }>) {
  const texts = TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  const { shown, others } = largest(flowLines(flows), ROWS_MOST);
  const lines = shown.map((it) => ({ ...it, from: nameOf(it.register), to: nameOf(it.consumer) }));
  const row = (from: string, to: string, count: number, released: number) => [
    from,
    to,
    amount(count, language),
    amount(released, language),
  ];
  const sum = (of: 'count' | 'released') => others.reduce((all, it) => all + it[of], 0);
  return (
    <section>
      <h2 class="kern-heading-medium">{texts.flows}</h2>
      {lines.length === 0 ? null : <Flows title={texts.flows} flows={lines} />}
      <Table
        caption={texts.flows}
        columns={[common.register, common.consumer, texts.retrievals, texts.released]}
        rows={[
          ...lines.map(({ from, to, count, released }) => row(from, to, count, released)),
          ...(others.length === 0
            ? []
            : [row(`${texts.others} (${others.length})`, '', sum('count'), sum('released'))]),
        ]}
        numeric={[2, 3]}
        language={language}
      />
    </section>
  );
}

type LogPartProps = Shown & Readonly<{ current: CurrentCatalogue; issuer: string; nameOf: (id: string) => string }>;

function LogPart({ overview, language, current, issuer, nameOf }: LogPartProps) {
  const texts = TEXTS[language];
  const { log = {} } = overview;
  const { tree_size, witnessed_size, witnesses = [] } = log;
  return (
    <section>
      <h2 class="kern-heading-medium">{texts.log}</h2>
      <LogAlarm status={log} issuer={issuer} current={current} language={language} />
      <p class="kern-body">
        {texts.size}: {amount(tree_size, language)}, {texts.witnessed}: {amount(witnessed_size, language)}
      </p>
      <Checkpoints overview={overview} language={language} nameOf={nameOf} />
      <Table
        caption={texts.witness}
        columns={[texts.witness, texts.state, texts.lag]}
        rows={witnesses.map(({ witness = '', state = '', lag }) => [
          nameOf(witness),
          texts.states[String(state).replace('WITNESS_STATE_', '')] ?? '',
          amount(lag, language),
        ])}
        numeric={[2]}
        language={language}
      />
      <h3 class="kern-heading-small">{texts.reconciled}</h3>
      <Table
        caption={texts.reconciled}
        columns={[OVERSIGHT_TEXTS[language].register, texts.reconciledTo, texts.unreconciled]}
        rows={(overview.reconciled ?? []).map(
          ({ register = '', reconciled_to_time, unreconciled, unreconciled_more }) => [
            nameOf(register),
            instant(fromTimestamp(reconciled_to_time) ?? '', language) || texts.never,
            atLeast(unreconciled, unreconciled_more, language),
          ],
        )}
        numeric={[2]}
        language={language}
      />
      <Terms overview={overview} language={language} />
      <p class="kern-body">{texts.offline}</p>
      <pre class="command">
        <code>{`npx einmal verify log ${issuer}/log/witnessed --policy trust-policy.txt`}</code>
      </pre>
      <p class="kern-body kern-body--small">{texts.offlineNeeds}</p>
    </section>
  );
}

function atLeast(count: number | string | undefined, hasMore: boolean | undefined, language: Language): string {
  const counted = amount(count, language);
  return hasMore ? TEXTS[language].atLeast.replace('{}', counted) : counted;
}

/** The schedule of erasure: each class, what is due and what was done. */
function Terms({ overview: { retention = [] }, language }: Shown) {
  const texts = TEXTS[language];
  return (
    <>
      <h3 class="kern-heading-small">{texts.terms}</h3>
      <Table
        caption={texts.terms}
        columns={[texts.retentionClass, texts.term, texts.oldest, texts.nextDue, texts.overdue, texts.erased]}
        rows={retention.map(({ retention_class: id = '', months, oldest_record_time, next_due_time, ...counts }) => [
          texts.classes[id] ?? id,
          texts.months.replace('{}', String(months)),
          instant(fromTimestamp(oldest_record_time) ?? '', language),
          instant(fromTimestamp(next_due_time) ?? '', language),
          atLeast(counts.due_records, counts.due_records_more, language),
          amount(counts.erased_records, language),
        ])}
        numeric={[4, 5]}
        language={language}
      />
    </>
  );
}

/** What the log has signed last, and who has cosigned it. */
function Checkpoints({ overview, language, nameOf }: Shown & Readonly<{ nameOf: (id: string) => string }>) {
  const texts = TEXTS[language];
  const { newest_checkpoint: newest, witnessed_checkpoint: witnessed, log } = overview;
  const shown = [
    [texts.newest, newest],
    [texts.majority, witnessed],
  ] as const;
  return (
    <>
      <h3 class="kern-heading-small">{texts.checkpoints}</h3>
      <Facts rows={[[texts.origin, log?.origin ?? '']]} />
      <Table
        caption={texts.checkpoints}
        columns={[texts.checkpoint, texts.size, texts.root, texts.at, texts.signedBy]}
        rows={shown.flatMap(([name, checkpoint]) => {
          if (!checkpoint) return [];
          const { tree_size, root_hash, time, witnesses = [] } = checkpoint;
          return [
            [
              name,
              amount(tree_size, language),
              <code key={name}>{Buffer.from(root_hash ?? []).toString('base64')}</code>,
              instant(fromTimestamp(time) ?? '', language),
              witnesses.map(nameOf).join(', ') || texts.nobody,
            ],
          ];
        })}
        numeric={[1]}
        language={language}
      />
    </>
  );
}
