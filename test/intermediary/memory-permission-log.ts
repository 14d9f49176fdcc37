import type { PermissionCheck } from '../../src/intermediary/permission-check.js';
import { DuplicateCheck, PermissionLog, type UseOfRules } from '../../src/intermediary/permission-log.js';
import { UsedUp } from '../../src/intermediary/used-up.js';
import type { RateUse } from '../../src/permission/rate-use.js';

/** A permission log in memory, for use-case tests: passes the contract of PermissionLog. */
export class MemoryPermissionLog extends PermissionLog {
  readonly entries: PermissionCheck[] = [];
  readonly #used = new Map<string, number>();
  failure: Error | undefined;

  override async append(
    check: PermissionCheck,
    { uses, taken }: UseOfRules = { uses: [], taken: false },
  ): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.entries.some(({ checkId }) => checkId === check.checkId)) throw new DuplicateCheck();
    const usedUp = uses.filter((use) => this.usedOf(use) >= use.max);
    if (usedUp.length > 0) throw new UsedUp(usedUp);
    if (taken) for (const use of uses) this.#used.set(keyOf(use), this.usedOf(use) + 1);
    this.entries.push(check);
  }

  usedOf(use: RateUse): number {
    return this.#used.get(keyOf(use)) ?? 0;
  }
}

function keyOf({ consumer, rule, per, startsAt }: RateUse): string {
  return JSON.stringify([consumer, rule, per, startsAt]);
}
