import { Controller } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import { ShowAt } from '../page-at.js';
import type { Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { type ImpactInputs, impactInputs } from './impact-inputs.js';
import { IMPACT_TEXTS } from './impact-texts.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { attributeTitles, evidenceTitle } from './titles.js';
import { amount, instant, OversightFrame, Table } from './widgets.js';
import { wordFor } from './words.js';

const YEAR_MS = 365 * 86_400_000;

/** What an impact assessment starts from (GDPR Art. 35 Abs. 7), as the catalogue in force and the log of a year have it. */
@Controller()
export class ImpactPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly current: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('oversight/impact', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit): Promise<View> {
    const { language } = visit;
    const texts = IMPACT_TEXTS[language];
    const inputs = await this.inputs(visit);
    return {
      title: texts.title,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <p class="kern-body">
            {instant(inputs.period.from, language)} – {instant(inputs.period.to, language)}; {texts.version}:{' '}
            <code>{inputs.catalogue_version}</code>
          </p>
          <Description inputs={inputs} language={language} />
          <Necessity inputs={inputs} current={this.current} language={language} />
          <Risks inputs={inputs} language={language} />
          <Measures inputs={inputs} language={language} />
          <p class="entries__links">
            <a class="kern-link" href="/oversight/impact.json">
              {texts.json}
            </a>
            <a class="kern-link" href="/oversight/processing">
              {OVERSIGHT_TEXTS[language].processing}
            </a>
          </p>
        </OversightFrame>
      ),
    };
  }

  @ShowAt('oversight/impact.json', INSPECTING)
  async json(@VisitingSignedIn() visit: SignedInVisit): Promise<Download> {
    return {
      download: `${JSON.stringify(await this.inputs(visit), null, 2)}\n`,
      fileName: 'impact-assessment-inputs.json',
      mediaType: 'application/json',
    };
  }

  private async inputs({ account, language }: SignedInVisit): Promise<ImpactInputs> {
    const overview = await this.node.oversight.overview(account.signedIn, this.clock.now() - YEAR_MS);
    return impactInputs(this.current, overview, language);
  }
}

type Props = Readonly<{ inputs: ImpactInputs; language: Language }>;

function Description({ inputs: { description }, language }: Props) {
  const texts = IMPACT_TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  return (
    <section>
      <h2 class="kern-heading-small">{texts.description}</h2>
      <Table
        caption={texts.processings}
        columns={[texts.service, texts.recipient, texts.purpose, texts.subjects]}
        rows={description.processings.map((it) => [
          it.title,
          it.recipient,
          [it.purpose, ...it.legal_bases].join('; '),
          it.subjects.join(', '),
        ])}
        language={language}
      />
      <Table
        caption={texts.volumes}
        columns={[common.consumer, common.register, texts.retrievals, wordFor('released', language)]}
        rows={description.volumes.map((it) => [
          it.consumer,
          it.register,
          amount(it.retrievals, language),
          amount(it.released, language),
        ])}
        numeric={[2, 3]}
        language={language}
      />
    </section>
  );
}

function Necessity({ inputs: { necessity }, current, language }: Props & Readonly<{ current: CurrentCatalogue }>) {
  const texts = IMPACT_TEXTS[language];
  return (
    <section>
      <h2 class="kern-heading-small">{texts.necessity}</h2>
      <Table
        caption={texts.necessity}
        columns={[texts.service, texts.evidence, texts.basis, texts.fields, texts.leftOut]}
        rows={necessity.map((it) => [
          it.service,
          evidenceTitle(current, it.evidence_type, language),
          `${it.legal_basis} (${texts.triggers[it.trigger] ?? it.trigger}${it.preview ? `, ${texts.preview}` : ''})`,
          attributeTitles(current, it.evidence_type, it.fields, language),
          attributeTitles(current, it.evidence_type, it.left_out, language),
        ])}
        language={language}
      />
    </section>
  );
}

function Risks({ inputs: { risks }, language }: Props) {
  const texts = IMPACT_TEXTS[language];
  const kinds = [
    ...[...risks.alarms, ...risks.outcomes].map(({ name, count }) => [wordFor(name, language), count] as const),
    ...risks.refusals.map(({ name, count }) => [`${texts.refused}: ${wordFor(name, language)}`, count] as const),
    [texts.open, risks.open_retrievals] as const,
    [texts.erasureDue, Number(risks.erasure_due)] as const,
  ];
  return (
    <section>
      <h2 class="kern-heading-small">{texts.risks}</h2>
      <Table
        caption={texts.risks}
        columns={[texts.what, OVERSIGHT_TEXTS[language].count]}
        rows={kinds.map(([name, count]) => [name, amount(count, language)])}
        numeric={[1]}
        language={language}
      />
    </section>
  );
}

function Measures({ inputs: { measures }, language }: Props) {
  const texts = IMPACT_TEXTS[language];
  const { witnesses } = measures;
  const facts = [
    [texts.denials, measures.denials.join(', ')],
    ...measures.limits.map(({ rule, consumer, limits }) => [
      `${texts.limit}: ${rule}`,
      `${consumer}: ${limitText(limits)}`,
    ]),
    ...measures.retention.map(({ id, months, norm = '' }) => [
      `${texts.retention}: ${id} ${norm}`.trim(),
      `${months} ${texts.months}`,
    ]),
    [
      texts.witnesses,
      `${witnesses.needed} / ${witnesses.named}; ${amount(witnesses.cosigned, language)} / ${amount(witnesses.logged, language)}`,
    ],
    ...measures.reconciled.map(({ register, to }) => [`${texts.reconciled}: ${register}`, instant(to, language)]),
    [texts.insideAreas, measures.check_inside_areas ? texts.yes : texts.no],
    ...Object.entries(measures.thresholds).map(([name, value]) => [
      `${texts.threshold}: ${name}`,
      amount(value, language),
    ]),
  ];
  return (
    <section>
      <h2 class="kern-heading-small">{texts.measures}</h2>
      <Table caption={texts.measures} columns={[texts.what, texts.value]} rows={facts} language={language} />
    </section>
  );
}

function limitText({ requests, persons, ...days }: ImpactInputs['measures']['limits'][number]['limits']): string {
  const rates = Object.entries({ requests, persons }).flatMap(([name, rate]) =>
    rate === undefined ? [] : [`${name} ${rate.max}/${rate.per}`],
  );
  return [...rates, ...Object.entries(days).map(([name, value]) => `${name} ${value}`)].join(', ');
}
