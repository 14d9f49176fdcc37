import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PagesConnection } from '../../client/pages-connection.js';
import { fromTimestamp } from '../../platform/clock.js';
import type { GetSampleResponse__Output as SampleFile } from '../../platform/rpc-types/einmal/broker/v1/GetSampleResponse.js';
import type { Sample__Output as Sample } from '../../platform/rpc-types/einmal/broker/v1/Sample.js';
import type { InLanguages } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { Alert } from '../shell/alert.js';
import { Facts } from '../shell/facts.js';
import { CsrfField } from '../shell/form.js';
import type { Answer, Redirect, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { indexOf, momentOf, type QueryOf, textOf } from './entry-filter.js';
import { INSPECTING, OFFICERS } from './inspecting.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { Choice, Input, instant, OversightFrame, Pager, Submit, Table } from './widgets.js';
import { wordFor } from './words.js';

const NONCE_BYTES = 32;
const NONCES_MOST = 20;

type Texts = Readonly<{
  lead: string;
  from: string;
  to: string;
  size: string;
  commit: string;
  sample: string;
  committed: string;
  state: string;
  waiting: string;
  fixed: string;
  drawn: string;
  draw: string;
  nonce: string;
  nonceHint: string;
  nonceNow: string;
  items: string;
  drawnAll: string;
  finding: string;
  note: string;
  record: string;
  noteMissing: string;
  noteShort: string;
  report: string;
  population: string;
  checkpoint: string;
  proofs: string;
  proofsName: string;
  proofsLater: string;
  tooEarly: string;
}>;

const DE: Texts = {
  lead: 'Gezogen wird mit einer Zufallszahl, auf die Sie sich vorher festlegen, und den Unterschriften der Zeugen danach. So kann weder der Betreiber noch Sie die Auswahl lenken (IDNrG § 8).',
  from: 'Einträge ab',
  to: 'Einträge vor',
  size: 'Anzahl der Abrufe',
  commit: 'Auf eine Stichprobe festlegen',
  sample: 'Stichprobe',
  committed: 'Festgelegt am',
  state: 'Stand',
  waiting: 'wartet auf die Unterschriften der Zeugen',
  fixed: 'festgelegt, kann gezogen werden',
  drawn: 'gezogen',
  draw: 'Ziehen',
  nonce: 'Zufallszahl (hexadezimal)',
  nonceHint: 'Steht noch in Ihrer Sitzung, falls Sie nicht abgemeldet waren.',
  nonceNow: 'Ihre Zufallszahl. Bewahren Sie sie auf und sagen Sie sie niemandem; der Knoten kennt nur ihren Hash:',
  items: 'Arbeitsliste',
  drawnAll:
    'Was außerdem gezogen und übergangen wurde, weil es kein beendeter Abruf ist, steht in der Datei zum Prüfen.',
  finding: 'Ergebnis',
  note: 'Bemerkung',
  record: 'Eintragen',
  noteMissing: 'Schreiben Sie mit mindestens 10 Zeichen, was Sie beanstanden. Es ist noch nichts eingetragen.',
  noteShort: 'Mindestens 10 Zeichen.',
  report: 'Bericht als PDF',
  population: 'Aus den Einträgen',
  checkpoint: 'Checkpoint mit den Unterschriften',
  proofs: 'Datei zum Prüfen (einmal verify sample)',
  proofsLater: 'Es gibt sie, sobald die Zeugen auch das Ziehen unterschrieben haben, also etwas später.',
  tooEarly:
    'Die Stichprobe kann noch nicht gezogen werden: Die Zeugen haben noch nicht alles unterschrieben. Ihre Zufallszahl haben wir dem Knoten nicht gesagt. Bitte versuchen Sie es später noch einmal.',
  proofsName:
    'Die Datei zum Prüfen enthält Pseudonym, Sitzung und Rolle dessen, der die Stichprobe angelegt hat. Personen, deren Daten abgerufen wurden, nennt sie nicht.',
};
const SIMPLE: Texts = {
  lead: 'Sie prüfen einige Abrufe. Der Zufall wählt sie aus. Niemand kann die Auswahl lenken, auch Sie nicht (IDNrG § 8).',
  from: 'Ab wann',
  to: 'Bis wann',
  size: 'Wie viele Abrufe?',
  commit: 'Stich-Probe beginnen',
  sample: 'Stich-Probe',
  committed: 'Begonnen am',
  state: 'So weit sind wir',
  waiting: 'Wir warten auf die Zeugen',
  fixed: 'Alles steht fest. Sie können jetzt ziehen',
  drawn: 'Gezogen',
  draw: 'Ziehen',
  nonce: 'Ihre Zufalls-Zahl',
  nonceHint: 'Waren Sie nicht abgemeldet? Dann steht die Zahl schon hier.',
  nonceNow:
    'Das ist Ihre Zufalls-Zahl. Schreiben Sie die Zahl auf. Sie brauchen sie beim Ziehen. Wir kennen die Zahl noch nicht:',
  items: 'Das müssen Sie prüfen',
  drawnAll: 'Manches war kein fertiger Abruf. Das haben wir ausgelassen. Es steht in der Datei zum Nachprüfen.',
  finding: 'Ist alles richtig?',
  note: 'Was ist Ihnen aufgefallen?',
  record: 'Eintragen',
  noteMissing:
    'Schreiben Sie: Was ist falsch? Sie brauchen mindestens 10 Zeichen. Bis jetzt steht nichts im Protokoll.',
  noteShort: 'Sie brauchen mindestens 10 Zeichen.',
  report: 'Bericht als PDF laden',
  population: 'Aus den Einträgen',
  checkpoint: 'Stand des Protokolls mit Unterschriften',
  proofs: 'Datei zum Nachprüfen laden (einmal verify sample)',
  proofsLater: 'Die Datei gibt es erst etwas später. Vorher müssen die Zeugen unterschreiben.',
  tooEarly:
    'Sie können noch nicht ziehen. Wir warten auf die Zeugen. Ihre Zufalls-Zahl haben wir niemandem gesagt. Bitte versuchen Sie es später noch einmal.',
  proofsName:
    'In der Datei zum Nachprüfen steht, wer die Prüfung begonnen hat, unter einem Deck-Namen. Personen, deren Daten jemand geholt hat, stehen nicht darin.',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    lead: 'It is drawn by a random number that you commit to beforehand, and by what the witnesses sign afterwards. So neither the operator nor you steer it (IDNrG § 8).',
    from: 'Entries from (German time)',
    to: 'Entries before (German time)',
    size: 'Number of retrievals',
    commit: 'Commit to a sample',
    sample: 'Sample',
    committed: 'Committed at',
    state: 'State',
    waiting: 'waits for the signatures of the witnesses',
    fixed: 'fixed, can be drawn',
    drawn: 'drawn',
    draw: 'Draw',
    nonce: 'Random number (hexadecimal)',
    nonceHint: 'Still in your session, unless you were signed out.',
    nonceNow: 'Your random number. Keep it and tell it to nobody; the node knows no more than its hash:',
    items: 'Work-list',
    drawnAll: 'What else was drawn and passed over, being no retrieval that ended, stands in the file to verify.',
    finding: 'Finding',
    note: 'Note',
    record: 'Record',
    noteMissing: 'Write in at least 10 characters what you object to. Nothing is recorded yet.',
    noteShort: 'At least 10 characters.',
    report: 'Report as PDF',
    population: 'From the entries',
    checkpoint: 'Checkpoint with the signatures',
    proofs: 'File to verify (einmal verify sample)',
    proofsLater: 'It is there once the witnesses have signed the draw, too, a little later.',
    tooEarly:
      'The sample cannot be drawn yet: the witnesses have not signed everything. The node was not told your random number. Please try again later.',
    proofsName:
      'The file to verify holds pseudonym, session and role of the officer who committed to the sample. It names nobody whose data was retrieved.',
  },
};

/** Random samples for spot checks (IDNrG § 8). */
@Controller()
export class SamplesPage {
  constructor(private readonly node: PagesConnection) {}

  @ShowAt('oversight/samples', INSPECTING)
  async show(@VisitingSignedIn() visit: SignedInVisit, @Query() query: QueryOf): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const token = textOf(query, 'page', 400);
    const { samples = [], next_page_token: next = '' } = await this.node.oversight.samples(account.signedIn, token);
    return {
      title: OVERSIGHT_TEXTS[language].samples,
      body: (
        <OversightFrame visit={visit}>
          <p class="kern-body">{texts.lead}</p>
          <Table
            caption={OVERSIGHT_TEXTS[language].samples}
            columns={[texts.sample, texts.committed, texts.size, texts.state]}
            rows={samples.map((it) => [
              <a class="kern-link" key={it.log_index} href={`/oversight/samples/${it.log_index}`}>
                {it.log_index}
              </a>,
              instant(fromTimestamp(it.commit_time) ?? '', language),
              it.size ?? 0,
              stateOf(it, texts),
            ])}
            numeric={[2]}
            language={language}
          />
          <Pager
            language={language}
            first="/oversight/samples"
            isFirst={token === ''}
            next={next === '' ? undefined : `/oversight/samples?page=${encodeURIComponent(next)}`}
          />
          {account.signedIn.role === 'officer' ? (
            <form class="filters" method="post" action="/oversight/samples">
              <CsrfField visit={visit} />
              <Input name="from" label={texts.from} type="datetime-local" step={1} required />
              <Input name="to" label={texts.to} type="datetime-local" step={1} required />
              <Input name="size" label={texts.size} type="number" value="10" min={1} max={200} required />
              <Submit>{texts.commit}</Submit>
            </form>
          ) : null}
        </OversightFrame>
      ),
    };
  }

  @SendTo('oversight/samples', OFFICERS)
  async commit(
    @VisitingSignedIn() { account }: SignedInVisit,
    @Req() request: FastifyRequest,
    @Body() form: QueryOf,
  ): Promise<Redirect> {
    const [fromMs, toMs] = [momentOf(textOf(form, 'from')), momentOf(textOf(form, 'to'))];
    const size = Number(textOf(form, 'size'));
    if (fromMs === undefined || toMs === undefined || !Number.isInteger(size)) throw new PageFault('REQUEST_NOT_VALID');
    const nonce = randomBytes(NONCE_BYTES);
    const nonceHash = createHash('sha256').update(nonce).digest();
    const { log_index: index = '' } = await this.node.oversight.commitSample(account.signedIn, {
      nonceHash,
      fromMs,
      toMs,
      size,
    });
    const kept = Object.entries(request.session.nonces ?? {}).slice(1 - NONCES_MOST);
    request.session.nonces = { ...Object.fromEntries(kept), [nonceHash.toString('hex')]: nonce.toString('hex') };
    return { redirectTo: `/oversight/samples/${index}` };
  }

  @ShowAt('oversight/samples/:index', INSPECTING)
  async work(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('index') given: string,
  ): Promise<View> {
    return this.view(visit, request, indexOf(given));
  }

  /** `alert`: why something was not done; `sent`: what was not taken, for want of a note. */
  private async view(
    visit: SignedInVisit,
    request: FastifyRequest,
    index: number,
    { alert, sent }: Readonly<{ alert?: string; sent?: SentFinding }> = {},
  ): Promise<View> {
    const { language, account } = visit;
    const texts = TEXTS[language];
    const file = await this.node.oversight.sample(account.signedIn, index, { counted_only: true });
    const sample = file.sample ?? {};
    if (isDrawn(sample)) forgetNonce(request, sample);
    return {
      title: `${texts.sample} ${index}`,
      body: (
        <OversightFrame visit={visit}>
          {alert === undefined ? null : <Alert>{alert}</Alert>}
          <Facts
            rows={[
              [texts.state, stateOf(sample, texts)],
              [texts.population, `${sample.first_index} – ${Number(sample.end_index) - 1}`],
            ]}
          />
          {isDrawn(sample) ? (
            <WorkList visit={visit} sample={sample} items={file.items ?? []} sent={sent} />
          ) : (
            <DrawForm visit={visit} sample={sample} nonce={request.session.nonces?.[hexOf(sample.nonce_hash)] ?? ''} />
          )}
        </OversightFrame>
      ),
    };
  }

  @SendTo('oversight/samples/:index/draw', OFFICERS)
  async draw(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('index') given: string,
    @Body() form: QueryOf,
  ): Promise<Answer> {
    const { signedIn } = visit.account;
    const [index, nonce] = [indexOf(given), textOf(form, 'nonce')];
    if (!/^[0-9a-f]{64}$/.test(nonce)) throw new PageFault('REQUEST_NOT_VALID');
    const { sample } = await this.node.oversight.sample(signedIn, index, { counted_only: true });
    // A node that refuses the nonce has read it.
    if (sample !== undefined && isDrawn(sample)) {
      forgetNonce(request, sample);
      return { redirectTo: `/oversight/samples/${index}` };
    }
    // Nor may one that does not say how far the sample is.
    if (sample?.state !== 'SAMPLE_STATE_FIXED')
      return { ...(await this.view(visit, request, index, { alert: TEXTS[visit.language].tooEarly })), status: 409 };
    const drawn = await this.node.oversight.drawSample(signedIn, index, Buffer.from(nonce, 'hex'));
    forgetNonce(request, drawn.sample ?? {});
    return { redirectTo: `/oversight/samples/${index}` };
  }

  @SendTo('oversight/samples/:index/findings', OFFICERS)
  async record(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('index') given: string,
    @Body() form: QueryOf,
  ): Promise<Answer> {
    const sent = { entry: textOf(form, 'entry'), finding: textOf(form, 'finding'), note: textOf(form, 'note', 500) };
    const { finding, note } = sent;
    if (finding === 'objection' && note.length < 10)
      return {
        ...(await this.view(visit, request, indexOf(given), { alert: TEXTS[visit.language].noteMissing, sent })),
        status: 400,
      };
    const found = { sample_index: indexOf(given), log_index: indexOf(sent.entry), finding, note };
    await this.node.oversight.recordFinding(visit.account.signedIn, found);
    return { redirectTo: `/oversight/samples/${indexOf(given)}` };
  }
}

/** As an officer wrote it. */
type SentFinding = Readonly<{ entry: string; finding: string; note: string }>;
type Props = Readonly<{ visit: SignedInVisit; sample: Sample }>;
type WorkProps = Props & Readonly<{ items: NonNullable<SampleFile['items']>; sent: SentFinding | undefined }>;

/** As long as it cannot be drawn the nonce is shown to be kept, and is asked for by nothing that would tell it to the node. */
function DrawForm({ visit, sample, nonce }: Props & Readonly<{ nonce: string }>) {
  const texts = TEXTS[visit.language];
  if (visit.account.signedIn.role !== 'officer') return null;
  if (sample.state === 'SAMPLE_STATE_FIXED')
    return (
      <form class="filters" method="post" action={`/oversight/samples/${sample.log_index}/draw`}>
        <CsrfField visit={visit} />
        <Input name="nonce" label={texts.nonce} hint={texts.nonceHint} value={nonce} required maxLength={64} />
        <Submit>{texts.draw}</Submit>
      </form>
    );
  if (nonce === '') return null;
  return (
    <>
      <p class="kern-body">{texts.nonceNow}</p>
      <pre class="command">
        <code>{nonce}</code>
      </pre>
    </>
  );
}

/** All that counts is one page of the node: no sample has more. */
function WorkList({ visit, sample, items, sent }: WorkProps) {
  const { language, account } = visit;
  const texts = TEXTS[language];
  const { log_index: index, checkpoint = '' } = sample;
  const open = items.filter(({ finding }) => !finding);
  return (
    <>
      <Table
        caption={texts.items}
        columns={[OVERSIGHT_TEXTS[language].entry, texts.finding, texts.note]}
        rows={items.map(({ log_index, finding = '', note = '' }) => [
          <a class="kern-link" key={log_index} href={`/oversight/entries/${log_index}`}>
            {log_index}
          </a>,
          wordFor(finding, language),
          note,
        ])}
        language={language}
      />
      <p class="kern-body">{texts.drawnAll}</p>
      {account.signedIn.role === 'officer' && open.length > 0 ? (
        <form class="filters" method="post" action={`/oversight/samples/${index}/findings`}>
          <CsrfField visit={visit} />
          <Choice
            name="entry"
            label={OVERSIGHT_TEXTS[language].entry}
            value={sent?.entry ?? ''}
            options={open.map(({ log_index = '' }) => [log_index, log_index])}
          />
          <Choice
            name="finding"
            label={texts.finding}
            value={sent?.finding ?? 'in_order'}
            options={['in_order', 'objection'].map((it) => [it, wordFor(it, language)])}
          />
          <Input
            name="note"
            label={texts.note}
            value={sent?.note ?? ''}
            {...(sent && { fault: texts.noteShort })}
            maxLength={500}
          />
          <Submit>{texts.record}</Submit>
        </form>
      ) : null}
      <p class="entries__links">
        <a class="kern-link" href={`/oversight/samples/${index}/report.pdf`}>
          {texts.report}
        </a>
        <a class="kern-link" href={`/oversight/samples/${index}/proofs.json`}>
          {texts.proofs}
        </a>
      </p>
      <p class="kern-body kern-body--small">
        {texts.proofsLater} {texts.proofsName}
      </p>
      <details>
        <summary class="kern-body">{texts.checkpoint}</summary>
        <pre class="command">
          <code>{`${checkpoint}\nnonce ${hexOf(sample.nonce)}`}</code>
        </pre>
      </details>
    </>
  );
}

function isDrawn({ state }: Sample): boolean {
  return state === 'SAMPLE_STATE_DRAWN';
}

/** Once it is told, it is in the log. */
function forgetNonce(request: FastifyRequest, sample: Sample): void {
  const { [hexOf(sample.nonce_hash)]: told, ...kept } = request.session.nonces ?? {};
  if (told !== undefined) request.session.nonces = kept;
}

function stateOf(sample: Sample, texts: Texts): string {
  if (isDrawn(sample)) return texts.drawn;
  return sample.state === 'SAMPLE_STATE_FIXED' ? texts.fixed : texts.waiting;
}

function hexOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
