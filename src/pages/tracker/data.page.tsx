import { Controller, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { ShowAt } from '../page-at.js';
import { SignedText } from '../shell/signed-text.js';
import type { View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { Citizens } from './citizens.js';
import { EntryList, RegisterLines } from './entry-list.js';
import { askable, chosenRegisters, overviewOf } from './overview.js';
import { RegisterTable } from './register-table.js';
import { Timeline } from './timeline.js';
import { Titles } from './titles.js';
import { TRACKER_TEXTS } from './tracker-texts.js';

/** Who used my data: asked live, and gone with the answer. */
@Controller()
export class DataPage {
  constructor(
    private readonly citizens: Citizens,
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('data', { ...FOR_CITIZENS, isEntry: true })
  choose(@Req() request: FastifyRequest, @Visiting() { language }: Visit): View {
    const texts = TRACKER_TEXTS[language];
    const titles = new Titles(this.catalogue.lookup, language);
    return {
      title: texts.title,
      body: (
        <>
          <p class="kern-body kern-body--large">{texts.lead}</p>
          <ul class="kern-list kern-list--bullet">
            {texts.what.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
          <form method="get" action="/data/result">
            <fieldset class="kern-fieldset" aria-describedby="choose-hint">
              <legend class="kern-label kern-label--large">{texts.choose}</legend>
              <p class="kern-hint" id="choose-hint">
                {texts.chooseHint}
              </p>
              <div class="kern-fieldset__body">
                {askable(this.catalogue).map((register) => (
                  <div key={register} class="kern-form-check">
                    <input
                      class="kern-form-check__checkbox"
                      type="checkbox"
                      name="register"
                      id={`register-${register}`}
                      value={register}
                      checked
                    />
                    <label class="kern-label" for={`register-${register}`}>
                      {titles.register(register)}
                    </label>
                  </div>
                ))}
              </div>
            </fieldset>
            <p class="kern-body">{texts.lookup}</p>
            <SignedText>{this.citizens.show(request, language)}</SignedText>
            <button class="kern-btn kern-btn--primary" type="submit">
              <span class="kern-label">{texts.ask}</span>
            </button>
          </form>
        </>
      ),
    };
  }

  @ShowAt('data/result', FOR_CITIZENS)
  async show(
    @Req() request: FastifyRequest,
    @Visiting() visit: Visit,
    @Query('register') register: unknown,
    @Query('before') before: unknown,
  ): Promise<View> {
    const { language } = visit;
    const texts = TRACKER_TEXTS[language];
    const titles = new Titles(this.catalogue.lookup, language);
    const registers = chosenRegisters(register, this.catalogue);
    const choice = { registers, before: typeof before === 'string' ? before : '' };
    const overview = await this.citizens.with(request, (citizen) => overviewOf(this.node, citizen, choice));
    const same = registers.map((it): [string, string] => ['register', it]);
    const query = new URLSearchParams(same).toString();
    const older = new URLSearchParams([...same, ['before', overview.log.next]]).toString();
    return {
      title: texts.result,
      body: (
        <>
          <p class="kern-body">{texts.notKept}</p>
          <RegisterTable answers={overview.registers} titles={titles} />
          <section aria-labelledby="picture">
            <h2 class="kern-heading-medium" id="picture">
              {texts.picture}
            </h2>
            <p class="kern-body">{texts.pictureText}</p>
            <Timeline overview={overview} titles={titles} label={`${texts.picture}. ${texts.pictureText}`} />
          </section>
          <section aria-labelledby="log">
            <h2 class="kern-heading-medium" id="log">
              {texts.log}
            </h2>
            <p class="kern-body">{texts.logLead}</p>
            <EntryList entries={overview.log.entries} titles={titles} />
            {overview.log.next === '' ? null : (
              <p class="kern-body">
                <a class="kern-link" href={`/data/result?${older}`}>
                  {texts.more}
                </a>
              </p>
            )}
          </section>
          <RegisterLines answers={overview.registers} titles={titles} visit={visit} />
          <section aria-labelledby="export">
            <h2 class="kern-heading-medium" id="export">
              {texts.exportTitle}
            </h2>
            <p class="kern-body">{texts.exportLead}</p>
            <p class="entries__links">
              <a class="kern-link" href={`/data/export/pdf?${query}`}>
                {texts.exportPdf}
              </a>
              <a class="kern-link" href={`/data/export/json?${query}`}>
                {texts.exportJson}
              </a>
              <a class="kern-link" href="/data">
                {texts.again}
              </a>
            </p>
          </section>
        </>
      ),
    };
  }
}
