import { type LoggedCheck, PermissionLogReader } from '../../src/intermediary/permission-log-reader.js';
import type { PolicyScope } from '../../src/permission/policy-scope.js';
import type { MemoryPermissionLog } from './memory-permission-log.js';

/** Reads a permission log in memory: passes the contract of PermissionLogReader. */
export class MemoryPermissionLogReader extends PermissionLogReader {
  constructor(private readonly log: MemoryPermissionLog) {
    super();
  }

  override async list(scope: PolicyScope, sinceMs: number, after: number, limit: number): Promise<LoggedCheck[]> {
    return this.log.entries
      .map((it, place) => ({ it, entry: place + 1 }))
      .filter(({ it, entry }) => it.checkedAt >= sinceMs && entry > after && isIn(scope, it))
      .slice(0, limit)
      .map(({ it: { checkId: _, requestDigest: __, caller: ___, decision: ____, tokenId, ...check }, entry }) => ({
        entry,
        check: { ...check, isRequest: tokenId !== null },
      }));
  }
}

function isIn(scope: PolicyScope, it: MemoryPermissionLog['entries'][number]): boolean {
  switch (scope.of) {
    case 'everybody':
      return true;
    case 'node':
      return it.caller === scope.node;
    case 'consumer':
      return it.consumer === scope.consumer;
    case 'registers':
      return it.provider !== null && scope.registers.includes(it.provider);
  }
}
