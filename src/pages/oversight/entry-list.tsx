import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { purposeTitle, titleOf } from './titles.js';
import { instant, Table } from './widgets.js';
import { wordFor } from './words.js';

type Props = Readonly<{
  caption: string;
  entries: readonly ListedEntry[];
  catalogue: CurrentCatalogue;
  language: Language;
}>;

export function EntryTable({ caption, entries, catalogue, language }: Props) {
  const texts = OVERSIGHT_TEXTS[language];
  return (
    <Table
      caption={caption}
      columns={[
        texts.entry,
        texts.time,
        texts.event,
        texts.consumer,
        texts.register,
        texts.purpose,
        texts.outcome,
        texts.reason,
      ]}
      rows={entries.map((it) => [
        <a class="kern-link" key={it.log_index} href={`/oversight/entries/${it.log_index}`}>
          {it.log_index}
        </a>,
        instant(it.log_time, language),
        wordFor(it.event, language),
        titleOf(catalogue, it.consumer, language),
        titleOf(catalogue, it.register, language),
        purposeTitle(catalogue, it.purpose, language),
        wordFor(it.outcome, language),
        wordFor(it.reason, language),
      ])}
      language={language}
    />
  );
}
