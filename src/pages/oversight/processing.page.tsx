import { Controller } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import type { Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { processingsOf } from './processings.js';
import { OversightFrame, Table } from './widgets.js';

type Texts = Readonly<{
  lead: string;
  service: string;
  purposes: string;
  categories: string;
  subjects: string;
  recipients: string;
  retention: string;
  months: string;
  json: string;
  version: string;
  impact: string;
}>;

const DE: Texts = {
  lead: 'Erzeugt aus dem Katalog in Kraft (Art. 30 DSGVO): Was nicht im Katalog steht, wird nicht übermittelt.',
  service: 'Verarbeitung',
  purposes: 'Zweck und Rechtsgrundlage',
  categories: 'Kategorien von Daten',
  subjects: 'Betroffene',
  recipients: 'Empfänger',
  retention: 'Löschung der Protokolldaten',
  months: 'Monate',
  json: 'Als JSON herunterladen',
  version: 'Version des Katalogs',
  impact: 'Grundlagen einer Datenschutz-Folgenabschätzung (Art. 35 DSGVO)',
};
const SIMPLE: Texts = {
  lead: 'Diese Liste kommt aus unseren Regeln (Artikel 30 DSGVO). Was nicht in den Regeln steht, geben wir nicht weiter.',
  service: 'Was wir machen',
  purposes: 'Wofür, und wo steht das im Gesetz?',
  categories: 'Welche Daten',
  subjects: 'Um wen geht es?',
  recipients: 'Wer bekommt die Daten?',
  retention: 'Wann löschen wir das Protokoll?',
  months: 'Monate',
  json: 'Als JSON-Datei laden',
  version: 'Nummer der Regeln',
  impact: 'Was wir vorher prüfen (Artikel 35 DSGVO)',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    lead: 'Made from the catalogue in force (GDPR Art. 30): what is not in the catalogue is not transferred.',
    service: 'Processing',
    purposes: 'Purpose and legal basis',
    categories: 'Categories of data',
    subjects: 'Data subjects',
    recipients: 'Recipient',
    retention: 'Erasure of the log',
    months: 'months',
    json: 'Download as JSON',
    version: 'Version of the catalogue',
    impact: 'Inputs of an impact assessment (GDPR Art. 35)',
  },
};

/** Records of processing activities (GDPR Art. 30), as the catalogue in force has them. */
@Controller()
export class ProcessingPage {
  constructor(private readonly current: CurrentCatalogue) {}

  @ShowAt('oversight/processing', INSPECTING)
  show(@VisitingSignedIn() visit: SignedInVisit): View {
    const { language } = visit;
    const texts = TEXTS[language];
    const { retention, version } = this.current.catalogue;
    return {
      title: OVERSIGHT_TEXTS[language].processing,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <Table
            caption={OVERSIGHT_TEXTS[language].processing}
            columns={[texts.service, texts.recipients, texts.purposes, texts.subjects, texts.categories]}
            rows={processingsOf(this.current, language).map((it) => [
              it.title,
              it.recipient,
              [it.purpose, ...it.legal_bases].join('; '),
              it.subjects.join(', '),
              it.categories.join('; '),
            ])}
            language={language}
          />
          <Table
            caption={texts.retention}
            columns={[texts.retention, texts.months]}
            rows={retention.map(({ id, months, norm = '' }) => [`${id} ${norm}`.trim(), months])}
            numeric={[1]}
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
  json(@VisitingSignedIn() { language }: SignedInVisit): Download {
    const { version, retention } = this.current.catalogue;
    const record = { catalogue_version: version, processings: processingsOf(this.current, language), retention };
    return {
      download: `${JSON.stringify(record, null, 2)}\n`,
      fileName: 'records-of-processing.json',
      mediaType: 'application/json',
    };
  }
}
