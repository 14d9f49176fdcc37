import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog, type ClosedFacts, type OpenedFacts } from '../../src/audit/audit-log.js';
import { PERSON } from './entries.js';
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

const opened = (retrieval: string, deviation: Partial<OpenedFacts> = {}): OpenedFacts => ({
  caller: { consumer: 'familienkasse-test', retrieval_ref: retrieval, register: 'melderegister-test' },
  persons: [{ person: PERSON, as: 'subject' }],
  expiresAt: new Date('2026-11-23T12:05:00Z'),
  ...deviation,
});
const closed = (retrieval: string, deviation: Partial<ClosedFacts> = {}): ClosedFacts => ({
  caller: { consumer: 'familienkasse-test', retrieval_ref: retrieval, outcome: 'released' },
  ...deviation,
});
const events = () => store.entries.map((entry) => entry.caller.event);
const granted = (trigger: string) =>
  log.triggersGranted([{ caller: { consumer: 'familienkasse-test', trigger_id: trigger } }]);

describe('the audit log', () => {
  it('writes a pair per lookup and per retrieval, then the exchange (IDNrG § 9 Abs. 1)', async () => {
    await log.identityOpened(opened('i'));
    await log.identityClosed(closed('i'));
    await log.retrievalOpened(opened('r'));
    const receipts = await log.exchangeClosed([closed('r')], {
      caller: { consumer: 'familienkasse-test', exchange_ref: 'e', outcome: 'released' },
    });
    expect(events()).toEqual([
      'identity.opened',
      'identity.closed',
      'retrieval.opened',
      'retrieval.closed',
      'exchange.closed',
    ]);
    expect(receipts.exchange.opening.caller).toMatchObject({ event: 'exchange.closed', exchange_ref: 'e' });
    expect(receipts.retrievals.map((receipt) => receipt.index)).toEqual([3]);
  });

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
    expect((await log.triggersGranted(both.slice(0, 1))).index).toBe(1);
  });

  it('uses a trigger for one retrieval only', async () => {
    await granted('t');
    await log.retrievalOpened(opened('a', { usesTrigger: 't' }));
    await expect(log.retrievalOpened(opened('b', { usesTrigger: 't' }))).rejects.toMatchObject({
      name: 'EffectRefused',
      reason: 'USED',
    });
    expect(events()).toEqual(['trigger.granted', 'retrieval.opened']);
  });

  it('closes nothing and releases nothing when the trigger was withdrawn meanwhile', async () => {
    await granted('t');
    await log.retrievalOpened(opened('a', { usesTrigger: 't' }));
    await log.triggerWithdrawn({ caller: { consumer: 'familienkasse-test', trigger_id: 't' } });
    const release = closed('a', { demandsTrigger: { trigger: 't', by: 'a' } });
    await expect(log.retrievalClosed(release)).rejects.toMatchObject({ reason: 'WITHDRAWN' });
    await log.retrievalClosed(
      closed('a', { caller: { consumer: 'familienkasse-test', retrieval_ref: 'a', outcome: 'refused' } }),
    );
    expect(events().at(-1)).toBe('retrieval.closed');
  });

  it('closes an exchange with all its retrievals or not at all', async () => {
    await log.retrievalOpened(opened('a'));
    await log.retrievalOpened(opened('b'));
    await log.retrievalClosed(
      closed('b', { caller: { consumer: 'familienkasse-test', retrieval_ref: 'b', outcome: 'unknown' } }),
    );
    const exchange = { caller: { consumer: 'familienkasse-test', exchange_ref: 'e', outcome: 'released' } } as const;
    await expect(log.exchangeClosed([closed('a'), closed('b')], exchange)).rejects.toMatchObject({
      reason: 'ALREADY_CLOSED',
      entry: 1,
    });
    expect(events()).toHaveLength(3);
    await log.exchangeClosed([closed('a')], exchange);
  });

  it.each(['repeated', 'incident', 'catalogueActivated', 'discrepancyReported'] as const)(
    'writes %s',
    async (method) => {
      const receipt = await log[method]({ caller: { consumer: 'c' } });
      expect(receipt.opening.caller.event).toBe(
        {
          repeated: 'repeated',
          incident: 'incident',
          catalogueActivated: 'catalogue.activated',
          discrepancyReported: 'discrepancy.reported',
        }[method],
      );
    },
  );

  it('lets a failure to write reach the caller (FZV § 68: no log, no data)', async () => {
    store.failing = true;
    await expect(log.incident({ caller: { consumer: 'c' } })).rejects.toMatchObject({
      name: 'LogUnavailable',
      written: 'no',
    });
    store.failing = false;
    vault.failing = true;
    clock.ms += 60_000;
    await expect(log.incident({ caller: { consumer: 'c' } })).rejects.toMatchObject({
      name: 'LogUnavailable',
      written: 'no',
    });
    vault.failing = false;
    expect((await log.incident({ caller: { consumer: 'c' } })).index).toBe(0);
  });
});
