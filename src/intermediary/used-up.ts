import type { RateUse } from '../permission/rate-use.js';

/** Nothing is left of these for the period that runs. */
export class UsedUp extends Error {
  override readonly name = 'UsedUp';
  constructor(readonly uses: readonly RateUse[]) {
    super('what the rules allow in this period is used up');
  }
}
