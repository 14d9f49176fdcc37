import { Body, Controller, Param } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { toListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { fromTimestamp } from '../../platform/clock.js';
import type { InspectEntryResponse__Output as Inspected } from '../../platform/rpc-types/einmal/broker/v1/InspectEntryResponse.js';
import type { OtherSide__Output } from '../../platform/rpc-types/einmal/broker/v1/OtherSide.js';
import type { InLanguages } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { CsrfField } from '../shell/form.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { indexOf, type QueryOf, textOf } from './entry-filter.js';
import { EntryTable } from './entry-list.js';
import { INSPECTING, OFFICERS } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { purposeTitle, titleOf } from './titles.js';
import { Grounds, instant, OversightFrame, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{
  glance: string;
  clear: string;
  hidden: string;
  open: string;
  proof: string;
  proven: string;
  rules: string;
  rule: string;
  effect: string;
  source: string;
  related: string;
  trigger: string;
  other: string;
  otherStates: Readonly<Record<string, string>>;
  root: string;
  leaf: string;
}>;

const DE: Texts = {
  glance: 'Auf einen Blick',
  clear: 'Offene Hälfte',
  hidden: 'Geschützte Hälfte',
  open: 'Geschützte Hälfte öffnen',
  proof: 'Beweis',
  proven: 'Der Knoten hat eben nachgerechnet: Dieser Eintrag steht unverändert im Protokoll.',
  rules: 'Regeln, die entschieden haben',
  rule: 'Regel',
  effect: 'Wirkung',
  source: 'Quelle',
  related: 'Einträge desselben Austauschs',
  trigger: 'Entscheidung, auf der er beruht',
  other: 'Protokoll des Registers',
  otherStates: {
    line: 'Das Register hat diesen Abruf so protokolliert:',
    none: 'Das Register hat zu diesem Abruf nichts protokolliert.',
    young: 'Das Register gibt so junge Zeilen noch nicht heraus.',
    silent: 'Das Register antwortet gerade nicht.',
  },
  root: 'Wurzel des Baums',
  leaf: 'Blatt',
};
const SIMPLE: Texts = {
  glance: 'Das Wichtigste',
  clear: 'Das dürfen alle Prüfer sehen',
  hidden: 'Das ist geschützt',
  open: 'Geschützte Daten zeigen',
  proof: 'Beweis',
  proven: 'Wir haben gerade nachgerechnet. Der Eintrag ist echt. Niemand hat ihn geändert.',
  rules: 'Diese Regeln haben entschieden',
  rule: 'Regel',
  effect: 'Was die Regel macht',
  source: 'Hier steht die Regel',
  related: 'Was noch dazu gehört',
  trigger: 'Darum ging das',
  other: 'Das hat das Register aufgeschrieben',
  otherStates: {
    line: 'Das Register hat das so aufgeschrieben:',
    none: 'Das Register hat dazu nichts aufgeschrieben.',
    young: 'Der Eintrag ist noch zu neu. Das Register zeigt ihn später.',
    silent: 'Das Register antwortet gerade nicht.',
  },
  root: 'Prüf-Zahl vom ganzen Protokoll',
  leaf: 'Prüf-Zahl vom Eintrag',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    glance: 'At a glance',
    clear: 'Clear half',
    hidden: 'Protected half',
    open: 'Open the protected half',
    proof: 'Proof',
    proven: 'The node has just computed: this entry is in the log as it was written.',
    rules: 'Rules that decided',
    rule: 'Rule',
    effect: 'Effect',
    source: 'Source',
    related: 'Entries of the same exchange',
    trigger: 'Decision that it rests on',
    other: 'Log of the register',
    otherStates: {
      line: 'The register has this retrieval on record like this:',
      none: 'The register has nothing on record about this retrieval.',
      young: 'The register does not give lines as young as that.',
      silent: 'The register does not answer now.',
    },
    root: 'Root of the tree',
    leaf: 'Leaf',
  },
};

/** One entry with its proof; to an officer who says why, with its protected half. That comes by a form: no reason stands in an address. */
@Controller()
export class LogEntryPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('oversight/entries/:index', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Param('index') index: string): Promise<View> {
    return this.view(visit, await this.node.oversight.inspect(visit.account.signedIn, indexOf(index)));
  }

  @SendTo('oversight/entries/:index', OFFICERS)
  async open(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('index') index: string,
    @Body() form: QueryOf,
  ): Promise<View> {
    const grounds = { reason: textOf(form, 'reason', 500), file_reference: textOf(form, 'file_reference', 200) };
    if (grounds.reason.length < 10 || grounds.file_reference === '') throw new PageFault('REQUEST_NOT_VALID');
    return this.view(visit, await this.node.oversight.inspect(visit.account.signedIn, indexOf(index), grounds));
  }

  private view(visit: SignedInVisit, inspected: Inspected): View {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const entry = toListedEntry(inspected.entry ?? {});
    const { rules = [], related = [], receipt, protected: hidden } = inspected;
    return {
      title: `${OVERSIGHT_TEXTS[language].entry} ${entry.log_index}`,
      body: (
        <OversightFrame visit={visit}>
          <EntryTable caption={texts.glance} entries={[entry]} catalogue={this.catalogue} language={language} />
          <Half title={texts.clear} json={inspected.caller ?? '{}'} />
          {hidden === undefined ? null : <Half title={texts.hidden} json={hidden} />}
          {hidden === undefined && account.signedIn.role === 'officer' ? (
            <form method="post" action={`/oversight/entries/${entry.log_index}`} class="kern-fieldset">
              <h2 class="kern-heading-small">{texts.open}</h2>
              <CsrfField visit={visit} />
              <Grounds visit={visit} />
              <Submit>{texts.open}</Submit>
            </form>
          ) : null}
          {hidden === undefined ? null : (
            <section>
              <h2 class="kern-heading-small">{texts.rules}</h2>
              <Table
                caption={texts.rules}
                columns={[texts.rule, texts.effect, texts.source]}
                rows={rules.map(({ rule = '', effect = '', source = '' }) => [rule, wordFor(effect, language), source])}
                language={language}
              />
            </section>
          )}
          <section>
            <h2 class="kern-heading-small">{texts.proof}</h2>
            <p class="kern-body">{texts.proven}</p>
            <dl class="kern-description-list">
              <div class="kern-description-list-item">
                <dt class="kern-description-list-item__key">{texts.root}</dt>
                <dd class="kern-description-list-item__value">{base64(receipt?.root_hash)}</dd>
              </div>
              <div class="kern-description-list-item">
                <dt class="kern-description-list-item__key">{texts.leaf}</dt>
                <dd class="kern-description-list-item__value">{base64(receipt?.entry)}</dd>
              </div>
            </dl>
            <pre class="command">
              <code>{receipt?.tlog_proof ?? ''}</code>
            </pre>
          </section>
          {inspected.other_side ? (
            <OtherSide other={inspected.other_side} catalogue={this.catalogue} language={language} />
          ) : null}
          {inspected.trigger ? (
            <section>
              <h2 class="kern-heading-small">{texts.trigger}</h2>
              <EntryTable
                caption={texts.trigger}
                entries={[toListedEntry(inspected.trigger)]}
                catalogue={this.catalogue}
                language={language}
              />
            </section>
          ) : null}
          <section>
            <h2 class="kern-heading-small">{texts.related}</h2>
            <EntryTable
              caption={texts.related}
              entries={related.map(toListedEntry)}
              catalogue={this.catalogue}
              language={language}
            />
          </section>
        </OversightFrame>
      ),
    };
  }
}

type OtherProps = Readonly<{ other: OtherSide__Output; catalogue: CurrentCatalogue; language: Language }>;

function OtherSide({ other, catalogue, language }: OtherProps) {
  const texts = TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  const { state = '', log_time, consumer = '', purpose = '', outcome = '', reason = '' } = other;
  return (
    <section>
      <h2 class="kern-heading-small">{texts.other}</h2>
      <p class="kern-body">{texts.otherStates[state]}</p>
      {state === 'line' ? (
        <Table
          caption={texts.other}
          columns={[common.time, common.consumer, common.purpose, common.outcome, common.reason]}
          rows={[
            [
              instant(fromTimestamp(log_time) ?? '', language),
              titleOf(catalogue, consumer, language),
              purposeTitle(catalogue, purpose, language),
              wordFor(outcome, language),
              wordFor(reason, language),
            ],
          ]}
          language={language}
        />
      ) : null}
    </section>
  );
}

/** A half of a record, member by member, as it was logged. */
function Half({ title, json }: Readonly<{ title: string; json: string }>) {
  const members = Object.entries(JSON.parse(json) as Readonly<Record<string, unknown>>);
  return (
    <section>
      <h2 class="kern-heading-small">{title}</h2>
      <dl class="kern-description-list">
        {members.map(([name, value]) => (
          <div class="kern-description-list-item" key={name}>
            <dt class="kern-description-list-item__key">{name}</dt>
            <dd class="kern-description-list-item__value">
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function base64(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}
