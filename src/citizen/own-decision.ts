import type { RecordAbout } from '../audit/log-reader.js';
import type { Trigger } from '../consent/trigger.js';

/** The decision that an entry names, where the person took it. */
export function decidedBy({ record, capacities }: RecordAbout): string | undefined {
  return capacities.includes('decider') ? record.caller.trigger_id : undefined;
}

/** A statutory task is nobody's choice: there is nothing to take back. */
export function isOfAPerson({ decision }: Trigger): boolean {
  return decision.acting !== 'AUTHORITY';
}
