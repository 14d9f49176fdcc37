import type { Pool } from 'pg';
import { SealedAnswers } from '../consent/sealed-answers.js';

export class PostgresSealedAnswers extends SealedAnswers {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async destroyByTrigger(triggers: readonly string[]): Promise<void> {
    await this.pool.query('delete from app.answer where trigger_ids && $1', [triggers]);
    await this.pool.query('delete from app.held_exchange where trigger_ids && $1', [triggers]);
  }
}
