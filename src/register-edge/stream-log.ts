import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import { demand, Refused } from './check.js';
import type { AskedPeriod } from './decode-period.js';
import { EdgeLog, type LogRead, type Period } from './edge-log.js';
import { type EdgeLogLine, EdgeLogReader } from './edge-log-reader.js';
import { CALLER_CHECKS } from './request-checks.js';

const LINES_A_PAGE = 500;

/** Lines about exchanges with the caller, in their order. A command although it reads: reads are on record. */
export class StreamLog extends Command<AsyncIterable<EdgeLogLine>> {
  constructor(
    readonly caller: Caller,
    readonly asked: AskedPeriod,
  ) {
    super();
  }
}

@CommandHandler(StreamLog)
export class StreamLogHandler implements ICommandHandler<StreamLog> {
  constructor(
    private readonly log: EdgeLog,
    private readonly reader: EdgeLogReader,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, asked }: StreamLog): Promise<AsyncIterable<EdgeLogLine>> {
    const { id } = caller.participant;
    const read = { caller: id, period: asked.ok ? asked.period : null };
    try {
      const period = permitted(caller, asked);
      await this.#record({ ...read, outcome: 'answered', reason: null, cause: null });
      return this.#lines(id, period);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason, trueCause: cause, violations } = error;
      await this.#record({ ...read, outcome: 'refused', reason, cause });
      throw violations.length === 0 ? refusal(reason) : new Fault(reason, { violations });
    }
  }

  /** The period is over, so that neither its extent nor a page of it changes while others are read. */
  async *#lines(caller: string, period: Period): AsyncGenerator<EdgeLogLine> {
    const extent = await this.reader.extent(caller, period);
    if (extent === undefined) return;
    for (let { first } = extent; ; ) {
      const page = await this.reader.page(caller, period, { ...extent, first }, LINES_A_PAGE);
      yield* page;
      const { sequence = extent.last } = page.at(-1) ?? {};
      if (page.length < LINES_A_PAGE || sequence >= extent.last) return;
      first = sequence + 1;
    }
  }

  /** FZV § 68: what is not on record does not leave. */
  async #record(read: Omit<LogRead, 'at'>): Promise<void> {
    try {
      await this.log.appendRead({ at: this.clock.now(), ...read });
    } catch (error) {
      throw outage('AUDIT_LOG_UNAVAILABLE', error);
    }
  }
}

/** @throws Refused */
function permitted(caller: Caller, asked: AskedPeriod): Period {
  demand(CALLER_CHECKS, caller);
  if (!asked.ok) throw new Refused('REQUEST_INVALID', 'FIELDS_INVALID', asked.violations);
  return asked.period;
}
