import type { ClientBase } from 'pg';
import { type CompactRange, restoreRange } from '#libs/merkle/compact-range.js';
import { type Effect, EffectLedger, type RetrievalState, type TriggerState } from './effect.js';

export type LockedHead = Readonly<{ range: CompactRange; logTime: string; ledger: EffectLedger }>;

type LockRow = {
  size: string;
  frontier: Buffer[];
  log_time_ms: string;
  trigger_states: TriggerState['state'][];
  trigger_users: (string | null)[];
  retrieval_states: RetrievalState[];
};

/** Locks the head until the client's transaction ends and reads the states that these effects touch. */
export async function lockHead(client: ClientBase, effects: readonly Effect[]): Promise<LockedHead> {
  const triggers = [...new Set(effects.flatMap((effect) => ('trigger' in effect ? [effect.trigger] : [])))];
  const retrievals = [...new Set(effects.flatMap((effect) => ('retrieval' in effect ? [effect.retrieval] : [])))];
  const { rows } = await client.query<LockRow>({
    name: 'lock_head',
    text: 'select size, frontier, log_time_ms, trigger_states, trigger_users, retrieval_states from log.lock_head($1, $2)',
    values: [triggers, retrievals],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('the log has no head');
  return {
    range: restoreRange(Number(row.size), row.frontier),
    logTime: new Date(Number(row.log_time_ms)).toISOString(),
    ledger: new EffectLedger(
      new Map(triggers.map((id, i) => [id, triggerState(row.trigger_states[i], row.trigger_users[i])])),
      new Map(retrievals.map((id, i) => [id, row.retrieval_states[i] ?? 'UNKNOWN'])),
    ),
  };
}

function triggerState(state: TriggerState['state'] | undefined, by: string | null | undefined): TriggerState {
  if (state === 'USED') return { state, by: by ?? '' };
  return { state: state ?? 'UNKNOWN' };
}
