import { Controller } from '@nestjs/common';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { ShowAt } from '../page-at.js';
import type { Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { deletionOf } from './deletion.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { MEASURES, PROCESSING_TEXTS } from './processing-texts.js';
import { type Controller as Controlling, type Processing, processingsOf, type Use } from './processings.js';
import { amount, instant, OversightFrame, Table } from './widgets.js';

/** Records of processing activities (GDPR Art. 30), as the catalogue in force and the log have them. */
@Controller()
export class ProcessingPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly current: CurrentCatalogue,
  ) {}

  @ShowAt('oversight/processing', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit): Promise<View> {
    const { language } = visit;
    const texts = PROCESSING_TEXTS[language];
    const { retention, version } = this.current.catalogue;
    const processings = await this.processings(visit);
    return {
      title: OVERSIGHT_TEXTS[language].processing,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <Table
            caption={OVERSIGHT_TEXTS[language].processing}
            columns={[texts.service, texts.controller, texts.purposes, texts.subjects, texts.categories, texts.use]}
            rows={processings.map((it) => [
              it.title,
              `${it.recipient} (${it.recipient_category}). ${contactText(it.controller, language)}`,
              [it.purpose, ...it.legal_bases].join('; '),
              it.subjects.join(', '),
              it.categories.join('; '),
              useText(it, language),
            ])}
            language={language}
          />
          <h2 class="kern-heading-small">{texts.deletion}</h2>
          <Table
            caption={texts.deletion}
            columns={[texts.categories, texts.period]}
            rows={deletionOf(retention, language).map(({ data, period }) => [data, period])}
            language={language}
          />
          <h2 class="kern-heading-small">{texts.measures}</h2>
          <Table
            caption={texts.measures}
            columns={[texts.measures, texts.document]}
            rows={MEASURES.map(({ measure, document }) => [measure[language], <code key={document}>{document}</code>])}
            language={language}
          />
          <p class="kern-body">
            {texts.version}: <code>{version}</code>
          </p>
          <p class="entries__links">
            <a class="kern-link" href="/oversight/processing.json">
              {texts.json}
            </a>
            <a class="kern-link" href="/oversight/impact">
              {texts.impact}
            </a>
          </p>
        </OversightFrame>
      ),
    };
  }

  @ShowAt('oversight/processing.json', INSPECTING)
  async json(@VisitingSignedIn() visit: SignedInVisit): Promise<Download> {
    const { language } = visit;
    const { version, retention } = this.current.catalogue;
    const record = {
      catalogue_version: version,
      processings: await this.processings(visit),
      retention,
      deletion: deletionOf(retention, language),
      measures: MEASURES.map(({ measure, document }) => ({ measure: measure[language], document })),
    };
    return {
      download: `${JSON.stringify(record, null, 2)}\n`,
      fileName: 'records-of-processing.json',
      mediaType: 'application/json',
    };
  }

  private async processings({ account, language }: SignedInVisit): Promise<readonly Processing[]> {
    const { uses = [] } = await this.node.oversight.processingUse(account.signedIn);
    return processingsOf(this.current, language, uses);
  }
}

function contactText({ contact, data_protection_officer: officer, state }: Controlling, language: Language): string {
  const texts = PROCESSING_TEXTS[language];
  if (state === 'to_be_filled_in') return `${texts.toFillIn}.`;
  const said = `${contact}; ${texts.officer}: ${officer}`;
  return state === 'verified' ? said : `${said} (${texts.notVerified})`;
}

function useText({ use, use_days: days }: Processing, language: Language): string {
  const texts = PROCESSING_TEXTS[language];
  const limit = days === undefined ? [] : [`${days} ${texts.days}`];
  return [use === undefined ? texts.neverUsed : countsText(use, language), ...limit].join('; ');
}

function countsText({ retrievals, lookups, first, last }: Use, language: Language): string {
  const texts = PROCESSING_TEXTS[language];
  const counts = `${texts.retrievals}: ${amount(retrievals, language)}, ${texts.lookups}: ${amount(lookups, language)}`;
  return `${counts}; ${instant(first, language)} – ${instant(last, language)}`;
}
