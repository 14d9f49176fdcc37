import { Controller, Query } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { attributeTitles, evidenceTitle, normOf, purposeTitle, titleOf } from './titles.js';
import { Choice, OversightFrame, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{
  lead: string;
  rule: string;
  effect: string;
  fields: string;
  source: string;
  all: string;
  show: string;
  evidence: string;
  why: string;
}>;

const DE: Texts = {
  lead: 'Wer was von wem wofür abrufen darf. Was hier nicht steht, ist verboten (IDNrG § 7 Abs. 2).',
  rule: 'Regel',
  effect: 'Wirkung',
  fields: 'Daten',
  source: 'Quelle',
  all: 'alle',
  show: 'Anzeigen',
  evidence: 'Nachweis',
  why: 'Warum wurde etwas erlaubt oder abgelehnt?',
};
const SIMPLE: Texts = {
  lead: 'Hier steht: Wer darf welche Daten holen? Was hier nicht steht, ist verboten (IDNrG § 7 Abs. 2).',
  rule: 'Regel',
  effect: 'Was die Regel macht',
  fields: 'Diese Daten',
  source: 'Hier steht die Regel',
  all: 'alle',
  show: 'Zeigen',
  evidence: 'Nachweis',
  why: 'Warum war etwas erlaubt oder verboten?',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    lead: 'Who may ask what from whom, and for what. What is not here is forbidden (IDNrG § 7 Abs. 2).',
    rule: 'Rule',
    effect: 'Effect',
    fields: 'Data',
    source: 'Source',
    all: 'all',
    show: 'Show',
    evidence: 'Evidence',
    why: 'Why was something permitted or refused?',
  },
};

/** The rules in force, as two persons decided them. */
@Controller()
export class PermissionsPage {
  constructor(private readonly current: CurrentCatalogue) {}

  @ShowAt('oversight/permissions', INSPECTING)
  show(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): View {
    const { language } = visit;
    const texts = TEXTS[language];
    const common = OVERSIGHT_TEXTS[language];
    const { rules } = this.current.catalogue;
    const asked = textOf(query, 'consumer');
    const consumers = [...new Set(rules.map(({ consumer }) => consumer))].toSorted();
    const shown = rules.filter(({ consumer }) => asked === '' || consumer === asked || consumer === 'any');
    return {
      title: common.catalogue,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <form class="filters" method="get" action="/oversight/permissions">
            <Choice
              name="consumer"
              label={common.asking}
              value={asked}
              options={[
                ['', texts.all],
                ...consumers.map((id) => [id, wordFor(titleOf(this.current, id, language), language)] as const),
              ]}
            />
            <Submit>{texts.show}</Submit>
          </form>
          <Table
            caption={common.catalogue}
            columns={[
              texts.rule,
              texts.effect,
              common.asking,
              common.register,
              texts.evidence,
              common.purpose,
              common.legalBasis,
              texts.fields,
              texts.source,
            ]}
            rows={shown.map((it) => [
              it.id,
              wordFor(it.effect, language),
              wordFor(titleOf(this.current, it.consumer, language), language),
              wordFor(titleOf(this.current, it.provider, language), language),
              wordFor(evidenceTitle(this.current, it.evidence_type, language), language),
              wordFor(purposeTitle(this.current, it.purpose, language), language),
              wordFor(normOf(this.current, it.legal_basis), language),
              attributeTitles(this.current, it.evidence_type, it.fields, language),
              it.source,
            ])}
            language={language}
          />
          <p>
            <a class="kern-link" href="/oversight/explanation">
              {texts.why}
            </a>
          </p>
        </OversightFrame>
      ),
    };
  }
}
