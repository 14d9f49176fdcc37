import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { GetLogStatus, type LogStatus } from '../transparency/get-log-status.js';
import { Activity, type Count, type Period, type Step, type StepLength } from './activity.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { Standing, type StandingFacts } from './standing.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USUAL_MS = 7 * DAY_MS;
/** Longer periods are counted day by day, and beyond that by months: a picture has room for some thirty steps. */
const HOURLY_MS = 3 * DAY_MS;
const DAILY_MS = 40 * DAY_MS;
/** Two years (IDNrG § 9 Abs. 3), where the catalogue names no other ordinary term. */
const TERM_MONTHS = 24;

export type Overview = Readonly<{
  period: Period;
  counts: readonly Count[];
  steps: readonly Step[];
  /** Undefined where each step is a calendar month (UTC). */
  stepMs: number | undefined;
  standing: StandingFacts;
  oldestMs: number | undefined;
  isErasureDue: boolean;
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
    private readonly reader: LogReader,
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
    const [counts, steps, standing, oldestMs, log] = await Promise.all([
      this.activity.counts(period),
      this.activity.steps(period, step),
      this.standing.facts(begin, end),
      this.reader.reachesBackTo(),
      this.queries.execute(new GetLogStatus()),
    ]);
    const stepMs = { hour: HOUR_MS, day: DAY_MS, month: undefined }[step];
    const isErasureDue = oldestMs !== undefined && oldestMs < this.cutoff(nowMs);
    return { period, counts, steps, stepMs, standing, oldestMs, isErasureDue, log };
  }

  /** What was logged before is due to be erased; a day is left for the purge to run. */
  private cutoff(nowMs: number): number {
    const { months = TERM_MONTHS } = this.catalogue.catalogue.retention.find(({ id }) => id === 'standard') ?? {};
    const then = new Date(nowMs - DAY_MS);
    then.setUTCMonth(then.getUTCMonth() - months);
    return then.getTime();
  }
}

function stepOf(lengthMs: number): StepLength {
  if (lengthMs <= HOURLY_MS) return 'hour';
  return lengthMs <= DAILY_MS ? 'day' : 'month';
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
