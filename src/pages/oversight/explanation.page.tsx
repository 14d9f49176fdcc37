import { Controller, Query } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { TransferWish } from '../../client/oversight-connection.js';
import { PagesConnection } from '../../client/pages-connection.js';
import type { Explanation__Output } from '../../platform/rpc-types/einmal/broker/v1/Explanation.js';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { type About, explainedWords } from './explained-words.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { attributeTitles, evidenceTitle, purposeTitle, titleOf } from './titles.js';
import { Choice, OversightFrame, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{
  title: string;
  ask: string;
  evidence: string;
  permitted: string;
  refused: string;
  fields: string;
  missing: string;
  rules: string;
  rule: string;
  part: string;
  source: string;
  changes: string;
  who: string;
  edits: string;
  /** By whom the node names. */
  whose: Readonly<Record<string, string>>;
}>;

const DE: Texts = {
  title: 'Warum erlaubt, warum abgelehnt?',
  ask: 'Erklären',
  evidence: 'Nachweis',
  permitted: 'Das ist erlaubt.',
  refused: 'Das ist nicht erlaubt.',
  fields: 'Daten, die weitergegeben werden dürfen',
  missing: 'Was fehlt',
  rules: 'Regeln, die passen',
  rule: 'Regel',
  part: 'Wirkung',
  source: 'Quelle',
  changes: 'Was sich ändern müsste',
  who: 'Wer',
  edits: 'Änderung',
  whose: {
    catalogue: 'zwei Personen der Verwaltung des Katalogs',
    consumer: 'die anfragende Stelle',
    register: 'das Register',
  },
};
const SIMPLE: Texts = {
  title: 'Warum ja? Warum nein?',
  ask: 'Erklären',
  evidence: 'Welche Daten',
  permitted: 'Das ist erlaubt.',
  refused: 'Das ist nicht erlaubt.',
  fields: 'Diese Daten dürfen weiter',
  missing: 'Das fehlt',
  rules: 'Diese Regeln passen',
  rule: 'Regel',
  part: 'Was die Regel macht',
  source: 'Hier steht die Regel',
  changes: 'Das müsste anders sein',
  who: 'Wer muss das ändern?',
  edits: 'Was muss anders werden?',
  whose: { catalogue: 'Zwei Personen, die die Regeln pflegen', consumer: 'Wer fragt', register: 'Das Register' },
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    title: 'Why permitted, why refused?',
    ask: 'Explain',
    evidence: 'Evidence',
    permitted: 'This is permitted.',
    refused: 'This is not permitted.',
    fields: 'Data that may pass',
    missing: 'What is missing',
    rules: 'Rules that match',
    rule: 'Rule',
    part: 'Part',
    source: 'Source',
    changes: 'What would have to change',
    who: 'Who',
    edits: 'Change',
    whose: { catalogue: 'two administrators of the catalogue', consumer: 'who asks', register: 'the register' },
  },
};

/** What the rules in force say to a question, decided again by the node. */
@Controller()
export class ExplanationPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly current: CurrentCatalogue,
  ) {}

  @ShowAt('oversight/explanation', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const common = OVERSIGHT_TEXTS[language];
    const { participants, registers, evidence_types, purposes, legal_bases } = this.current.catalogue;
    const question: TransferWish = {
      consumer: textOf(query, 'consumer'),
      register: textOf(query, 'register'),
      evidence_type: textOf(query, 'evidence_type'),
      purpose: textOf(query, 'purpose'),
      legal_basis: textOf(query, 'legal_basis'),
    };
    const isAsked = Object.values(question).every((it) => it !== '');
    const { explanation } = isAsked ? await this.node.oversight.explain(account.signedIn, question) : {};
    const asking = participants.filter(({ kind }) => ['online-service', 'authority', 'pages'].includes(kind));
    const titled = ({ id }: Readonly<{ id: string }>) => [id, titleOf(this.current, id, language)] as const;
    return {
      title: texts.title,
      body: (
        <OversightFrame visit={visit}>
          <form class="filters" method="get" action="/oversight/explanation">
            <Choice name="consumer" label={common.asking} value={question.consumer} options={asking.map(titled)} />
            <Choice name="register" label={common.register} value={question.register} options={registers.map(titled)} />
            <Choice
              name="evidence_type"
              label={texts.evidence}
              value={question.evidence_type}
              options={evidence_types.map(({ id }) => [id, evidenceTitle(this.current, id, language)] as const)}
            />
            <Choice
              name="purpose"
              label={common.purpose}
              value={question.purpose}
              options={purposes.map(({ id }) => [id, purposeTitle(this.current, id, language)] as const)}
            />
            <Choice
              name="legal_basis"
              label={common.legalBasis}
              value={question.legal_basis}
              options={legal_bases.map(({ id, norm, paragraph }) => [id, `${norm} ${paragraph}`] as const)}
            />
            <Submit>{texts.ask}</Submit>
          </form>
          {explanation ? (
            <Explained
              explanation={explanation}
              about={{ current: this.current, evidenceType: question.evidence_type, language }}
            />
          ) : null}
        </OversightFrame>
      ),
    };
  }
}

type ExplainedProps = Readonly<{
  explanation: Explanation__Output;
  about: About;
}>;

function Explained({ explanation, about }: ExplainedProps) {
  const { current, evidenceType, language } = about;
  const texts = TEXTS[language];
  const { permitted = false, fields = [], missing = [], missing_said = [], matched = [], changes = [] } = explanation;
  return (
    <>
      <p class="kern-body kern-body--large">{permitted ? texts.permitted : texts.refused}</p>
      {fields.length === 0 ? null : (
        <p class="kern-body">
          {texts.fields}: {attributeTitles(current, evidenceType, fields, language)}
        </p>
      )}
      {missing.length === 0 ? null : (
        <section>
          <h2 class="kern-heading-small">{texts.missing}</h2>
          <ul class="kern-list kern-list--bullet">
            {missing.map((own, nth) => (
              <li key={own}>{explainedWords(missing_said[nth] ?? {}, own, about)}</li>
            ))}
          </ul>
        </section>
      )}
      {matched.length === 0 ? null : (
        <section>
          <h2 class="kern-heading-small">{texts.rules}</h2>
          <Table
            caption={texts.rules}
            columns={[texts.rule, texts.part, texts.source]}
            rows={matched.map(({ rule_id = '', part = '', source = '' }) => [rule_id, wordFor(part, language), source])}
            language={language}
          />
        </section>
      )}
      {changes.length === 0 ? null : (
        <section>
          <h2 class="kern-heading-small">{texts.changes}</h2>
          <Table
            caption={texts.changes}
            columns={[texts.who, texts.edits]}
            rows={changes.map(({ who = '', edits = [], edits_said = [] }) => [
              texts.whose[who] ?? who,
              edits.map((own, nth) => explainedWords(edits_said[nth] ?? {}, own, about)).join(' '),
            ])}
            language={language}
          />
        </section>
      )}
    </>
  );
}
