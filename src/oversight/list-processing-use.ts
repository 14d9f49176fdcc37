import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../platform/clock.js';
import { Activity, type Use } from './activity.js';
import { OversightDesk, type Visit } from './oversight-desk.js';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** How often each processing was used, for the record of processing (GDPR Art. 30). */
export class ListProcessingUse extends Command<readonly Use[]> {
  constructor(
    readonly visit: Visit,
    readonly fromMs: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(ListProcessingUse)
export class ListProcessingUseHandler implements ICommandHandler<ListProcessingUse> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, fromMs }: ListProcessingUse): Promise<readonly Use[]> {
    const inspector = await this.desk.accept(visit);
    await this.desk.looks(inspector, 'processing');
    const from = fromMs ?? this.clock.now() - YEAR_MS;
    return this.activity.uses(Math.floor(from / HOUR_MS) * HOUR_MS);
  }
}
