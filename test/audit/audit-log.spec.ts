import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog } from '../../src/audit/audit-log.js';
import { FixedClock, logSigner, MemoryKeyVault } from './log-keys.js';
import { MemoryLogStore } from './memory-log-store.js';

let store: MemoryLogStore;
let vault: MemoryKeyVault;
let clock: FixedClock;
let log: AuditLog;
beforeEach(() => {
  vault = new MemoryKeyVault();
  clock = new FixedClock();
  store = new MemoryLogStore(logSigner, vault, clock);
  log = new AuditLog(store);
});

const granted = (trigger: string) =>
  log.triggersGranted([{ caller: { consumer: 'familienkasse-test', trigger_id: trigger } }]);

describe('the audit log', () => {
  it('writes refusals with what the caller saw, the true cause only in the protected half (IDNrG § 6 Abs. 5)', async () => {
    const receipt = await log.refused({
      caller: { consumer: 'c', reason: 'SUBJECT_NOT_AVAILABLE' },
      protected: { cause: 'blocked' },
    });
    expect(receipt.opening.caller).toMatchObject({
      event: 'refused',
      outcome: 'refused',
      reason: 'SUBJECT_NOT_AVAILABLE',
    });
    expect(JSON.stringify(receipt.opening)).not.toContain('blocked');
    expect(store.entries[0]!.draft.entry.protected).toEqual({ cause: 'blocked' });
  });

  it('grants decisions that were attested together all or not at all', async () => {
    await granted('a');
    const both = ['b', 'a'].map((trigger_id) => ({ caller: { consumer: 'familienkasse-test', trigger_id } }));
    await expect(log.triggersGranted(both)).rejects.toMatchObject({ reason: 'ALREADY_GRANTED', entry: 1 });
    expect((await log.triggersGranted(both.slice(0, 1))).map(({ index }) => index)).toEqual([1]);
  });

  it.each(['repeated', 'catalogueActivated', 'recordOpened', 'entriesExported', 'incident'] as const)(
    'writes %s',
    async (method) => {
      const receipt = await log[method]({ caller: { consumer: 'c' } });
      expect(receipt.opening.caller.event).toBe(
        {
          repeated: 'repeated',
          catalogueActivated: 'catalogue.activated',
          recordOpened: 'record.opened',
          entriesExported: 'entries.exported',
          incident: 'incident',
        }[method],
      );
    },
  );

  it('lets a failure to write reach the caller (FZV § 68: no log, no data)', async () => {
    store.failing = true;
    await expect(log.repeated({ caller: { consumer: 'c' } })).rejects.toMatchObject({
      reason: 'AUDIT_LOG_UNAVAILABLE',
      cause: { name: 'LogUnavailable', written: 'no' },
    });
    store.failing = false;
    vault.failing = true;
    clock.ms += 60_000;
    await expect(log.repeated({ caller: { consumer: 'c' } })).rejects.toMatchObject({
      reason: 'AUDIT_LOG_UNAVAILABLE',
      cause: { name: 'LogUnavailable', written: 'no' },
    });
    vault.failing = false;
    expect((await log.repeated({ caller: { consumer: 'c' } })).index).toBe(0);
  });
});
