import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Appender, ChaosSystem } from './system.js';

const TRIES = 400;
const LOOKS = 8;

/** Who holds the lock of the head between two statements, as the database sees it. */
type Holder = Readonly<{
  pid: number;
  process: string;
  /** When it last did something, by the clock of the database. */
  since: string;
  isIdle: boolean;
}>;

/** A process that is paused while it holds the lock of the head. */
export type Caught = Readonly<{ appender: Appender; holder: Holder }>;

/**
 * Pauses processes until one is caught between its lock and its commit. The session must be idle in its transaction: a
 * statement that is still running ends without its client.
 */
export async function pauseLockHolder(system: ChaosSystem): Promise<Caught> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const seen = await holderOf(system.database);
    const appender = seen && system.appender(seen.process);
    if (appender?.pid === undefined) {
      await sleep(2);
      continue;
    }
    appender.signal('SIGSTOP');
    for (let look = 0; look < LOOKS; look++) {
      const holder = await holderOf(system.database);
      if (holder === undefined || holder.process !== appender.name) break;
      if (holder.isIdle && look > 0) return { appender, holder };
      await sleep(5);
    }
    appender.signal('SIGCONT');
    await sleep(3);
  }
  throw new Error(`nobody was caught holding the lock of the head in ${TRIES} attempts`);
}

async function holderOf(database: Pool): Promise<Holder | undefined> {
  const { rows } = await database.query<Holder>(`
    select a.pid, a.application_name as process, a.state_change::text as since,
      a.state like 'idle in transaction%' as "isIdle"
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.relation = 'log.head'::regclass and l.granted and l.mode in ('RowShareLock', 'RowExclusiveLock')
      and a.pid <> pg_backend_pid() and a.wait_event_type is distinct from 'Lock'
    limit 1`);
  return rows[0];
}

/** How long others had to wait, milliseconds, all by the clock of the database. */
export type Delay = Readonly<{
  /** Until the database had taken the lock from the holder. */
  heldMs: number;
  /** Until somebody who asked for the lock got it, behind all who had asked before. */
  waitedMs: number;
}>;

/** Waits until the holder has lost the lock and somebody else has got it. */
export async function delayBy(database: Pool, { pid, since }: Holder): Promise<Delay> {
  const measured = async (text: string): Promise<number> => {
    const client = await database.connect();
    try {
      await client.query(`begin; set local lock_timeout = '20s'`);
      await client.query(text);
      const { rows } = await client.query<{ ms: string }>(
        `select extract(epoch from clock_timestamp() - $1::timestamptz) * 1000 as ms`,
        [since],
      );
      return Math.round(Number(rows[0]?.ms));
    } finally {
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
  };
  const [heldMs, waitedMs] = await Promise.all([
    measured(`do $$ begin
      for i in 1..4000 loop
        exit when not exists (select from pg_locks where pid = ${pid} and granted and relation = 'log.head'::regclass
          and mode in ('RowShareLock', 'RowExclusiveLock'));
        perform pg_sleep(0.005);
      end loop;
    end $$`),
    measured('select from log.head for update'),
  ]);
  return { heldMs, waitedMs };
}
