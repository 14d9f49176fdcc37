import { Body, Controller, Param, Query } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { toListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock, fromTimestamp } from '../../platform/clock.js';
import type { GetCaseResponse__Output as CaseFile } from '../../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import type { OversightCase__Output as Case } from '../../platform/rpc-types/einmal/broker/v1/OversightCase.js';
import type { InLanguages } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import type { Answer, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { breachFormIn, breachIn } from './breach-fields.js';
import { caseState } from './breach-report.js';
import { indexOf, type QueryOf, textOf } from './entry-filter.js';
import { INSPECTING, OFFICERS } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { isDelayMissing, type SentStep, StepForm, stateIn } from './step-form.js';
import { titleOf } from './titles.js';
import { amount, instant, OversightFrame, Pager, shortened, Table } from './widgets.js';
import { wordFor } from './words.js';

const HOUR_MS = 3_600_000;

type Texts = Readonly<{
  case: string;
  cause: string;
  state: string;
  due: string;
  left: string;
  over: string;
  numbers: string;
  observed: string;
  expected: string;
  threshold: string;
  between: string;
  steps: string;
  by: string;
  note: string;
}>;

const DE: Texts = {
  case: 'Vorgang',
  cause: 'Worum es geht',
  state: 'Stand',
  due: 'Meldung an die Aufsicht bis',
  left: 'noch {} Stunden',
  over: 'Frist abgelaufen',
  numbers: 'Zahlen',
  observed: 'Beobachtet',
  expected: 'Zu erwarten',
  threshold: 'Auffällig ab',
  between: 'Zeitraum',
  steps: 'Was geschehen ist',
  by: 'Wer',
  note: 'Begründung oder Meldung',
};
const SIMPLE: Texts = {
  case: 'Fall',
  cause: 'Was ist passiert?',
  state: 'So weit sind wir',
  due: 'Bis dann melden',
  left: 'noch {} Stunden',
  over: 'Die Zeit ist um',
  numbers: 'Zahlen',
  observed: 'So viele waren es',
  expected: 'So viele sind normal',
  threshold: 'Ab hier fällt es auf',
  between: 'Zeit',
  steps: 'Das ist schon passiert',
  by: 'Wer',
  note: 'Warum? Oder: Was haben Sie gemeldet?',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    case: 'Case',
    cause: 'What it is about',
    state: 'State',
    due: 'To be reported until',
    left: '{} hours left',
    over: 'term is over',
    numbers: 'Numbers',
    observed: 'Observed',
    expected: 'To be expected',
    threshold: 'Unusual from',
    between: 'Period',
    steps: 'What was done',
    by: 'Who',
    note: 'Reason or report',
  },
};

/** Incidents and anomalies as cases (GDPR Art. 33). */
@Controller()
export class CasesPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('oversight/incidents', INSPECTING)
  incidents(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    return this.list(visit, query, 'incidents', ['incident', 'reconciliation.finding']);
  }

  @ShowAt('oversight/anomalies', INSPECTING)
  anomalies(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    return this.list(visit, query, 'anomalies', ['anomaly']);
  }

  @ShowAt('oversight/cases/:index', INSPECTING)
  async show(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('index') given: string,
    @Query() query: QueryOf,
  ): Promise<View> {
    const index = indexOf(given);
    const token = textOf(query, 'page', 400);
    return this.view(visit, index, await this.node.oversight.case(visit.account.signedIn, index, token), token);
  }

  @SendTo('oversight/cases/:index', OFFICERS)
  async record(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('index') given: string,
    @Body() form: QueryOf,
  ): Promise<Answer> {
    const { signedIn } = visit.account;
    const index = indexOf(given);
    const sent = { state: stateIn(form), note: textOf(form, 'note', 500), breach: breachFormIn(form) };
    if (sent.note.length < 10) throw new PageFault('REQUEST_NOT_VALID');
    const file = await this.node.oversight.case(signedIn, index);
    const report = breachIn(sent.breach, file.report ?? {}, sent.state === 'reported');
    const step = { state: `CASE_STATE_${sent.state.toUpperCase()}`, note: sent.note, ...(report && { report }) };
    try {
      await this.node.oversight.recordStep(signedIn, index, step);
    } catch (error) {
      if (!isDelayMissing(error)) throw error;
      return { ...this.view(visit, index, file, '', sent), status: 400 };
    }
    return { redirectTo: `/oversight/cases/${index}` };
  }

  /** `sent`: what was not taken, for want of a reason of the delay. */
  private view(visit: SignedInVisit, index: number, file: CaseFile, token: string, sent?: SentStep): View {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const { steps = [], facts, next_page_token: next = '' } = file;
    const shown = file.case ?? {};
    return {
      title: `${texts.case} ${index}`,
      body: (
        <OversightFrame visit={visit}>
          {this.table(language, texts.case, [shown])}
          <Numbers shown={shown} language={language} />
          <section>
            <h2 class="kern-heading-small">{texts.steps}</h2>
            <Table
              caption={texts.steps}
              columns={[OVERSIGHT_TEXTS[language].time, texts.state, texts.by, texts.note]}
              rows={steps.map(({ time, state, actor = '', note = '' }) => [
                instant(fromTimestamp(time) ?? '', language),
                wordFor(caseState(state), language),
                shortened(actor),
                note,
              ])}
              language={language}
            />
            <Pager
              language={language}
              first={`/oversight/cases/${index}`}
              isFirst={token === ''}
              next={next === '' ? undefined : `/oversight/cases/${index}?page=${encodeURIComponent(next)}`}
            />
          </section>
          {account.signedIn.role === 'officer' ? (
            <StepForm
              visit={visit}
              index={index}
              file={file}
              sent={sent}
              texts={texts}
              isLate={facts?.report_time == null && (fromTimestamp(shown.due_time) ?? Infinity) < this.clock.now()}
            />
          ) : (
            <p class="kern-body">{OVERSIGHT_TEXTS[language].officersOnly}</p>
          )}
        </OversightFrame>
      ),
    };
  }

  private async list(
    visit: SignedInVisit,
    query: QueryOf,
    part: 'incidents' | 'anomalies',
    events: readonly string[],
  ): Promise<View> {
    const { language, account } = visit;
    const token = textOf(query, 'page', 400);
    const { cases = [], next_page_token: next = '' } = await this.node.oversight.cases(account.signedIn, events, token);
    const title = OVERSIGHT_TEXTS[language][part];
    return {
      title,
      body: (
        <OversightFrame visit={visit}>
          {this.table(language, title, cases)}
          <Pager
            language={language}
            first={`/oversight/${part}`}
            isFirst={token === ''}
            next={next === '' ? undefined : `/oversight/${part}?page=${encodeURIComponent(next)}`}
          />
        </OversightFrame>
      ),
    };
  }

  private table(language: Language, caption: string, cases: readonly Case[]) {
    const texts = TEXTS[language];
    const common = OVERSIGHT_TEXTS[language];
    const nowMs = this.clock.now();
    return (
      <Table
        caption={caption}
        columns={[
          texts.case,
          common.time,
          common.event,
          texts.cause,
          common.consumer,
          common.register,
          texts.state,
          texts.due,
        ]}
        rows={cases.map((it) => {
          const entry = toListedEntry(it.entry ?? {});
          const state = caseState(it.state);
          return [
            <a class="kern-link" key={entry.log_index} href={`/oversight/cases/${entry.log_index}`}>
              {entry.log_index}
            </a>,
            instant(entry.log_time, language),
            wordFor(entry.event, language),
            wordFor(it.cause ?? '', language),
            titleOf(this.catalogue, it.anomaly?.consumer || entry.consumer, language),
            titleOf(this.catalogue, entry.register, language),
            wordFor(state, language),
            dueText(it, state, nowMs, language),
          ];
        })}
        language={language}
      />
    );
  }
}

function Numbers({ shown: { anomaly }, language }: Readonly<{ shown: Case; language: Language }>) {
  if (!anomaly) return null;
  const texts = TEXTS[language];
  const period = [anomaly.from_time, anomaly.to_time]
    .map((it) => instant(fromTimestamp(it) ?? '', language))
    .join(' – ');
  return (
    <section>
      <h2 class="kern-heading-small">{texts.numbers}</h2>
      <Table
        caption={texts.numbers}
        columns={[texts.between, texts.observed, texts.expected, texts.threshold]}
        rows={[
          [
            period,
            amount(anomaly.observed, language),
            amount(anomaly.expected, language),
            amount(anomaly.threshold, language),
          ],
        ]}
        numeric={[1, 2, 3]}
        language={language}
      />
    </section>
  );
}

/** How long there is, as long as nobody reported or dismissed it. */
function dueText({ due_time }: Case, state: string, nowMs: number, language: Language): string {
  const dueMs = fromTimestamp(due_time ?? undefined);
  if (dueMs === undefined || state === 'reported' || state === 'dismissed') return '';
  const texts = TEXTS[language];
  const left = Math.floor((dueMs - nowMs) / HOUR_MS);
  return `${instant(dueMs, language)} (${left < 0 ? texts.over : texts.left.replace('{}', String(left))})`;
}
