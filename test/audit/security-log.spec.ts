import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog } from '../../src/audit/audit-log.js';
import { SecurityLog } from '../../src/audit/security-log.js';
import { OperationalLog } from '../../src/platform/operational-log.js';
import { FixedClock, logSigner, MemoryKeyVault } from './log-keys.js';
import { MemoryLogStore } from './memory-log-store.js';

class Lines extends OperationalLog {
  readonly lines: object[] = [];
  override info(details: object): void {
    this.lines.push(details);
  }
  override warn = this.info;
  override error = this.info;
}

let store: MemoryLogStore;
let clock: FixedClock;
let lines: Lines;
let log: SecurityLog;
beforeEach(() => {
  clock = new FixedClock();
  store = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
  lines = new Lines();
  log = new SecurityLog('node', new AuditLog(store), lines, clock);
});
const entries = () => store.entries.map(({ caller, draft }) => [caller.event, caller.consumer, draft.entry.protected]);
const time = () => new Date(clock.ms).toISOString();

describe('refusals before authentication (design 6)', () => {
  it('are a line each, and the counts of a minute are one entry, by door and code', async () => {
    const from = time();
    for (let i = 0; i < 3; i++) log.refused('grpc', 'CALLER_UNKNOWN');
    log.refused('token-endpoint', 'invalid_client');
    log.refused('link', 'NOT_FOUND');
    expect(lines.lines).toHaveLength(5);
    expect(lines.lines[0]).toEqual({ security: 'grpc', reason: 'CALLER_UNKNOWN' });
    expect(entries()).toEqual([]);
    clock.ms += 60_000;
    await log.summarise();
    const counts = { 'grpc CALLER_UNKNOWN': 3, 'token-endpoint invalid_client': 1, 'link NOT_FOUND': 1 };
    expect(entries()).toEqual([['authentication.failed', 'node', { failures: { from, to: time(), counts } }]]);
  });

  it('make the log grow by nothing in a minute without any, and by one entry however many there are', async () => {
    await log.summarise();
    expect(entries()).toEqual([]);
    for (let i = 0; i < 10_000; i++) log.refused('grpc', 'CALLER_UNKNOWN');
    clock.ms += 60_000;
    await log.summarise();
    await log.summarise();
    expect(entries()).toHaveLength(1);
  });

  it('begin anew with the next minute', async () => {
    log.refused('grpc', 'CALLER_UNKNOWN');
    clock.ms += 60_000;
    await log.summarise();
    const from = time();
    log.refused('token-endpoint', 'invalid_request');
    clock.ms += 60_000;
    await log.summarise();
    expect(entries()[1]).toEqual([
      'authentication.failed',
      'node',
      { failures: { from, to: time(), counts: { 'token-endpoint invalid_request': 1 } } },
    ]);
  });

  it('are counted on while the log cannot be written, and are in the next entry with those that came meanwhile', async () => {
    const from = time();
    log.refused('grpc', 'CALLER_UNKNOWN');
    store.failing = true;
    await expect(log.summarise()).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    log.refused('grpc', 'CALLER_UNKNOWN');
    store.failing = false;
    clock.ms += 60_000;
    await log.summarise();
    expect(entries()).toEqual([
      ['authentication.failed', 'node', { failures: { from, to: time(), counts: { 'grpc CALLER_UNKNOWN': 2 } } }],
    ]);
  });

  it('are written once where two ask for the summary together', async () => {
    log.refused('grpc', 'CALLER_UNKNOWN');
    await Promise.all([log.summarise(), log.summarise()]);
    expect(entries()).toHaveLength(1);
  });

  it('are found by nobody as a person', async () => {
    log.refused('grpc', 'CALLER_UNKNOWN');
    await log.summarise();
    expect(store.entries[0]?.draft.subjects).toEqual([]);
  });
});
