import { randomBytes } from 'node:crypto';
import { copyOf } from '../audit/receipt.js';
import type { OnlineService } from '../catalogue/catalogue.js';
import type { ExchangeContext, PreparedExchange } from './exchange.js';
import { EvidenceFetch } from './fetch-evidence.js';
import { EvidenceHold, wantsPreview } from './hold-evidence.js';
import { type ExchangeAnswer, releaseAnswer } from './release.js';
import { EvidenceRelease } from './release-evidence.js';

/** Steps 5 to 12: fetches, then either releases or, where the person wants to see it first, holds. */
export class ExchangeOutcome {
  constructor(
    private readonly fetch: EvidenceFetch,
    private readonly hold: EvidenceHold,
    private readonly release: EvidenceRelease,
  ) {}

  async of(
    context: ExchangeContext,
    prepared: PreparedExchange,
    service: OnlineService | undefined,
  ): Promise<ExchangeAnswer> {
    const fetched = await this.fetch.fetch(context, prepared);
    if (!fetched.delivered.some(({ retrieval }) => wantsPreview(retrieval)))
      return releaseAnswer(this.release, context, fetched, service);
    const { notDelivered, receipt } = await this.hold.hold(context, fetched, service);
    return {
      exchangeId: context.exchangeId,
      fields: [],
      evidence: [],
      notDelivered,
      receipt: copyOf(receipt),
      releaseSalt: randomBytes(32).toString('base64url'),
    };
  }
}
