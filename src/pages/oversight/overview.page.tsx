import { Controller, Query } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock, fromTimestamp } from '../../platform/clock.js';
import type { GetOverviewResponse__Output as Overview } from '../../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { NamedCount__Output } from '../../platform/rpc-types/einmal/broker/v1/NamedCount.js';
import type { Trend__Output } from '../../platform/rpc-types/einmal/broker/v1/Trend.js';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import { Facts } from '../shell/facts.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { Bars, Flows } from './chart.js';
import { INSPECTING } from './inspecting.js';
import { LogAlarm } from './log-alarm.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { titleOf } from './titles.js';
import { amount, Choice, instant, OversightFrame, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{
  period: string;
  periods: Readonly<Record<Period, string>>;
  show: string;
  figures: string;
  exchanges: string;
  retrievals: string;
  unknown: string;
  open: string;
  erased: string;
  due: string;
  notDue: string;
  erasure: string;
  oldest: string;
  outcomes: string;
  refusals: string;
  alarms: string;
  byConsumer: string;
  byRegister: string;
  flows: string;
  released: string;
  log: string;
  size: string;
  witnessed: string;
  witness: string;
  state: string;
  states: Readonly<Record<string, string>>;
  lag: string;
  reconciled: string;
  reconciledTo: string;
  never: string;
  offline: string;
  offlineNeeds: string;
  unreconciled: string;
  atLeast: string;
  terms: string;
  retentionClass: string;
  classes: Readonly<Record<string, string>>;
  term: string;
  months: string;
  nextDue: string;
  overdue: string;
  checkpoints: string;
  checkpoint: string;
  newest: string;
  majority: string;
  root: string;
  at: string;
  signedBy: string;
  nobody: string;
  origin: string;
}>;

const PERIODS = { day: 1, week: 7, month: 30, year: 365 } as const;
type Period = keyof typeof PERIODS;
const DAY_MS = 86_400_000;
/** Of the others the table tells. */
const CHARTS_MOST = 8;

const DE: Texts = {
  period: 'Zeitraum',
  periods: { day: '24 Stunden', week: '7 Tage', month: '30 Tage', year: '365 Tage' },
  show: 'Anzeigen',
  figures: 'Zahlen',
  exchanges: 'Austausche',
  retrievals: 'Abrufe',
  unknown: 'Abrufe mit ungeklärtem Ausgang',
  open: 'Gerade offene Abrufe',
  erased: 'Gelöschte Protokolldaten',
  due: 'überfällig: Führen Sie „einmal audit purge“ aus',
  notDue: 'nichts überfällig',
  erasure: 'Löschung nach Frist (IDNrG § 9 Abs. 3)',
  oldest: 'Ältester Eintrag',
  outcomes: 'Abrufe nach Ausgang',
  refusals: 'Ablehnungen nach Grund',
  alarms: 'Vorfälle und Auffälligkeiten',
  byConsumer: 'Abrufe je anfragender Stelle',
  byRegister: 'Abrufe je Register',
  flows: 'Wer bekam wie viel von wem',
  released: 'Weitergegeben',
  log: 'Zustand des Protokolls',
  size: 'Einträge',
  witnessed: 'davon von Zeugen gegengezeichnet',
  witness: 'Zeuge',
  state: 'Stand',
  states: {
    AGREED: 'stimmt überein',
    BEHIND: 'im Rückstand',
    UNREACHABLE: 'nicht erreichbar',
    INVALID: 'Antwort unbrauchbar',
    INCONSISTENT: 'bestreitet das Protokoll',
  },
  lag: 'Einträge seit seiner letzten Unterschrift',
  reconciled: 'Abgleich mit den Protokollen der Register',
  reconciledTo: 'Verglichen bis',
  never: 'noch nie',
  unreconciled: 'Noch nicht verglichene Abrufe und Suchen',
  atLeast: 'mindestens {}',
  terms: 'Löschfristen',
  retentionClass: 'Art der Einträge',
  classes: { standard: 'gewöhnliche' },
  term: 'Frist',
  months: '{} Monate',
  nextDue: 'Nächste Löschung fällig am',
  overdue: 'Jetzt fällig',
  checkpoints: 'Prüfpunkte',
  checkpoint: 'Prüfpunkt',
  newest: 'der neueste',
  majority: 'der neueste mit Unterschrift einer Mehrheit der Zeugen',
  root: 'Wurzel (SHA-256)',
  at: 'Vom',
  signedBy: 'Unterschrieben von',
  nobody: 'noch niemand',
  origin: 'Name des Protokolls',
  offline: 'So wird das ganze Protokoll geprüft, ohne diesem Knoten zu glauben:',
  offlineNeeds:
    '„trust-policy.txt“ nennt Protokoll und Zeugen (C2SP tlog-policy): Holen Sie die Datei nicht von diesem Knoten. Bei einer eigenen Zertifizierungsstelle kommt „--ca <Datei>“ dazu.',
};

const SIMPLE: Texts = {
  period: 'Welche Zeit?',
  periods: {
    day: 'ein Tag',
    week: 'eine Woche',
    month: '30 Tage',
    year: 'ein Jahr',
  },
  show: 'Zeigen',
  figures: 'Zahlen',
  exchanges: 'So oft wurden Daten geholt',
  retrievals: 'Einzelne Abrufe',
  unknown: 'Wir wissen nicht, wie es ausging',
  open: 'Das läuft gerade noch',
  erased: 'Gelöschte Einträge',
  due: 'Es ist Zeit zum Löschen. Der Befehl heißt „einmal audit purge“.',
  notDue: 'Alles ist gelöscht, was weg muss',
  erasure: 'Löschen nach zwei Jahren (IDNrG § 9 Abs. 3)',
  oldest: 'Der älteste Eintrag',
  outcomes: 'Wie gingen die Abrufe aus?',
  refusals: 'Warum haben wir Nein gesagt?',
  alarms: 'Vorfälle und Auffälliges',
  byConsumer: 'Wer hat wie oft gefragt?',
  byRegister: 'Welches Register wurde wie oft gefragt?',
  flows: 'Wer hat Daten von wem bekommen?',
  released: 'Weitergegeben',
  log: 'Geht es dem Protokoll gut?',
  size: 'Einträge',
  witnessed: 'davon haben Zeugen unterschrieben',
  witness: 'Zeuge',
  state: 'Was sagt der Zeuge?',
  states: {
    AGREED: 'Das Protokoll stimmt',
    BEHIND: 'Der Zeuge ist noch nicht so weit',
    UNREACHABLE: 'Der Zeuge antwortet nicht',
    INVALID: 'Die Antwort ist nicht brauchbar',
    INCONSISTENT: 'Das Protokoll stimmt nicht',
  },
  lag: 'Neue Einträge seit der letzten Unterschrift',
  reconciled: 'Haben die Register das Gleiche aufgeschrieben?',
  reconciledTo: 'Verglichen bis',
  never: 'noch nie',
  unreconciled: 'Das müssen wir noch vergleichen',
  atLeast: '{} oder mehr',
  terms: 'Wann wird gelöscht?',
  retentionClass: 'Welche Einträge?',
  classes: { standard: 'alle gewöhnlichen' },
  term: 'So lange bleiben sie',
  months: '{} Monate',
  nextDue: 'Dann wird wieder gelöscht',
  overdue: 'Das muss jetzt weg',
  checkpoints: 'Stände des Protokolls',
  checkpoint: 'Stand',
  newest: 'der neueste Stand',
  majority: 'der neueste Stand, den die meisten Zeugen unterschrieben haben',
  root: 'Prüf-Zahl',
  at: 'Wann?',
  signedBy: 'Wer hat unterschrieben?',
  nobody: 'noch niemand',
  origin: 'Name vom Protokoll',
  offline: 'So prüfen Sie das Protokoll selbst:',
  offlineNeeds: 'Die Datei „trust-policy.txt“ nennt die Zeugen. Holen Sie die Datei nicht von uns.',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    period: 'Period',
    periods: { day: '24 hours', week: '7 days', month: '30 days', year: '365 days' },
    show: 'Show',
    figures: 'Figures',
    exchanges: 'Exchanges',
    retrievals: 'Retrievals',
    unknown: 'Retrievals with an unknown outcome',
    open: 'Retrievals open right now',
    erased: 'Erased records',
    due: 'overdue: run “einmal audit purge”',
    notDue: 'nothing overdue',
    erasure: 'Erasure after the term (IDNrG § 9 Abs. 3)',
    oldest: 'Oldest entry',
    outcomes: 'Retrievals by outcome',
    refusals: 'Refusals by reason',
    alarms: 'Incidents and anomalies',
    byConsumer: 'Retrievals by who asked',
    byRegister: 'Retrievals by register',
    flows: 'Who got how much from whom',
    released: 'Released',
    log: 'State of the log',
    size: 'Entries',
    witnessed: 'of these cosigned by witnesses',
    witness: 'Witness',
    state: 'State',
    states: {
      AGREED: 'agrees',
      BEHIND: 'behind',
      UNREACHABLE: 'not reachable',
      INVALID: 'unusable answer',
      INCONSISTENT: 'disputes the log',
    },
    lag: 'Entries since its last signature',
    reconciled: 'Comparison with the registers’ logs',
    reconciledTo: 'Compared up to',
    never: 'never',
    unreconciled: 'Retrievals and lookups not compared yet',
    atLeast: 'at least {}',
    terms: 'Terms of erasure',
    retentionClass: 'Kind of entries',
    classes: { standard: 'ordinary' },
    term: 'Term',
    months: '{} months',
    nextDue: 'Next erasure is due on',
    overdue: 'Due now',
    checkpoints: 'Checkpoints',
    checkpoint: 'Checkpoint',
    newest: 'the newest',
    majority: 'the newest that a majority of witnesses signed',
    root: 'Root (SHA-256)',
    at: 'Of',
    signedBy: 'Signed by',
    nobody: 'nobody yet',
    origin: 'Name of the log',
    offline: 'The whole log is checked without believing this node by:',
    offlineNeeds:
      '“trust-policy.txt” names log and witnesses (C2SP tlog-policy): get that file elsewhere than from this node. With a private authority add “--ca <file>”.',
  },
};

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
    const period = isPeriod(given) ? given : 'week';
    const overview = await this.node.oversight.overview(account.signedIn, this.clock.now() - PERIODS[period] * DAY_MS);
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

  private nameOf(language: Language) {
    return (id: string) => titleOf(this.catalogue, id, language);
  }
}

type Shown = Readonly<{ overview: Overview; language: Language }>;

function isPeriod(given: unknown): given is Period {
  return typeof given === 'string' && Object.hasOwn(PERIODS, given);
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
  const event = link === 'event' ? '' : link === 'outcome' ? '&event=retrieval.closed' : '';
  return (
    <section>
      <h2 class="kern-heading-small">{title}</h2>
      <Table
        caption={title}
        columns={[OVERSIGHT_TEXTS[language][link], OVERSIGHT_TEXTS[language].count]}
        rows={counts.map(({ name = '', count }) => [
          <a class="kern-link" key={name} href={`/oversight/entries?${link}=${encodeURIComponent(name)}${event}`}>
            {wordFor(name, language)}
          </a>,
          amount(count, language),
        ])}
        numeric={[1]}
        language={language}
      />
    </section>
  );
}

type TrendsProps = Shown &
  Readonly<{ title: string; trends: readonly Trend__Output[] | undefined; nameOf: (id: string) => string }>;

/** Small ones beside each other, all with the same scale: one picture with many lines says nothing. */
function Trends({ title, trends = [], overview, language, nameOf }: TrendsProps) {
  const shown = trends.slice(0, CHARTS_MOST).map(({ name = '', points = [] }) => ({
    name,
    points: points.map(({ time, count }) => ({ atMs: fromTimestamp(time) ?? 0, count: Number(count ?? 0) })),
  }));
  const most = Math.max(0, ...shown.flatMap(({ points }) => points.map(({ count }) => count)));
  const between = {
    fromMs: fromTimestamp(overview.from_time) ?? 0,
    toMs: fromTimestamp(overview.to_time) ?? 0,
    stepMs: (overview.step_seconds ?? 3600) * 1000,
  };
  return (
    <section>
      <h2 class="kern-heading-medium">{title}</h2>
      {shown.length === 0 ? <p class="kern-body">{OVERSIGHT_TEXTS[language].none}</p> : null}
      <div class="columns">
        {shown.map(({ name, points }) => (
          <Bars key={name} title={nameOf(name)} points={points} between={between} most={most} language={language} />
        ))}
      </div>
    </section>
  );
}

function FlowPart({
  overview: { flows = [] },
  language,
  nameOf,
}: Shown & Readonly<{ nameOf: (id: string) => string }>) {
  const texts = TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  const lines = flows.map(({ consumer = '', register = '', retrievals, released }) => ({
    from: nameOf(register),
    to: nameOf(consumer),
    count: Number(retrievals ?? 0),
    released: Number(released ?? 0),
  }));
  return (
    <section>
      <h2 class="kern-heading-medium">{texts.flows}</h2>
      {lines.length === 0 ? null : <Flows title={texts.flows} flows={lines} />}
      <Table
        caption={texts.flows}
        columns={[common.register, common.consumer, texts.retrievals, texts.released]}
        rows={lines.map(({ from, to, count, released }) => [
          from,
          to,
          amount(count, language),
          amount(released, language),
        ])}
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
