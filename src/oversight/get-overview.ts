import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { parseNote } from '#libs/tlog/signed-note.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { cutoffMs, dueMs, monthsOf, type Retention, retentionOf } from '../erasure/retention.js';
import { Clock } from '../platform/clock.js';
import { GetLogStatus, type LogStatus } from '../transparency/get-log-status.js';
import { KeyVault, STANDARD } from '../vault/key-vault.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { Activity, type Count, type Period, type Step, type StepLength } from './activity.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { type RetentionStanding, type SignedHead, Standing, type StandingFacts } from './standing.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USUAL_MS = 7 * DAY_MS;
/** Longer periods are counted day by day, and beyond that by months: a picture has room for some thirty steps. */
const HOURLY_MS = 3 * DAY_MS;
const DAILY_MS = 40 * DAY_MS;

/** One class of records: how long they are kept, and when the oldest one is past that. Milliseconds since 1970. */
export type KeptClass = RetentionStanding & Readonly<{ months: number; nextDueMs: number | undefined }>;

/** A checkpoint that the log signed, and who has cosigned it. `atMs`: of its newest entry, or of the last cosignature. */
export type SeenCheckpoint = Readonly<{ size: number; root: Buffer; atMs: number; witnesses: readonly string[] }>;

export type Overview = Readonly<{
  period: Period;
  counts: readonly Count[];
  steps: readonly Step[];
  /** Undefined where each step is a calendar month (UTC). */
  stepMs: number | undefined;
  standing: StandingFacts;
  kept: readonly KeptClass[];
  oldestMs: number | undefined;
  isErasureDue: boolean;
  newest: SeenCheckpoint | undefined;
  /** That a majority of the witnesses cosigned. */
  witnessed: SeenCheckpoint | undefined;
  log: LogStatus;
}>;

/** Figures of a period, beginning with a full hour. */
export class GetOverview extends Command<Overview> {
  constructor(
    readonly visit: Visit,
    readonly fromMs: number | undefined,
    readonly toMs: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(GetOverview)
export class GetOverviewHandler implements ICommandHandler<GetOverview> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly standing: Standing,
    private readonly vault: KeyVault,
    private readonly checkpoints: WitnessedCheckpoints,
    private readonly catalogue: CurrentCatalogue,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, fromMs, toMs }: GetOverview): Promise<Overview> {
    const inspector = await this.desk.accept(visit);
    const nowMs = this.clock.now();
    const end = toMs ?? nowMs + HOUR_MS;
    const from = fromMs ?? end - USUAL_MS;
    const begin = Math.floor(from / HOUR_MS) * HOUR_MS;
    const period = { fromMs: begin, toMs: end };
    await this.desk.looks(inspector, 'overview', { filter: { from: isoOf(begin), to: isoOf(end) } });
    const step = stepOf(end - from);
    const retention = retentionOf(this.catalogue.catalogue);
    const terms = (await this.classes(retention)).map((retentionClass) => ({
      retentionClass,
      beforeMs: cutoffMs(retention, retentionClass, nowMs),
    }));
    const [counts, steps, standing, witnessed, log] = await Promise.all([
      this.activity.counts(period),
      this.activity.steps(period, step),
      this.standing.facts(begin, end, terms),
      this.witnessed(),
      this.queries.execute(new GetLogStatus()),
    ]);
    const stepMs = { hour: HOUR_MS, day: DAY_MS, month: undefined }[step];
    const kept = standing.retention.map((it) => ({
      ...it,
      months: monthsOf(retention, it.retentionClass),
      nextDueMs: it.oldestMs === undefined ? undefined : dueMs(retention, it.retentionClass, it.oldestMs),
    }));
    return {
      ...{ period, counts, steps, stepMs, standing, kept, witnessed, log },
      newest: await this.newest(standing.head),
      oldestMs: kept.find(({ retentionClass }) => retentionClass === STANDARD)?.oldestMs,
      // A day is left for the purge to run.
      isErasureDue: kept.some(({ nextDueMs = Infinity }) => nextDueMs + DAY_MS < nowMs),
    };
  }

  /** Those that the catalogue names, and those that have keys: no record is kept without. */
  private async classes(retention: Retention): Promise<readonly string[]> {
    const known = (await this.vault.epochs()).map(({ retentionClass }) => retentionClass);
    return [...new Set([STANDARD, ...retention.keys(), ...known])];
  }

  private async newest({ size, root, atMs, note }: SignedHead): Promise<SeenCheckpoint | undefined> {
    if (note === undefined) return undefined;
    const signed = await this.checkpoints.signedBy(note);
    return { size, root, atMs, witnesses: signed.map(({ witness }) => witness) };
  }

  private async witnessed(): Promise<SeenCheckpoint | undefined> {
    const found = await this.checkpoints.newest();
    if (found === undefined) return undefined;
    const { size, root } = parseCheckpoint(parseNote(found.note).text);
    const signed = await this.checkpoints.signedBy(found.note);
    // Older ones are forgotten now and then, in between, too.
    if (signed.length === 0) return undefined;
    const atMs = Math.max(...signed.map((it) => it.atMs));
    return { size, root, atMs, witnesses: signed.map(({ witness }) => witness) };
  }
}

function stepOf(lengthMs: number): StepLength {
  if (lengthMs <= HOURLY_MS) return 'hour';
  return lengthMs <= DAILY_MS ? 'day' : 'month';
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
