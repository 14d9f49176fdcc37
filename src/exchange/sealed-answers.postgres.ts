import type { Pool } from 'pg';
import { SealedAnswers } from '../consent/sealed-answers.js';
import type { DeferralStore } from './deferral-store.js';

export class PostgresSealedAnswers extends SealedAnswers {
  constructor(
    private readonly pool: Pool,
    private readonly deferrals: DeferralStore,
  ) {
    super();
  }

  override async destroyByTrigger(triggers: readonly string[]): Promise<void> {
    await this.pool.query('delete from app.answer where trigger_ids && $1', [triggers]);
    await this.pool.query('delete from app.held_exchange where trigger_ids && $1', [triggers]);
    await this.deferrals.destroyByTrigger(triggers);
  }
}
