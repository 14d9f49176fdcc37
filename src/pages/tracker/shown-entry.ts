import type { OwnEntry } from '../../client/citizen-calls.js';
import type { ListedEntry } from '../../client/listed-entries.js';

/** The clear columns of an entry as its receipt opens them: what is shown is what the leaf commits to. */
export function shownEntry({ log_index, opening: { caller } }: OwnEntry['receipt']): ListedEntry {
  const text = (name: string) => {
    const value = caller[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    log_index,
    log_time: text('log_time'),
    event: text('event'),
    exchange_id: text('exchange_ref'),
    consumer: text('consumer'),
    register: text('register'),
    evidence_type: text('evidence_type'),
    purpose: text('purpose'),
    legal_basis: text('legal_basis'),
    outcome: text('outcome'),
    reason: text('reason'),
    capacities: [],
  };
}
