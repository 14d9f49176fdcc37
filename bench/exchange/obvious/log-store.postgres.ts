import { defineEntity, type EntityManager, MikroORM, p } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { restoreRange } from '#libs/merkle/compact-range.js';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { type Batch, buildBatch, type Draft, draftEntry, type PlacedEntry } from '../../../src/audit/append-batch.js';
import { CurrentKeys } from '../../../src/audit/current-keys.js';
import { type Effect, EffectLedger, type RetrievalState, type TriggerState } from '../../../src/audit/effect.js';
import {
  type AuditReceipt,
  type LogHead,
  LogStore,
  LogUnavailable,
  type NewEntry,
} from '../../../src/audit/log-store.js';
import { CALLER_DETAILS } from '../../../src/audit/record.js';
import type { Clock } from '../../../src/platform/clock.js';
import type { KeyVault } from '../../../src/vault/key-vault.js';

const BYTES = ['caller_salt', 'protected_hash', 'wrapped_key', 'ciphertext'] as const;
const TEXTS = ['event', 'consumer', ...CALLER_DETAILS, 'retention_class', 'epoch'] as const;
const of = (schema: string, tableName: string) => ({ schema, tableName });

const Entry = defineEntity({
  name: 'Entry',
  ...of('log', 'entry'),
  properties: { index: p.integer().primary(), leaf: p.blob(), leaf_hash: p.blob() },
});
const Node = defineEntity({
  name: 'Node',
  ...of('log', 'node'),
  properties: { level: p.integer().primary(), index: p.integer().primary(), hash: p.blob() },
});
const Record = defineEntity({
  name: 'Record',
  ...of('log', 'record'),
  properties: {
    index: p.integer().primary(),
    log_time: p.datetime(),
    record_id: p.uuid(),
    ...Object.fromEntries(BYTES.map((name) => [name, p.blob()])),
    ...Object.fromEntries(TEXTS.map((name) => [name, p.text().nullable()])),
  },
});
const SubjectRow = defineEntity({
  name: 'SubjectRow',
  ...of('log', 'subject_index'),
  properties: { key: p.blob().primary(), index: p.integer().primary(), capacity: p.text().primary() },
});
const Trigger = defineEntity({
  name: 'Trigger',
  ...of('log', 'trigger_state'),
  properties: {
    trigger_id: p.text().primary(),
    granted_index: p.integer(),
    used_index: p.integer().nullable(),
    used_by: p.text().nullable(),
    withdrawn_index: p.integer().nullable(),
  },
});
const Retrieval = defineEntity({
  name: 'Retrieval',
  ...of('log', 'retrieval_state'),
  properties: {
    retrieval_id: p.text().primary(),
    opened_index: p.integer(),
    expires_at: p.datetime(),
    closed_index: p.integer().nullable(),
  },
});

type Options = Readonly<{ pool: Pool; signer: NoteSigner; vault: KeyVault; clock: Clock }>;
type HeadRow = Readonly<{ size: string; root: Buffer; frontier: Buffer[]; checkpoint: string | null; now: Date }>;

/** The log as one would write it first: a transaction for each append, and in it a checkpoint and a flush for each audit row. */
export class PostgresLogStore extends LogStore {
  readonly #orm: Promise<MikroORM>;
  readonly #keys: CurrentKeys;

  constructor(private readonly options: Options) {
    super();
    this.#keys = new CurrentKeys(options.vault, options.clock);
    const { connectionString = '' } = options.pool.options;
    this.#orm = MikroORM.init({
      clientUrl: connectionString,
      entities: [Entry, Node, Record, SubjectRow, Trigger, Retrieval],
    });
  }

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    const now = this.options.clock.now();
    const drafts = await Promise.all(entries.map((entry) => draftEntry(entry, this.#keys, now)));
    if (drafts.length === 0) return [];
    const orm = await this.#orm;
    return orm.em.fork().transactional(async (em) => {
      const receipts: AuditReceipt[] = [];
      await this.head(em, 'for update');
      await settle(em, entries);
      for (const draft of drafts) receipts.push(await this.one(em, draft));
      return receipts;
    });
  }

  override async head(em?: EntityManager, lock = ''): Promise<LogHead & Readonly<{ now: Date }>> {
    const manager = em ?? (await this.#orm).em.fork();
    const [row] = await manager.execute<HeadRow[]>(
      `select size, root, frontier, checkpoint, greatest(log_time, clock_timestamp()) as now from log.head ${lock}`,
    );
    if (row === undefined) throw new LogUnavailable('no', new Error('the log has no head'));
    const { size, root, frontier, checkpoint, now } = row;
    return { size: Number(size), root, frontier, checkpoint: checkpoint ?? undefined, now: new Date(now) };
  }

  override async readNodes(ids: readonly NodeId[]): Promise<Buffer[]> {
    const em = (await this.#orm).em.fork();
    const found: Buffer[] = [];
    for (const { level, index } of ids) {
      const hash =
        level === 0
          ? (await em.findOne(Entry, { index }))?.leaf_hash
          : (await em.findOne(Node, { level, index }))?.hash;
      if (hash) found.push(Buffer.from(hash));
    }
    return found;
  }

  private async one(em: EntityManager, draft: Draft): Promise<AuditReceipt> {
    const head = await this.head(em);
    const old = { range: restoreRange(head.size, [...head.frontier]), checkpoint: head.checkpoint };
    const batch = buildBatch(old, head.now.toISOString(), [draft], this.options.signer);
    const [placed] = batch.entries;
    if (placed === undefined) throw new Error('nothing was placed');
    write(em, batch, placed);
    for (const effect of draft.entry.effects) await apply(em, effect, placed.index);
    await em.flush();
    await em.execute(
      'update log.head set size = ?, root = ?, frontier = array[?]::bytea[], checkpoint = ?, log_time = ?',
      [batch.range.size, batch.rootHash, batch.range.nodes, batch.checkpoint, batch.logTime] as never,
    );
    return this.receipt(batch.receiptOf(placed));
  }
}

function write(em: EntityManager, batch: Batch, { index, leaf, leafHash, caller, draft }: PlacedEntry): void {
  em.create(Entry, { index, leaf, leaf_hash: leafHash });
  for (const { level, index: at, hash } of batch.innerNodes) em.create(Node, { level, index: at, hash });
  em.create(Record, {
    index,
    event: caller.event,
    consumer: caller.consumer,
    ...Object.fromEntries(CALLER_DETAILS.map((name) => [name, caller[name] ?? null])),
    log_time: new Date(batch.logTime),
    caller_salt: draft.callerSalt,
    protected_hash: draft.protectedHash,
    record_id: draft.sealed.recordId,
    retention_class: draft.sealed.epoch.retentionClass,
    epoch: draft.sealed.epoch.month,
    wrapped_key: draft.sealed.wrappedKey,
    ciphertext: draft.sealed.ciphertext,
  } as never);
  for (const { key, as } of draft.subjects) em.create(SubjectRow, { key, index, capacity: as });
}

async function apply(em: EntityManager, effect: Effect, index: number): Promise<void> {
  switch (effect.kind) {
    case 'grant-trigger':
      em.create(Trigger, { trigger_id: effect.trigger, granted_index: index });
      return;
    case 'use-trigger':
      em.assign(await em.findOneOrFail(Trigger, effect.trigger), { used_index: index, used_by: effect.by });
      return;
    case 'withdraw-trigger':
      em.assign(await em.findOneOrFail(Trigger, effect.trigger), { withdrawn_index: index });
      return;
    case 'open-retrieval':
      em.create(Retrieval, { retrieval_id: effect.retrieval, opened_index: index, expires_at: effect.expiresAt });
      return;
    case 'close-retrieval':
      em.assign(await em.findOneOrFail(Retrieval, effect.retrieval), { closed_index: index });
      return;
    case 'once':
      await em.execute('insert into log.once (name, index) values (?, ?)', [effect.name, index]);
      return;
    case 'trigger-in-force':
  }
}

/** @throws EffectRefused */
async function settle(em: EntityManager, entries: readonly NewEntry[]): Promise<void> {
  const triggers = new Map<string, TriggerState>();
  const retrievals = new Map<string, RetrievalState>();
  for (const effect of entries.flatMap(({ effects }) => effects)) {
    if ('trigger' in effect) {
      const found = await em.findOne(Trigger, effect.trigger);
      if (found !== null) triggers.set(effect.trigger, stateOf(found));
    }
    if ('retrieval' in effect) {
      const found = await em.findOne(Retrieval, effect.retrieval);
      if (found !== null) retrievals.set(effect.retrieval, found.closed_index == null ? 'OPEN' : 'CLOSED');
    }
  }
  const refused = new EffectLedger(triggers, retrievals).settle(entries.map(({ effects }) => effects));
  if (refused !== undefined) throw refused;
}

type Found = Readonly<{ withdrawn_index?: number | null | undefined; used_by?: string | null | undefined }>;

function stateOf(found: Found): TriggerState {
  if (found.withdrawn_index != null) return { state: 'WITHDRAWN' };
  return found.used_by == null ? { state: 'GRANTED' } : { state: 'USED', by: found.used_by };
}
