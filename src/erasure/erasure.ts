import { appendAll, emptyRange, root } from '#libs/merkle/compact-range.js';
import type { AuditLog } from '../audit/audit-log.js';
import { type ErasureScope, LogReader } from '../audit/log-reader.js';
import type { ErasureStatement, ProtectedPart } from '../audit/record.js';
import { openRecord } from '../audit/record-cipher.js';
import type { Clock } from '../platform/clock.js';
import { StartFault } from '../platform/run-process.js';
import { canonicalBytes } from '../tokens/digest.js';
import type { Epoch, KeyVault } from '../vault/key-vault.js';
import { type ErasureOrder, Tombstones } from '../vault/tombstones.js';
import { Eraser, ErasureRefused } from './eraser.js';
import { cutoffMs, isOver, type Retention } from './retention.js';

/** Why records are erased: their term is over, somebody has a right to it, or a restore brought them back. */
type ErasureGround = Readonly<{
  cause: 'RETENTION' | 'RIGHT_TO_ERASURE' | 'RESTORE';
  note?: string;
  file_reference?: string;
  acting_official?: string;
}>;

/** What the entry of a single erasure says beside which records. */
export type ErasureReason = Readonly<{ reason: string; fileReference: string; orderedBy: string }>;

const LEAVES_AT_ONCE = 10_000;
const IDS_IN_A_STATEMENT = 500;

type Parts = Readonly<{
  reader: LogReader;
  audit: AuditLog;
  eraser: Eraser;
  vault: KeyVault;
  tombstones: Tombstones;
  clock: Clock;
  /** Participant that runs the log: its erasures are its own entries. */
  node: string;
}>;

/**
 * Forgets records for good (IDNrG § 9 Abs. 3): row, index of persons, with the last entry about a decision that too, and
 * with the last record of an epoch its keys. The entry that states it comes first, so that nothing is erased unlogged; what
 * a crash left undone, the next run does. One at a time: of two that state the same one would state what it does not erase.
 */
export class Erasure {
  constructor(private readonly parts: Parts) {}

  /** Erases what is older than its class allows. Also brings earlier erasures to their end. */
  purge(retention: Retention): Promise<ErasureStatement[]> {
    return this.parts.eraser.alone(() => this.purgeAlone(retention));
  }

  private async purgeAlone(retention: Retention): Promise<ErasureStatement[]> {
    const { reader, vault, clock, eraser } = this.parts;
    const done = await this.reapplyAlone();
    // Of two clocks that differ the earlier one counts: what is erased too early is gone.
    const now = Math.min(clock.now(), await reader.now());
    const known = [...(await vault.epochs()), ...(await reader.epochs())];
    const epochs = new Map(known.map((epoch) => [`${epoch.month} ${epoch.retentionClass}`, epoch]));
    for (const [, epoch] of [...epochs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const beforeMs = cutoffMs(retention, epoch.retentionClass, now);
      // The clock of a node named the epoch, that of the database the time: keys go when both are past.
      const newest = (await reader.newestOf(epoch)) ?? 0;
      done.push(
        ...(await this.carryOut({ epoch, beforeMs }, isOver(epoch, beforeMs) && newest < beforeMs, {
          cause: 'RETENTION',
        })),
      );
    }
    await eraser.forgetUnlogged();
    return done;
  }

  /** Erases single records before their time, where the law gives the person a right to it (DSGVO Art. 17). */
  erase(recordIds: readonly string[], why: ErasureReason): Promise<ErasureStatement[]> {
    const { reason: note, fileReference: file_reference, orderedBy: acting_official } = why;
    const ground: ErasureGround = { cause: 'RIGHT_TO_ERASURE', note, file_reference, acting_official };
    return this.parts.eraser.alone(async () =>
      this.fulfil(await this.parts.tombstones.order(recordIds, canonicalBytes(ground).toString())),
    );
  }

  /** What a crash or a log that was away keeps from its end is done by the next run, on the same ground. */
  private async fulfil(order: ErasureOrder): Promise<ErasureStatement[]> {
    const { tombstones } = this.parts;
    // First what outlives a restore: from here on nothing brings these records back.
    await tombstones.bury(order.recordIds);
    const done = await this.eraseSingle(order.recordIds, JSON.parse(order.ground) as ErasureGround);
    await tombstones.settle(order);
    return done;
  }

  /** Erases what was ordered and not done, and again what was erased before and is there, as after the restore of a backup. */
  reapply(): Promise<ErasureStatement[]> {
    return this.parts.eraser.alone(() => this.reapplyAlone());
  }

  private async reapplyAlone(): Promise<ErasureStatement[]> {
    const { reader, vault, tombstones } = this.parts;
    const done: ErasureStatement[] = [];
    for (const epoch of await reader.present(await vault.destroyed()))
      done.push(...(await this.carryOut({ epoch }, false, { cause: 'RESTORE' })));
    for (const order of await tombstones.orders()) done.push(...(await this.fulfil(order)));
    return [...done, ...(await this.eraseSingle(await tombstones.buried(), { cause: 'RESTORE' }))];
  }

  private async eraseSingle(recordIds: readonly string[], ground: ErasureGround): Promise<ErasureStatement[]> {
    const byEpoch = new Map<string, { epoch: Epoch; ids: string[] }>();
    for (const [id, epoch] of await this.parts.reader.epochsOf(recordIds)) {
      const name = `${epoch.month} ${epoch.retentionClass}`;
      const group = byEpoch.get(name) ?? { epoch, ids: [] };
      group.ids.push(id);
      byEpoch.set(name, group);
    }
    const done: ErasureStatement[] = [];
    for (const { epoch, ids } of byEpoch.values())
      for (let at = 0; at < ids.length; at += IDS_IN_A_STATEMENT) {
        const recordIds = ids.slice(at, at + IDS_IN_A_STATEMENT);
        done.push(...(await this.carryOut({ epoch, recordIds }, false, ground)));
      }
    return done;
  }

  private async carryOut(
    scope: ErasureScope,
    keysDestroyed: boolean,
    ground: ErasureGround,
  ): Promise<ErasureStatement[]> {
    const { audit, eraser, vault, node } = this.parts;
    const statement = await this.state(scope, keysDestroyed);
    if (statement.count === 0 && !keysDestroyed) return [];
    const { index } = await audit.erasing({
      caller: { consumer: node },
      protected: { ...ground, erasure: statement },
    });
    await eraser.erase(index, await this.stated(index));
    if (keysDestroyed) await vault.destroy(scope.epoch);
    return [statement];
  }

  /** The statement as it was logged, with the salt under which the entry commits to it. */
  private async stated(index: number): Promise<Readonly<{ part: ProtectedPart; salt: Buffer }>> {
    const record = await this.parts.reader.record(index);
    const keys = record && (await this.parts.vault.find(record.sealed.epoch));
    if (record === undefined || keys === undefined)
      throw new ErasureRefused('the entry that states this erasure cannot be read');
    return openRecord(record.sealed, keys);
  }

  private async state(scope: ErasureScope, keysDestroyed: boolean): Promise<ErasureStatement> {
    let range = emptyRange;
    let first: number | undefined;
    let last = -1;
    for (;;) {
      const leaves = await this.parts.reader.inScope(scope, last, LEAVES_AT_ONCE);
      range = appendAll(
        range,
        leaves.map((leaf) => leaf.leafHash),
      ).range;
      first ??= leaves[0]?.index;
      last = leaves.at(-1)?.index ?? last;
      if (leaves.length < LEAVES_AT_ONCE) break;
    }
    return {
      retention_class: scope.epoch.retentionClass,
      month: scope.epoch.month,
      count: range.size,
      ...(first !== undefined && { first_index: first, last_index: last }),
      root: root(range).toString('base64url'),
      ...(scope.recordIds !== undefined && { record_ids: scope.recordIds }),
      ...(scope.beforeMs !== undefined && { before: new Date(scope.beforeMs).toISOString() }),
      keys_destroyed: keysDestroyed,
    };
  }
}

/** What was erased is in the database again: nothing may be served from it. */
export class ErasedRecordsReturned extends StartFault {
  override readonly name = 'ErasedRecordsReturned';

  constructor() {
    super('erased records are back in the database, as after a restore; run "einmal audit purge"');
  }
}

/** Due before a node serves. @throws ErasedRecordsReturned */
export async function demandErased(reader: LogReader, vault: KeyVault, tombstones: Tombstones): Promise<void> {
  const epochs = await reader.present(await vault.destroyed());
  const records = await reader.epochsOf(await tombstones.erased());
  if (epochs.length > 0 || records.size > 0) throw new ErasedRecordsReturned();
}
