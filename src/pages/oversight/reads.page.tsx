import { Controller, Query } from '@nestjs/common';
import { toListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { INSPECTING } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { instant, OversightFrame, Pager, shortened, Table } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{ who: string; you: string; what: string; opened: string; lead: string }>;

const DE: Texts = {
  who: 'Wer',
  you: 'Sie',
  what: 'Was',
  opened: 'Geöffneter Eintrag',
  lead: 'Wer wann was eingesehen hat, Sie selbst eingeschlossen.',
};
const SIMPLE: Texts = {
  who: 'Wer',
  you: 'Sie',
  what: 'Was',
  opened: 'Welcher Eintrag?',
  lead: 'Hier steht: Wer hat wann was angesehen? Auch Sie stehen in der Liste.',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    who: 'Who',
    you: 'you',
    what: 'What',
    opened: 'Opened entry',
    lead: 'Who looked at what and when, you included.',
  },
};

/** Who looked at what. */
@Controller()
export class ReadsPage {
  constructor(private readonly node: PagesConnection) {}

  @ShowAt('oversight/reads', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const common = OVERSIGHT_TEXTS[language];
    const token = textOf(query, 'page', 400);
    const { reads = [], next_page_token: next = '' } = await this.node.oversight.reads(account.signedIn, token);
    return {
      title: common.reads,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <Table
            caption={common.reads}
            columns={[common.entry, common.time, texts.who, texts.what, texts.opened, common.why, common.fileReference]}
            rows={reads.map((it) => {
              const entry = toListedEntry(it.entry ?? {});
              return [
                entry.log_index,
                instant(entry.log_time, language),
                it.own ? texts.you : `${wordFor(it.role ?? '', language)} ${shortened(it.actor ?? '')}`.trim(),
                wordFor(it.view || entry.event, language),
                it.opened_index === undefined ? (
                  ''
                ) : (
                  <a class="kern-link" key="opened" href={`/oversight/entries/${it.opened_index}`}>
                    {it.opened_index}
                  </a>
                ),
                it.reason ?? '',
                it.file_reference ?? '',
              ];
            })}
            language={language}
          />
          <Pager
            language={language}
            first="/oversight/reads"
            isFirst={token === ''}
            next={next === '' ? undefined : `/oversight/reads?page=${encodeURIComponent(next)}`}
          />
        </OversightFrame>
      ),
    };
  }
}
