import { Controller, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import { ShowAt } from '../page-at.js';
import type { Download } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { Citizens } from './citizens.js';
import { pdfOf } from './export-pdf.js';
import { chosenRegisters, type Overview, overviewOf } from './overview.js';
import { entrySentence, lineSentence } from './sentences.js';
import { Titles } from './titles.js';

/** The list to take along: asked for once more, since nothing of it was kept. */
@Controller()
export class ExportPage {
  constructor(
    private readonly citizens: Citizens,
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('data/export/json', FOR_CITIZENS)
  async json(
    @Req() request: FastifyRequest,
    @Visiting() { language }: Visit,
    @Query('register') register: unknown,
  ): Promise<Download> {
    const { log, registers } = await this.overview(request, register);
    const titles = new Titles(this.catalogue.lookup, language);
    const document = {
      asked_at: new Date(this.clock.now()).toISOString(),
      log: {
        reaches_back_to: log.reaches_back_to,
        is_complete: log.next === '',
        entries: log.entries.map((it) => ({ ...it, sentence: entrySentence(it, titles) })),
      },
      registers: registers.map(({ next, entries, ...answer }) => ({
        ...answer,
        is_complete: next === '',
        entries: entries.map((it) => ({ ...it, sentence: lineSentence(it, answer.register, titles) })),
      })),
    };
    return {
      download: `${JSON.stringify(document, undefined, 2)}\n`,
      fileName: 'einmal-meine-daten.json',
      mediaType: 'application/json; charset=utf-8',
    };
  }

  @ShowAt('data/export/pdf', FOR_CITIZENS)
  async pdf(
    @Req() request: FastifyRequest,
    @Visiting() { language }: Visit,
    @Query('register') register: unknown,
  ): Promise<Download> {
    const titles = new Titles(this.catalogue.lookup, language);
    const overview = await this.overview(request, register);
    return {
      download: await pdfOf(overview, titles, this.clock.now()),
      fileName: 'einmal-meine-daten.pdf',
      mediaType: 'application/pdf',
    };
  }

  private overview(request: FastifyRequest, register: unknown): Promise<Overview> {
    const registers = chosenRegisters(register, this.catalogue);
    return this.citizens.with(request, (citizen) => overviewOf(this.node, citizen, { registers, before: '' }));
  }
}
