import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { fromTimestamp } from '../../platform/clock.js';
import type { GetLogStatusResponse__Output as LogStatus } from '../../platform/rpc-types/einmal/broker/v1/GetLogStatusResponse.js';
import type { InLanguages } from '../language.js';
import { titleOf } from './titles.js';
import { amount, instant, Table } from './widgets.js';

/** GDPR Art. 33 Abs. 1. */
const REPORT_WITHIN_MS = 72 * 3_600_000;

type Texts = Readonly<{
  stopped: string;
  goesOn: string;
  caption: string;
  witness: string;
  says: string;
  kinds: Readonly<Record<string, string>>;
  proof: string;
  proven: string;
  word: string;
  size: string;
  since: string;
  todo: string;
  nothingRuns: string;
  recover: string;
  liar: string;
  report: string;
  status: string;
}>;

const TEXTS: InLanguages<Texts> = {
  de: {
    stopped: 'Ein Zeuge bestreitet dieses Protokoll. Der Knoten hat angehalten.',
    goesOn: 'Ein Zeuge bestreitet dieses Protokoll. Der Knoten arbeitet auf Anordnung weiter.',
    caption: 'Was Zeugen gegen das Protokoll sagen',
    witness: 'Zeuge',
    says: 'Was er sagt',
    kinds: {
      BEHIND: 'Er hat mehr Einträge gesehen, als das Protokoll hat',
      FORKED: 'Er hat andere Einträge gesehen',
      CONTRADICTED: 'Er bestreitet, was das Protokoll beweist',
    },
    proof: 'Beleg',
    proven: 'durch Unterschriften des Protokolls bewiesen',
    word: 'Wort des Zeugen',
    size: 'Einträge, die er sah',
    since: 'Gemeldet am',
    todo: 'Was zu tun ist',
    nothingRuns:
      'Bis dahin wird nichts abgerufen und nichts eingesehen: Beides wäre ein Eintrag, und das Protokoll nimmt keinen an.',
    recover: 'Der Betreiber vergleicht Datenbank, Schlüssel und Zeugen mit „einmal audit recover“.',
    liar: 'Ein Zeuge, der Falsches sagt und nichts beweist, wird im Katalog gestrichen; das tun zwei Personen.',
    report: 'Prüfen Sie eine Meldung an die Aufsicht (Art. 33 DSGVO). Ihre Frist endet spätestens am',
    status: 'Das alles kann jeder nachlesen:',
  },
  'de-simple': {
    stopped: 'Ein Zeuge sagt: Das Protokoll stimmt nicht. Wir haben alles angehalten.',
    goesOn: 'Ein Zeuge sagt: Das Protokoll stimmt nicht. Wir machen trotzdem weiter.',
    caption: 'Das sagen die Zeugen',
    witness: 'Zeuge',
    says: 'Was sagt er?',
    kinds: {
      BEHIND: 'Es fehlen Einträge',
      FORKED: 'Die Einträge sind anders',
      CONTRADICTED: 'Das Protokoll stimmt nicht',
    },
    proof: 'Ist das bewiesen?',
    proven: 'Ja',
    word: 'Nein. Er sagt es nur',
    size: 'So viele Einträge sah er',
    since: 'Seit wann?',
    todo: 'Das müssen Sie tun',
    nothingRuns: 'Wir holen keine Daten. Wir zeigen auch keine Einträge. Wir können gerade nichts aufschreiben.',
    recover: 'Sagen Sie dem Betreiber Bescheid. Sein Befehl heißt „einmal audit recover“.',
    liar: 'Hat der Zeuge gelogen? Dann streichen 2 Personen ihn aus dem Katalog.',
    report: 'Müssen Sie das der Aufsicht melden? (Artikel 33 DSGVO) Dann spätestens am',
    status: 'Hier kann das jeder lesen:',
  },
  en: {
    stopped: 'A witness disputes this log. The node has stopped.',
    goesOn: 'A witness disputes this log. The node goes on by order.',
    caption: 'What witnesses say against the log',
    witness: 'Witness',
    says: 'What it says',
    kinds: {
      BEHIND: 'It saw more entries than the log has',
      FORKED: 'It saw other entries',
      CONTRADICTED: 'It disputes what the log proves',
    },
    proof: 'Proof',
    proven: 'proven by signatures of the log',
    word: 'the word of the witness',
    size: 'Entries that it saw',
    since: 'Reported on',
    todo: 'What to do',
    nothingRuns:
      'Until then nothing is retrieved and nothing inspected: either would be an entry, and the log takes none.',
    recover: 'The operator compares database, keys and witnesses by “einmal audit recover”.',
    liar: 'A witness that says what is false and proves nothing is removed from the catalogue, by two persons.',
    report: 'Examine whether to report it to the supervisory authority (GDPR Art. 33). The term ends on',
    status: 'Anybody can read all of this at:',
  },
};

type Props = Readonly<{ status: LogStatus; issuer: string; current: CurrentCatalogue; language: Language }>;

/** What witnesses hold against the log, since when, and what to do: nothing of it names a person. Nothing where there is nothing. */
export function LogAlarm({ status: { disputes = [], stopped = false }, issuer, current, language }: Props) {
  if (disputes.length === 0) return null;
  const texts = TEXTS[language];
  const times = disputes.flatMap(({ reported_time }) => fromTimestamp(reported_time) ?? []);
  const todo = [
    ...(stopped ? [texts.nothingRuns, texts.recover] : [texts.recover]),
    texts.liar,
    ...(times.length > 0 ? [`${texts.report} ${instant(Math.min(...times) + REPORT_WITHIN_MS, language)}.`] : []),
    `${texts.status} ${issuer}/log/status`,
  ];
  return (
    <section aria-labelledby="log-alarm">
      <div class="kern-alert kern-alert--danger" role="alert">
        <div class="kern-alert__header">
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-title" id="log-alarm">
            {stopped ? texts.stopped : texts.goesOn}
          </span>
        </div>
      </div>
      <Table
        caption={texts.caption}
        columns={[texts.witness, texts.says, texts.proof, texts.size, texts.since]}
        rows={disputes.map(({ witness = '', kind, proven, tree_size, reported_time }) => [
          titleOf(current, witness, language),
          texts.kinds[String(kind).replace('LOG_DISPUTE_KIND_', '')] ?? '',
          proven ? texts.proven : texts.word,
          amount(tree_size, language),
          instant(fromTimestamp(reported_time) ?? '', language),
        ])}
        numeric={[3]}
        language={language}
      />
      <h2 class="kern-heading-small">{texts.todo}</h2>
      <ul class="kern-list kern-list--bullet">
        {todo.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </section>
  );
}
