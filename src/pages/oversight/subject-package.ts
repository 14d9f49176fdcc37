import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { permittedTransfers } from '../../catalogue/permitted-transfers.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import { readableTime } from '../language.js';
import type { PdfLine } from '../shell/tagged-pdf.js';
import { entrySentence } from '../tracker/sentences.js';
import { Titles } from '../tracker/titles.js';
import { type Deletion, deletionOf } from './deletion.js';
import { PACKAGE_TEXTS } from './package-texts.js';
import { normOf } from './titles.js';
import { wordFor } from './words.js';

/** What the log has about one person, as far as they may be told. `reachesBackTo` in ISO 8601, empty for an empty log. */
export type SubjectEntries = Readonly<{
  fileReference: string;
  reachesBackTo: string;
  entries: readonly ListedEntry[];
}>;

type Titled = Readonly<{ id: string; title: string }>;
type Recipient = Titled & Readonly<{ contact: string; data_protection_officer: string; received: boolean }>;
type Category = Titled & Readonly<{ purpose: string; recipient: string; attributes: readonly Titled[] }>;
/** The clear columns, and what they are called; a column that is empty has no title. */
type ReadableEntry = ListedEntry & Readonly<{ sentence: string; titles: Readonly<Record<string, string>> }>;

/** The answer to a request of a person, in the order of GDPR Art. 15 (1). Names nobody. */
export type SubjectPackage = Readonly<{
  file_reference: string;
  /** ISO 8601. */
  made_at: string;
  reaches_back_to: string;
  purposes: readonly (Titled & Readonly<{ legal_bases: readonly string[] }>)[];
  categories: readonly Category[];
  recipients: readonly Recipient[];
  retention: readonly Deletion[];
  rights: readonly Readonly<{ right: string; norm: string; how: string }>[];
  sources: readonly Titled[];
  automated_decision: string;
  entries: readonly ReadableEntry[];
}>;

const GIVEN: readonly string[] = ['released', 'partly_released'];

export function subjectPackage(
  current: CurrentCatalogue,
  { fileReference, reachesBackTo, entries }: SubjectEntries,
  nowMs: number,
  language: Language,
): SubjectPackage {
  const titles = new Titles(current.lookup, language);
  const texts = PACKAGE_TEXTS[language];
  // Steps of an exchange; looks into the log have no register and pass nothing on.
  const asked = entries.filter(({ register }) => register !== '');
  return {
    file_reference: fileReference,
    made_at: new Date(nowMs).toISOString(),
    reaches_back_to: reachesBackTo,
    purposes: valuesOf(entries, 'purpose').map((id) => ({
      ...{ id, title: titles.purpose(id) },
      legal_bases: basesOf(current, entries, id),
    })),
    categories: categoriesOf(current, asked, titles),
    recipients: valuesOf(asked, 'consumer').map((id) => ({
      ...{ id, title: titles.participant(id) },
      contact: current.lookup.participant(id)?.contact?.controller ?? '',
      data_protection_officer: current.lookup.participant(id)?.contact?.data_protection_officer ?? '',
      received: asked.some(({ consumer, outcome }) => consumer === id && GIVEN.includes(outcome)),
    })),
    retention: deletionOf(current.catalogue.retention, language),
    rights: texts.rightsList,
    sources: valuesOf(asked, 'register').map((id) => ({ id, title: titles.register(id) })),
    automated_decision: texts.noAutomated,
    entries: entries.map((entry) => ({
      ...entry,
      sentence: entrySentence(entry, titles),
      titles: entryTitles(entry, titles),
    })),
  };
}

/** The same to read: headings and paragraphs. */
export function* packageLines(content: SubjectPackage, language: Language): Generator<PdfLine> {
  const texts = PACKAGE_TEXTS[language];
  const time = (iso: string) => (iso === '' ? texts.none : readableTime(Date.parse(iso), language));
  yield ['H1', texts.title];
  yield ['P', texts.lead];
  yield ['P', `${texts.reference}: ${content.file_reference}`];
  yield ['P', `${texts.made}: ${time(content.made_at)}. ${texts.reaches}: ${time(content.reaches_back_to)}.`];
  yield* part(
    texts.purposes,
    content.purposes.map(({ title, legal_bases }) =>
      [title, legal_bases.join(', ')].filter((it) => it !== '').join(': '),
    ),
    texts.none,
  );
  yield* part(
    texts.categories,
    content.categories.map(
      ({ title, purpose, recipient, attributes }) =>
        `${title} (${recipient}; ${purpose}): ${attributes.map((it) => it.title).join(', ')}`,
    ),
    texts.none,
  );
  yield ['P', texts.atMost];
  yield* part(
    texts.recipients,
    content.recipients.map(
      (it) => `${it.title}: ${it.received ? texts.received : texts.notReceived}. ${contactOf(it, language)}`,
    ),
    texts.none,
  );
  yield* part(
    texts.retention,
    content.retention.map(({ data, period }) => `${data}: ${period}`),
    texts.none,
  );
  yield* part(
    texts.rights,
    content.rights.map(({ right, norm, how }) => `${right} (${norm}): ${how}`),
    texts.none,
  );
  yield* part(
    texts.sources,
    content.sources.map(({ title }) => title),
    texts.none,
  );
  yield* part(texts.automated, [content.automated_decision], texts.none);
  yield* part(
    texts.entries,
    content.entries.map(({ log_index, sentence }) => `${log_index}: ${sentence}`),
    texts.none,
  );
}

function* part(title: string, paragraphs: readonly string[], none: string): Generator<PdfLine> {
  yield ['H2', title];
  for (const text of paragraphs.length === 0 ? [none] : paragraphs) yield ['P', text];
}

function contactOf({ contact, data_protection_officer: officer }: Recipient, language: Language): string {
  const texts = PACKAGE_TEXTS[language];
  return contact === '' ? `${texts.noContact}.` : `${texts.contact}: ${contact}; ${texts.officer}: ${officer}`;
}

/** What was asked for, and what the rules let through of it at most: which of it was given is at the register alone. */
function categoriesOf(current: CurrentCatalogue, asked: readonly ListedEntry[], titles: Titles): readonly Category[] {
  const isAsked = (consumer: string, purpose: string, type: string) =>
    asked.some((it) => it.consumer === consumer && it.purpose === purpose && it.evidence_type === type);
  return permittedTransfers(current.lookup).flatMap(({ rule: { consumer, purpose, evidence_type: id }, fields }) =>
    isAsked(consumer, purpose, id)
      ? [
          {
            ...{ id, title: titles.evidence(id) },
            ...{ purpose: titles.purpose(purpose), recipient: titles.participant(consumer) },
            attributes: fields.map((field) => ({ id: field, title: titles.attribute(id, field) })),
          },
        ]
      : [],
  );
}

function basesOf(current: CurrentCatalogue, entries: readonly ListedEntry[], purpose: string): readonly string[] {
  const ids = entries.filter((it) => it.purpose === purpose && it.legal_basis !== '').map((it) => it.legal_basis);
  return [...new Set(ids.map((it) => normOf(current, it)))];
}

function entryTitles(entry: ListedEntry, titles: Titles): Readonly<Record<string, string>> {
  const named = {
    event: wordFor(entry.event, titles.language),
    consumer: titles.participant(entry.consumer),
    register: titles.register(entry.register),
    evidence_type: titles.evidence(entry.evidence_type),
    purpose: titles.purpose(entry.purpose),
    legal_basis: titles.law('', entry.legal_basis),
    outcome: wordFor(entry.outcome, titles.language),
    reason: wordFor(entry.reason, titles.language),
  };
  return Object.fromEntries(Object.entries(named).filter(([, title]) => title !== ''));
}

function valuesOf(entries: readonly ListedEntry[], member: 'purpose' | 'consumer' | 'register'): readonly string[] {
  return [...new Set(entries.map((it) => it[member]))].filter((it) => it !== '');
}
