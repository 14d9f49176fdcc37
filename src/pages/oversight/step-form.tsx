import { RpcFailure } from '../../platform/grpc-client.js';
import type { GetCaseResponse__Output as CaseFile } from '../../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import type { InLanguages } from '../language.js';
import { PageFault } from '../page-fault.js';
import { CsrfField } from '../shell/form.js';
import type { SignedInVisit } from '../visit.js';
import { BreachFields, type BreachForm, breachFormOf } from './breach-fields.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { Choice, Input, Submit } from './widgets.js';
import { wordFor } from './words.js';

const STATES = ['in_progress', 'reported', 'dismissed'] as const;
type State = (typeof STATES)[number];

type Texts = Readonly<{ noteHint: string; record: string; article33: string; report: string }>;

const DE: Texts = {
  noteHint: 'Mindestens 10 Zeichen; steht im Protokoll. Nennen Sie keine Personen.',
  record: 'Eintragen',
  article33: 'Eine Verletzung des Schutzes personenbezogener Daten ist binnen 72 Stunden zu melden (Art. 33 DSGVO).',
  report: 'Meldung als PDF',
};
const SIMPLE: Texts = {
  noteHint: 'Schreiben Sie mindestens 10 Zeichen. Wir schreiben es auf. Nennen Sie keine Namen.',
  record: 'Eintragen',
  article33: 'Sind Daten an Fremde gekommen? Dann müssen Sie das in 72 Stunden melden. Das steht in Artikel 33 DSGVO.',
  report: 'Meldung als PDF laden',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    noteHint: 'At least 10 characters; put on record. Name no persons.',
    record: 'Record',
    article33: 'A breach of personal data has to be reported within 72 hours (GDPR Art. 33).',
    report: 'Report as PDF',
  },
};

/** A step as an officer wrote it. */
export type SentStep = Readonly<{ state: State; note: string; breach: BreachForm }>;

type Props = Readonly<{
  visit: SignedInVisit;
  index: number;
  file: CaseFile;
  /** What was not taken, for want of a reason of the delay. */
  sent: SentStep | undefined;
  texts: Readonly<{ state: string; note: string }>;
  isLate: boolean;
}>;

/** What an officer makes of a case, and says why. */
export function StepForm({ visit, index, file, sent, texts: { state, note }, isLate }: Props) {
  const { language } = visit;
  const texts = TEXTS[language];
  return (
    <form method="post" action={`/oversight/cases/${index}`} class="kern-fieldset">
      <CsrfField visit={visit} />
      {file.case?.due_time == null ? null : <p class="kern-body">{texts.article33}</p>}
      <Choice
        name="state"
        label={state}
        value={sent?.state ?? 'in_progress'}
        options={STATES.map((it) => [it, wordFor(it, language)])}
      />
      <Input
        name="note"
        label={note}
        hint={texts.noteHint}
        value={sent?.note ?? ''}
        required
        minLength={10}
        maxLength={500}
      />
      <BreachFields
        form={sent?.breach ?? breachFormOf(file.report ?? {})}
        isLate={isLate}
        isDelayMissing={sent !== undefined}
        language={language}
      />
      <Submit>{texts.record}</Submit>
      <p>
        <a class="kern-link" href={`/oversight/cases/${index}/report.pdf`}>
          {texts.report}
        </a>
      </p>
    </form>
  );
}

/** @throws PageFault for what is no state of a step */
export function stateIn(form: QueryOf): State {
  const state = STATES.find((it) => it === textOf(form, 'state'));
  if (state === undefined) throw new PageFault('REQUEST_NOT_VALID');
  return state;
}

/** Whether the node refused a late report because it does not say why (GDPR Art. 33 Abs. 1 S. 2). */
export function isDelayMissing(error: unknown): boolean {
  return error instanceof RpcFailure && error.violations.some(({ field }) => field === 'report.delay');
}
