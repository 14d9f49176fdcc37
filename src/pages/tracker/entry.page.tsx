import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { OwnEntry } from '../../client/citizen-calls.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { UUID } from '../../platform/uuid.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { Alert } from '../shell/alert.js';
import { Facts } from '../shell/facts.js';
import { CsrfField } from '../shell/form.js';
import { LinkLine } from '../shell/link-line.js';
import type { Answer, View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { Citizens } from './citizens.js';
import { ENTRY_TEXTS } from './entry-texts.js';
import { indexOf } from './index-of.js';
import { Letter } from './letter.js';
import { entrySentence } from './sentences.js';
import { shownEntry } from './shown-entry.js';
import { Titles } from './titles.js';

const MAX_REMARK = 1000;

/** What a person wrote of a datum that is wrong. */
type Report = Readonly<{ reportId: string; attribute: string; remark: string }>;

/** One entry, opened on request, and what a person can do about it. */
@Controller()
export class EntryPage {
  constructor(
    private readonly citizens: Citizens,
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('data/entry/:index', FOR_CITIZENS)
  show(@Req() request: FastifyRequest, @Visiting() visit: Visit, @Param('index') given: string): Promise<View> {
    return this.entry(request, visit, indexOf(given));
  }

  /** @param unfit what cannot be reported as it is written: it stands in the form again */
  private async entry(request: FastifyRequest, visit: Visit, index: number, unfit?: Report): Promise<View> {
    const opened = await this.citizens.with(request, (citizen) => this.node.citizen.openEntry(citizen, index));
    const titles = new Titles(this.catalogue.lookup, visit.language);
    const entry = shownEntry(opened.receipt);
    const isGiven = entry.event === 'retrieval.closed' && GIVEN.includes(entry.outcome);
    return {
      title: ENTRY_TEXTS[visit.language].title,
      body: (
        <>
          <p class="kern-body kern-body--large">{entrySentence(entry, titles)}</p>
          <EntryFacts opened={opened} titles={titles} />
          {entry.event === 'discrepancy.reported' ? (
            <p class="kern-body">
              <a class="kern-link" href={`/data/report/${index}`}>
                {ENTRY_TEXTS[visit.language].toReport}
              </a>
            </p>
          ) : null}
          <Question opened={opened} titles={titles} />
          {isGiven && opened.attributes.length > 0 ? (
            <ReportForm opened={opened} titles={titles} visit={visit} unfit={unfit} />
          ) : null}
          <LinkLine href="/data/result">{ENTRY_TEXTS[visit.language].back}</LinkLine>
        </>
      ),
    };
  }

  @SendTo('data/entry/:index/report', FOR_CITIZENS)
  async report(
    @Req() request: FastifyRequest,
    @Visiting() visit: Visit,
    @Param('index') given: string,
    @Body() form: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> {
    const logIndex = indexOf(given);
    const { attribute, remark: sent, report: reportId } = form;
    if (
      typeof sent !== 'string' ||
      typeof attribute !== 'string' ||
      typeof reportId !== 'string' ||
      !UUID.test(reportId)
    )
      throw new PageFault('REQUEST_NOT_VALID');
    // Browsers count a line break as one character and send it as two (HTML, 4.10.19.4 and 4.10.21.5).
    const remark = sent.replaceAll('\r\n', '\n');
    const again = async () => {
      const unfit = { reportId, attribute, remark };
      return { ...(await this.entry(request, visit, logIndex, unfit)), status: 400 };
    };
    if (remark.trim() === '' || remark.length > MAX_REMARK) return again();
    const wish = { reportId, logIndex, attribute, remark };
    try {
      const index = await this.citizens.with(request, (citizen) => this.node.citizen.reportDiscrepancy(citizen, wish));
      return { redirectTo: `/data/report/${index}` };
    } catch (error) {
      // As of a text with characters that no register takes.
      if (error instanceof RpcFailure && error.reason === 'REQUEST_INVALID') return again();
      throw error;
    }
  }

  @ShowAt('data/report/:index', FOR_CITIZENS)
  async standing(
    @Req() request: FastifyRequest,
    @Visiting() { language }: Visit,
    @Param('index') given: string,
  ): Promise<View> {
    const index = indexOf(given);
    const standing = await this.citizens.with(request, (citizen) => this.node.citizen.discrepancy(citizen, index));
    const titles = new Titles(this.catalogue.lookup, language);
    const texts = ENTRY_TEXTS[language];
    const rows = [
      [texts.register, titles.register(standing.register)],
      [texts.reportState, texts.reportStates[standing.state]],
      [texts.accepted, titles.time(standing.accepted_at)],
      [texts.changed, titles.time(standing.changed_at)],
      ...(standing.explanation === '' ? [] : [[texts.explanation, standing.explanation] as const]),
    ] as const;
    return {
      title: texts.reportTitle,
      body: (
        <>
          <p class="kern-body">{texts.reportLead}</p>
          <Facts rows={rows} />
          <LinkLine href="/data/result">{texts.back}</LinkLine>
        </>
      ),
    };
  }
}

const GIVEN: readonly string[] = ['released', 'partly_released'];

type Opened = Readonly<{ opened: OwnEntry; titles: Titles }>;

function EntryFacts({ opened, titles }: Opened) {
  const { language } = titles;
  const texts = ENTRY_TEXTS[language];
  const entry = shownEntry(opened.receipt);
  const attributes = opened.attributes.map((it) => titles.attribute(entry.evidence_type, it));
  const rows = [
    [texts.consumer, titles.participant(entry.consumer)],
    [texts.time, titles.time(entry.log_time)],
    [texts.register, entry.register === '' ? '' : titles.register(entry.register)],
    [texts.attributes, attributes.join(', ')],
    [texts.purpose, entry.purpose === '' ? '' : titles.purpose(entry.purpose)],
    [texts.law, titles.law(entry.purpose, entry.legal_basis)],
    [texts.reference, opened.file_reference],
    [texts.representation, opened.representation],
    [texts.ownStatements, opened.own_statements === 0 ? '' : String(opened.own_statements)],
    [texts.number, String(entry.log_index)],
  ] as const;
  return (
    <>
      <Facts rows={rows.filter(([, value]) => value !== '')} />
      {attributes.length === 0 ? <p class="kern-body">{texts.noAttributes}</p> : null}
      <p class="kern-body">{texts.noContent}</p>
    </>
  );
}

function Question({ opened, titles }: Opened) {
  const texts = ENTRY_TEXTS[titles.language];
  const { consumer, log_index: index, log_time } = shownEntry(opened.receipt);
  const time = titles.time(log_time);
  return (
    <section aria-labelledby="ask">
      <h2 class="kern-heading-medium" id="ask">
        {texts.ask}
      </h2>
      <p class="kern-body">{texts.askLead}</p>
      <Letter to={consumer} text={texts.letter({ index, time })} titles={titles} />
      <p class="kern-body">{texts.complain}</p>
    </section>
  );
}

type ReportProps = Opened & Readonly<{ visit: Visit; unfit: Report | undefined }>;

function ReportForm({ opened, titles, visit, unfit }: ReportProps) {
  const texts = ENTRY_TEXTS[titles.language];
  const { evidence_type: type, log_index: index } = shownEntry(opened.receipt);
  return (
    <section aria-labelledby="wrong">
      <h2 class="kern-heading-medium" id="wrong">
        {texts.wrong}
      </h2>
      <p class="kern-body">{texts.wrongLead}</p>
      <form method="post" action={`/data/entry/${index}/report`}>
        <CsrfField visit={visit} />
        {unfit === undefined ? null : <Alert>{texts.unfit}</Alert>}
        {/* The same form sent twice is one report. */}
        <input type="hidden" name="report" value={unfit?.reportId ?? randomUUID()} />
        <div class="kern-form-input">
          <label class="kern-label" for="attribute">
            {texts.which}
          </label>
          <div class="kern-form-input__select-wrapper">
            <select class="kern-form-input__select" id="attribute" name="attribute" required>
              {opened.attributes.map((it) => (
                <option key={it} value={it} selected={it === unfit?.attribute}>
                  {titles.attribute(type, it)}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="kern-form-input">
          <label class="kern-label" for="remark">
            {texts.remark}
          </label>
          <div class="kern-hint" id="remark-hint">
            {texts.remarkHint}
          </div>
          <textarea
            class="kern-form-input__input"
            id="remark"
            name="remark"
            rows={5}
            maxLength={MAX_REMARK}
            aria-describedby="remark-hint"
            required
            value={unfit?.remark}
          />
        </div>
        <button class="kern-btn kern-btn--primary" type="submit">
          <span class="kern-label">{texts.send}</span>
        </button>
      </form>
    </section>
  );
}
