import { Controller, Param } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import type { CaseStep__Output as Step } from '../../platform/rpc-types/einmal/broker/v1/CaseStep.js';
import type { GetCaseResponse__Output as CaseFile } from '../../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import { ShowAt } from '../page-at.js';
import { taggedPdf } from '../shell/tagged-pdf.js';
import type { Download } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { breachLines } from './breach-report.js';
import { BREACH_TEXTS } from './breach-texts.js';
import { indexOf } from './entry-filter.js';
import { pagesFrom } from './following-pages.js';
import { OFFICERS } from './inspecting.js';

/** The report of a breach to the supervisory authority, as a file. What officers write is not for auditors. */
@Controller()
export class CaseFilesPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly current: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @ShowAt('oversight/cases/:index/report.pdf', OFFICERS)
  async report(@VisitingSignedIn() visit: SignedInVisit, @Param('index') given: string): Promise<Download> {
    const index = indexOf(given);
    const { language, account } = visit;
    const file = await this.node.oversight.case(account.signedIn, index);
    const grounds = { current: this.current, language, nowMs: this.clock.now() };
    const { title } = BREACH_TEXTS[language];
    return {
      download: taggedPdf({ title, language }, breachLines(file, this.steps(visit, index, file), grounds)),
      fileName: `case-${index}.pdf`,
      mediaType: 'application/pdf',
    };
  }

  private async *steps({ account }: SignedInVisit, index: number, first: CaseFile): AsyncGenerator<readonly Step[]> {
    const next = (token: string) => this.node.oversight.case(account.signedIn, index, token);
    for await (const page of pagesFrom(first, next)) yield page.steps ?? [];
  }
}
