import { Body, Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { PersonKey } from '../../client/applicant.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import type { DelayedNotice } from '../../tokens/attestation.js';
import { type InLanguages, readableTime } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { LOOKED_UP_ROLE, showLookupText, shownLookupText } from '../session/shown-lookup.js';
import { CsrfField } from '../shell/form.js';
import { SignedText } from '../shell/signed-text.js';
import { taggedPdf } from '../shell/tagged-pdf.js';
import type { Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { EntryTable } from './entry-list.js';
import { OFFICERS } from './inspecting.js';
import { type OpenSearch, searchOf, withSearch } from './open-searches.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { PACKAGE_TEXTS } from './package-texts.js';
import { packageLines, type SubjectPackage, subjectPackage } from './subject-package.js';
import { Choice, Grounds, Input, OversightFrame, Submit } from './widgets.js';
import { WRITTEN_DATE, writtenDate } from './written-date.js';

/** The service of the catalogue by which an officer may look somebody up. */
const CONTROL = 'datenschutzkontrolle';
const PAGE = 50;
const PACKAGE_PAGE = 1000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

type Texts = Readonly<{
  lead: string;
  familyName: string;
  givenNames: string;
  birthDate: string;
  birthHint: string;
  postcode: string;
  town: string;
  keys: string;
  search: string;
  states: string;
  found: string;
  reaches: string;
  more: string;
  package: string;
  packagePdf: string;
  later: string;
  laterLead: string;
  norm: string;
  atOnce: string;
  days: (count: number) => string;
  until: string;
  toldFrom: string;
}>;

const DE: Texts = {
  lead: 'Eine Suche ist ein Eintrag. Andere Datenschutzbeauftragte sehen ihn, und die Person selbst findet ihn im Datenschutzcockpit.',
  familyName: 'Familienname',
  givenNames: 'Vornamen (oder Wohnort)',
  birthDate: 'Geburtsdatum',
  birthHint: 'Zum Beispiel 31.12.1980; 12.1980 oder 1980, wenn mehr nicht bekannt ist.',
  postcode: 'Postleitzahl',
  town: 'Wohnort',
  keys: 'Gesucht wird mit Name und Geburtsdatum und entweder den Vornamen oder dem Wohnort (IDNrG § 6 Abs. 3).',
  search: 'Suchen',
  states: 'Mit der Suche erklären Sie:',
  found: 'Einträge über die Person',
  reaches: 'Das Protokoll reicht zurück bis',
  more: 'Weitere',
  package: 'Auskunft nach Art. 15 DSGVO als JSON',
  packagePdf: 'Auskunft nach Art. 15 DSGVO als PDF',
  later: 'Wann die Person davon erfährt',
  laterLead:
    'In der Regel sofort. Nur wo eine Norm es verlangt, erfährt sie es später: Nennen Sie die Norm und den Tag. Danach sieht sie die Suche von selbst, mit der Norm. Öffnen Sie bis dahin keinen Eintrag über sie: Davon erfährt sie sofort.',
  norm: 'Norm',
  atOnce: 'keine: Die Person erfährt es sofort',
  days: (count) => `höchstens ${count} Tage`,
  until: 'Erfährt es ab',
  toldFrom: 'Davon weiß die Person noch nichts. Sie sieht diese Einträge ab:',
};
const SIMPLE: Texts = {
  lead: 'Wir schreiben jede Suche auf. Andere Prüfer sehen die Suche. Auch die gesuchte Person sieht sie.',
  familyName: 'Nachname',
  givenNames: 'Vornamen (oder Wohnort)',
  birthDate: 'Geburtstag',
  birthHint: 'Zum Beispiel 31.12.1980. Wissen Sie nur das Jahr? Dann schreiben Sie: 1980.',
  postcode: 'Postleitzahl',
  town: 'Wohnort',
  keys: 'Sie brauchen Nachname und Geburtstag. Und Sie brauchen die Vornamen oder den Wohnort. Das steht in IDNrG § 6 Abs. 3.',
  search: 'Suchen',
  states: 'Wenn Sie suchen, dann sagen Sie damit:',
  found: 'Das steht über die Person im Protokoll',
  reaches: 'Der älteste Eintrag ist vom',
  more: 'Mehr zeigen',
  package: 'Auskunft für die Person laden (Artikel 15 DSGVO, als JSON-Datei)',
  packagePdf: 'Auskunft für die Person laden (Artikel 15 DSGVO, als PDF-Datei)',
  later: 'Wann die Person es erfährt',
  laterLead:
    'Meistens sofort. Nur wenn ein Gesetz das sagt, erfährt die Person es später. Dann schreiben Sie hier das Gesetz und den Tag. Ab diesem Tag sieht die Person die Suche. Öffnen Sie bis dahin keinen Eintrag über die Person. Das sieht sie sofort.',
  norm: 'Gesetz',
  atOnce: 'keines: Die Person erfährt es sofort',
  days: (count) => `höchstens ${count} Tage`,
  until: 'Ab diesem Tag',
  toldFrom: 'Die Person weiß davon noch nichts. Sie sieht diese Einträge ab:',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    lead: 'A search is an entry. Other officers see it, and the person finds it among their own entries.',
    familyName: 'Family name',
    givenNames: 'Given names (or residence)',
    birthDate: 'Date of birth',
    birthHint: 'For example 31.12.1980, or 1980-12-31; 12.1980 or 1980 where no more is known.',
    postcode: 'Postcode',
    town: 'Residence',
    keys: 'Persons are found by name and date of birth and either given names or residence (IDNrG § 6 Abs. 3).',
    search: 'Search',
    states: 'By searching you state:',
    found: 'Entries about the person',
    reaches: 'The log reaches back to',
    more: 'More',
    package: 'Answer to a request by GDPR Art. 15 as JSON',
    packagePdf: 'Answer to a request by GDPR Art. 15 as PDF',
    later: 'When the person is told of it',
    laterLead:
      'At once, as a rule. Only where a norm demands it they are told later: name the norm and the day. After it they see the search by itself, with the norm. Open no entry about them until then: they are told of that at once.',
    norm: 'Norm',
    atOnce: 'none: the person is told at once',
    days: (count) => `${count} days at most`,
    until: 'Told from',
    toldFrom: 'The person does not know of these yet. They see these entries from:',
  },
};

/** What the log holds about one person, for an officer with a reason. Everything about the person is sent by forms. */
@Controller()
export class PersonSearchPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('oversight/person', OFFICERS)
  show(@VisitingSignedIn() visit: SignedInVisit, @Req() request: FastifyRequest): View {
    const texts = TEXTS[visit.language];
    return {
      title: OVERSIGHT_TEXTS[visit.language].person,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <p class="kern-body">{texts.keys}</p>
          <form method="post" action="/oversight/person" class="kern-fieldset">
            <CsrfField visit={visit} />
            <Input name="family_name" label={texts.familyName} required maxLength={200} />
            <Input name="given_names" label={texts.givenNames} maxLength={200} />
            <Input name="postcode" label={texts.postcode} maxLength={5} />
            <Input name="town" label={texts.town} maxLength={200} />
            <Input
              name="birth_date"
              label={texts.birthDate}
              hint={texts.birthHint}
              required
              pattern={WRITTEN_DATE}
              maxLength={10}
            />
            <Grounds visit={visit} />
            <h2 class="kern-heading-small">{texts.later}</h2>
            <p class="kern-body">{texts.laterLead}</p>
            <Choice
              name="norm"
              label={texts.norm}
              value=""
              options={[
                ['', texts.atOnce],
                ...this.norms().map(({ norm, max_days }) => [norm, `${norm} (${texts.days(max_days)})`] as const),
              ]}
            />
            <Input name="until" label={texts.until} type="date" min={dayIn(1)} max={dayIn(this.mostDays())} />
            <p class="kern-body">{texts.states}</p>
            <SignedText>{showLookupText(request, this.catalogue.lookup, CONTROL, visit.language)}</SignedText>
            <Submit>{texts.search}</Submit>
          </form>
        </OversightFrame>
      ),
    };
  }

  @SendTo('oversight/person', OFFICERS)
  async search(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Body() form: QueryOf,
  ): Promise<View> {
    const { signedIn } = visit.account;
    const grounds = { reason: textOf(form, 'reason', 500), fileReference: textOf(form, 'file_reference', 200) };
    if (grounds.reason.length < 10 || grounds.fileReference === '') throw new PageFault('REQUEST_NOT_VALID');
    const textHash = shownLookupText(request, this.catalogue.lookup, CONTROL);
    if (textHash === undefined) throw new PageFault('FORM_NOT_VALID');
    const applicant = { role: LOOKED_UP_ROLE, person: personOf(form) };
    const delayedNotice = this.noticeIn(form);
    // Whoever finds nobody has searched, too.
    await this.node.oversight.beginPersonSearch(signedIn, grounds);
    const subjectToken = await this.node.lookUp(CONTROL, applicant, signedIn, {
      textHash,
      fileReference: grounds.fileReference,
      delayedNotice,
    });
    const opened = withSearch(request.session.searches ?? [], { subjectToken, ...grounds }, this.clock.now());
    request.session.searches = opened.searches;
    return this.found(visit, opened.search, '');
  }

  @SendTo('oversight/person/more', OFFICERS)
  async more(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Body() form: QueryOf,
  ): Promise<View> {
    const search = this.searchIn(request, form);
    const next = textOf(form, 'next', 400);
    if (next === '') throw new PageFault('REQUEST_NOT_VALID');
    return this.found(visit, search, next);
  }

  /** Everything that the log has about the person, for whoever answers their request (GDPR Art. 15). */
  @SendTo('oversight/person/package', OFFICERS)
  async package(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Body() form: QueryOf,
  ): Promise<Download> {
    const content = await this.packageOf(visit, request, form);
    return {
      download: `${JSON.stringify(content, null, 2)}\n`,
      fileName: 'subject-access.json',
      mediaType: 'application/json',
    };
  }

  /** The same to read. */
  @SendTo('oversight/person/package/pdf', OFFICERS)
  async packagePdf(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Body() form: QueryOf,
  ): Promise<Download> {
    const { language } = visit;
    const content = await this.packageOf(visit, request, form);
    return {
      download: taggedPdf({ title: PACKAGE_TEXTS[language].title, language }, packageLines(content, language)),
      fileName: 'subject-access.pdf',
      mediaType: 'application/pdf',
    };
  }

  private async packageOf(
    { account, language }: SignedInVisit,
    request: FastifyRequest,
    form: QueryOf,
  ): Promise<SubjectPackage> {
    const search = this.searchIn(request, form);
    const entries: ListedEntry[] = [];
    let reachesBackTo = '';
    let token = '';
    do {
      const part = { size: PACKAGE_PAGE, token };
      const listed = await this.node.searchEntries(account.signedIn, search, part);
      // Whoever asks about themself gets what they may be told of.
      entries.push(...listed.entries.filter(({ told_from }) => told_from === undefined));
      reachesBackTo = listed.reaches_back_to;
      token = listed.next;
    } while (token !== '');
    const about = { fileReference: search.fileReference, reachesBackTo, entries };
    return subjectPackage(this.catalogue, about, this.clock.now(), language);
  }

  /** By which the person may be told later (BDSG § 34 Abs. 1 Nr. 1): those of the legal basis, as the catalogue names them. */
  private norms() {
    const { lookup } = this.catalogue;
    const bases = lookup.service(CONTROL)?.needs.map(({ legal_basis }) => lookup.legalBasis(legal_basis));
    return bases?.flatMap((it) => it?.delayed_notice ?? []) ?? [];
  }

  private mostDays(): number {
    return Math.max(1, ...this.norms().map(({ max_days }) => max_days));
  }

  private noticeIn(form: QueryOf): DelayedNotice | undefined {
    const [norm, until] = [textOf(form, 'norm', 200), textOf(form, 'until')];
    if (norm === '' && until === '') return undefined;
    const from = DAY.test(until) ? Date.parse(`${until}T00:00:00Z`) : Number.NaN;
    const allowed = this.norms().find((it) => it.norm === norm);
    const isWithin = allowed !== undefined && from > Date.now() && from <= Date.now() + allowed.max_days * DAY_MS;
    if (!isWithin) throw new PageFault('REQUEST_NOT_VALID');
    return { norm, until: from / 1000 };
  }

  private searchIn({ session }: FastifyRequest, form: QueryOf): OpenSearch {
    return searchOf(session.searches ?? [], textOf(form, 'search', 36), this.clock.now());
  }

  /** @param token of the part before, empty for the first */
  private async found(visit: SignedInVisit, search: OpenSearch, token: string): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const part = { size: PAGE, token };
    const { entries, reaches_back_to, next } = await this.node.searchEntries(account.signedIn, search, part);
    const kept = entries
      .flatMap(({ told_from }) => told_from ?? [])
      .toSorted()
      .at(-1);
    return {
      title: texts.found,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">
            {OVERSIGHT_TEXTS[language].fileReference}: {search.fileReference}.{' '}
            {reaches_back_to === '' ? '' : `${texts.reaches} ${readableTime(Date.parse(reaches_back_to), language)}.`}
          </p>
          {kept === undefined ? null : (
            <p class="kern-body">
              {texts.toldFrom} {readableTime(Date.parse(kept), language)}.
            </p>
          )}
          <EntryTable caption={texts.found} entries={entries} catalogue={this.catalogue} language={language} />
          <form method="post" action="/oversight/person/package">
            <SearchFields visit={visit} search={search} />
            <Submit secondary>{texts.package}</Submit>
          </form>
          <form method="post" action="/oversight/person/package/pdf">
            <SearchFields visit={visit} search={search} />
            <Submit secondary>{texts.packagePdf}</Submit>
          </form>
          {next === '' ? null : (
            <form method="post" action="/oversight/person/more">
              <SearchFields visit={visit} search={search} />
              <input type="hidden" name="next" value={next} />
              <Submit secondary>{texts.more}</Submit>
            </form>
          )}
        </OversightFrame>
      ),
    };
  }
}

/** Which search a form goes on with: another tab of the session may have searched meanwhile. */
function SearchFields({ visit, search }: Readonly<{ visit: SignedInVisit; search: OpenSearch }>) {
  return (
    <>
      <CsrfField visit={visit} />
      <input type="hidden" name="search" value={search.ref} />
    </>
  );
}

/** For an input of a day. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** One of the key sets by which a person may be found, and no other. */
function personOf(form: QueryOf): PersonKey {
  const name = (field: string) => textOf(form, field, 200);
  const [family_name, given_names] = [name('family_name'), name('given_names')];
  const birth_date = writtenDate(name('birth_date'));
  const [postcode, town] = [name('postcode'), name('town')];
  if (family_name === '' || birth_date === undefined) throw new PageFault('REQUEST_NOT_VALID');
  if (given_names !== '') return { family_name, given_names, birth_date };
  if (postcode === '' || town === '') throw new PageFault('REQUEST_NOT_VALID');
  return { family_name, postcode, town, birth_date };
}
