import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { PolicyScope } from '../permission/policy-scope.js';
import type { PastCheck } from '../permission/replay-checks.js';
import { outage } from '../platform/fault.js';
import { PermissionLogReader } from './permission-log-reader.js';

/** `next`: the entry after which the list goes on; absent at its end. */
export type CheckPage = Readonly<{ checks: readonly PastCheck[]; next: number | undefined }>;

/** Checks of a scope, oldest first, one page. */
export class ListChecks extends Query<CheckPage> {
  constructor(
    readonly scope: PolicyScope,
    /** Milliseconds since the epoch. */
    readonly sinceMs: number,
    readonly limit: number,
    readonly after: number = 0,
  ) {
    super();
  }
}

@QueryHandler(ListChecks)
export class ListChecksHandler implements IQueryHandler<ListChecks> {
  constructor(private readonly reader: PermissionLogReader) {}

  async execute({ scope, sinceMs, after, limit }: ListChecks): Promise<CheckPage> {
    const found = await this.reader.list(scope, sinceMs, after, limit + 1).catch((cause: unknown) => {
      throw outage('AUDIT_LOG_UNAVAILABLE', cause);
    });
    const page = found.slice(0, limit);
    return { checks: page.map(({ check }) => check), next: found.length > limit ? page.at(-1)?.entry : undefined };
  }
}
