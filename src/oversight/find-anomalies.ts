import { AuditLog } from '../audit/audit-log.js';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { AnomalyStatement } from '../audit/record.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { OperationalLog } from '../platform/operational-log.js';
import { canonicalDigest } from '../tokens/digest.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { Activity, type EntryQuery } from './activity.js';
import { DEFAULT_THRESHOLDS, unusual } from './anomaly.js';
import { AnomalySource } from './anomaly-source.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HISTORY_MS = 28 * DAY_MS;
const TASKS_AT_ONCE = 200;

/**
 * Looks at each hour that is over, once, whatever number of nodes do. What is unusual becomes an entry of the node's own: a
 * consumer is not told that it is watched.
 */
export class AnomalyHunt {
  #lookedAtMs = 0;

  constructor(
    /** Participant that runs the log. */
    private readonly node: string,
    private readonly activity: Activity,
    private readonly source: AnomalySource,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly audit: AuditLog,
    private readonly catalogue: CurrentCatalogue,
    private readonly log: OperationalLog,
  ) {}

  /** Gives how many were new. Hours that ended while no node could look are looked at as well, up to a day of them. */
  async look(nowMs: number): Promise<number> {
    const toMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    let fresh = 0;
    for (let hour = Math.max(this.#lookedAtMs, toMs - DAY_MS) + HOUR_MS; hour <= toMs; hour += HOUR_MS) {
      const found = [...(await this.byCounts(hour)), ...(await this.byTasks(hour))];
      fresh += await this.record(hour === toMs ? [...found, ...(await this.byPersons(toMs))] : found);
      this.#lookedAtMs = hour;
    }
    return fresh;
  }

  private async record(found: readonly Named[]): Promise<number> {
    let fresh = 0;
    for (const { name, anomaly } of found) {
      const facts = { caller: { consumer: this.node }, protected: { cause: anomaly.kind, anomaly } };
      if ((await this.audit.anomalyOnce(name, facts)) !== undefined) fresh++;
    }
    return fresh;
  }

  private async byCounts(toMs: number): Promise<readonly Named[]> {
    const { settings, participants } = this.catalogue.catalogue;
    const authorities = participants.filter(({ kind }) => kind === 'authority').map(({ id }) => id);
    const hours = await this.source.consumerHours(toMs - HISTORY_MS, toMs);
    const active = hours.filter(({ atMs }) => atMs === toMs - HOUR_MS).map(({ consumer }) => consumer);
    const observed = {
      hour: { fromMs: toMs - HOUR_MS, toMs },
      hours,
      since: await this.source.seenSince(active),
      authorities: new Set(authorities),
    };
    return unusual(observed, { ...DEFAULT_THRESHOLDS, ...settings.oversight }).map((anomaly) => ({
      // A share of a day is told once a day.
      name: nameOf([anomaly.kind, anomaly.consumer, anomaly.kind === 'NEVER_USED' ? dayOf(toMs) : anomaly.from]),
      anomaly,
    }));
  }

  private async byPersons(toMs: number): Promise<readonly Named[]> {
    const { consumers_per_person: threshold } = {
      ...DEFAULT_THRESHOLDS,
      ...this.catalogue.catalogue.settings.oversight,
    };
    const asked = await this.source.askedByMany(toMs - DAY_MS, threshold);
    return asked.map(({ key, consumers, entry }) => ({
      name: nameOf(['SAME_PERSON', key, dayOf(toMs)]),
      anomaly: {
        ...{ kind: 'SAME_PERSON', consumer: '', ...between(toMs - DAY_MS, toMs) },
        ...{ observed: consumers, expected: 0, threshold, entry },
      },
    }));
  }

  /** A task of an authority without the file it belongs to: the number is in the protected half. */
  private async byTasks(toMs: number): Promise<readonly Named[]> {
    const period = { fromMs: toMs - HOUR_MS, toMs };
    const found: Named[] = [];
    for (const { id } of this.catalogue.catalogue.legal_bases.filter(({ trigger }) => trigger === 'STATUTORY_TASK')) {
      const query = { ...period, legal_basis: id, events: ['trigger.granted'] as const };
      for await (const record of this.recordsOf(query)) {
        const part = (await readableHalf(this.vault, record, this.log))?.part;
        if (part === undefined || (part.file_reference ?? '').trim() !== '') continue;
        const { consumer } = record.caller;
        const anomaly = {
          ...{ kind: 'NO_FILE_REFERENCE', consumer, ...between(period.fromMs, toMs) },
          ...{ observed: 1, expected: 0, threshold: 1, entry: record.index },
        };
        found.push({ name: nameOf(['NO_FILE_REFERENCE', String(record.index)]), anomaly });
      }
    }
    return found;
  }

  /** All that match, newest first. */
  private async *recordsOf(query: EntryQuery): AsyncGenerator<StoredRecord> {
    let before = Number.MAX_SAFE_INTEGER;
    while (true) {
      const indices = await this.activity.matching(query, before, TASKS_AT_ONCE);
      yield* await this.reader.records(indices);
      const last = indices.at(-1);
      if (last === undefined || indices.length < TASKS_AT_ONCE) return;
      before = last;
    }
  }
}

type Named = Readonly<{ name: string; anomaly: AnomalyStatement }>;

function nameOf(what: readonly string[]): string {
  return `anomaly ${canonicalDigest(what)}`;
}

function between(fromMs: number, toMs: number): Pick<AnomalyStatement, 'from' | 'to'> {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
