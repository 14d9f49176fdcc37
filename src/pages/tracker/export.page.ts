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
import { jsonOf } from './export-json.js';
import { pdfOf } from './export-pdf.js';
import { chosenRegisters } from './overview.js';
import { Titles } from './titles.js';
import { type WholeOverview, wholeOverview } from './whole-list.js';

/** The list to take along, whole: asked for once more, since nothing of it was kept. */
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
    const titles = new Titles(this.catalogue.lookup, language);
    return {
      download: jsonOf(await this.overview(request, register), titles, this.clock.now()),
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
      download: pdfOf(overview, titles, this.clock.now()),
      fileName: 'einmal-meine-daten.pdf',
      mediaType: 'application/pdf',
    };
  }

  private overview(request: FastifyRequest, register: unknown): Promise<WholeOverview> {
    const registers = chosenRegisters(register, this.catalogue);
    return this.citizens.with(request, (citizen) => wholeOverview(this.node, citizen, registers, this.clock));
  }
}
