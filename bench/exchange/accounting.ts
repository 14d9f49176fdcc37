import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of this length (`getconf CLK_TCK`). */
const TICK_MS = 10;
const PAGE_BYTES = 4096;

/** Milliseconds of processor time by name of the process; PostgreSQL counts as one. */
export type CpuTimes = ReadonlyMap<string, number>;

/** What is counted: processes by name, and the first process of a PostgreSQL. */
export type Accounted = Readonly<{ processes: ReadonlyMap<string, number>; postgres?: number }>;

export function cpuTimes({ processes, postgres }: Accounted): CpuTimes {
  const times = new Map([...processes].map(([name, pid]) => [name, ownTimeMs(pid)]));
  if (postgres !== undefined) times.set('postgres', withChildrenMs(postgres));
  return times;
}

/** For one of `count` exchanges, by process. */
export function cpuPerExchange(before: CpuTimes, after: CpuTimes, count: number): CpuTimes {
  return new Map([...after].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / count]));
}

export function totalOf(times: CpuTimes): number {
  return [...times.values()].reduce((sum, ms) => sum + ms, 0);
}

export function residentMb(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * PAGE_BYTES) / 2 ** 20;
}

/** All threads, those that have ended included. */
function ownTimeMs(pid: number): number {
  const { user, system } = statOf(pid);
  return (user + system) * TICK_MS;
}

/** Each connection is a process; those that have ended are counted with their parent. */
function withChildrenMs(postmaster: number): number {
  const own = statOf(postmaster);
  let ticks = own.user + own.system + own.endedChildren;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const { parent, user, system } = statOf(Number(entry));
      if (parent === postmaster) ticks += user + system;
    } catch {
      // It has ended since the folder was read.
    }
  }
  return ticks * TICK_MS;
}

function statOf(pid: number): Readonly<{ parent: number; user: number; system: number; endedChildren: number }> {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may hold anything (proc_pid_stat(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), user: at(14), system: at(15), endedChildren: at(16) + at(17) };
}
