import { Controller, Param } from '@nestjs/common';
import { PagesConnection } from '../../client/pages-connection.js';
import { sampleFile } from '../../client/sample-file.js';
import type { GetSampleResponse__Output as SampleFile } from '../../platform/rpc-types/einmal/broker/v1/GetSampleResponse.js';
import type { SampleItem__Output as Item } from '../../platform/rpc-types/einmal/broker/v1/SampleItem.js';
import { ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import type { Download } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { indexOf } from './entry-filter.js';
import { pagesFrom } from './following-pages.js';
import { INSPECTING } from './inspecting.js';
import { sampleReport } from './sample-report.js';

/** What an officer takes along of a sample: a report to read, and a file that anybody can verify. */
@Controller()
export class SampleFilesPage {
  constructor(private readonly node: PagesConnection) {}

  @ShowAt('oversight/samples/:index/report.pdf', INSPECTING)
  async report(@VisitingSignedIn() visit: SignedInVisit, @Param('index') given: string): Promise<Download> {
    const index = indexOf(given);
    const { sample, items = [] } = await this.node.oversight.sample(visit.account.signedIn, index, {
      counted_only: true,
    });
    if (!sample?.nonce?.length) throw new PageFault('NOT_FOUND');
    return {
      download: sampleReport(sample, items, visit.language),
      fileName: `sample-${index}.pdf`,
      mediaType: 'application/pdf',
    };
  }

  @ShowAt('oversight/samples/:index/proofs.json', INSPECTING)
  async proofs(@VisitingSignedIn() visit: SignedInVisit, @Param('index') given: string): Promise<Download> {
    const index = indexOf(given);
    const first = await this.node.oversight.sample(visit.account.signedIn, index, { with_proofs: true });
    const { sample, commitment, fixing, reveal } = first;
    // Not drawn yet, or one of its entries is erased: nothing of it can be shown to anybody any more.
    if (!sample || !commitment || !fixing || !reveal) throw new PageFault('NOT_FOUND');
    return {
      download: sampleFile({ sample, commitment, fixing, reveal, items: this.items(visit, index, first) }),
      fileName: `sample-${index}.json`,
      mediaType: 'application/json; charset=utf-8',
    };
  }

  private async *items({ account }: SignedInVisit, index: number, first: SampleFile): AsyncGenerator<readonly Item[]> {
    const next = (token: string) =>
      this.node.oversight.sample(account.signedIn, index, { with_proofs: true, page_token: token });
    for await (const page of pagesFrom(first, next)) yield page.items ?? [];
  }
}
