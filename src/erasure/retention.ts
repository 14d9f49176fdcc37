import type { Catalogue } from '../catalogue/catalogue.js';
import type { Epoch } from '../vault/key-vault.js';

/** Months that records are kept, by retention class. */
export type Retention = ReadonlyMap<string, number>;

/** Two years (IDNrG § 9 Abs. 3), for every class that has no term of its own. */
export const DEFAULT_MONTHS = 24;

/** The moment before which records of a class are erased, in milliseconds since 1970. */
export function cutoffMs(retention: Retention, retentionClass: string, nowMs: number): number {
  const months = monthsOf(retention, retentionClass);
  const now = new Date(nowMs);
  const then = new Date(nowMs);
  then.setUTCMonth(now.getUTCMonth() - months);
  // The 31st of March less one month would be the 3rd of March: erased too early by nobody's rule, so the month's last day.
  if (then.getUTCDate() !== now.getUTCDate()) then.setUTCDate(0);
  return then.getTime();
}

/** The first moment at which what was logged at a moment is past its term: the other way round of `cutoffMs`. */
export function dueMs(retention: Retention, retentionClass: string, loggedAtMs: number): number {
  const due = new Date(loggedAtMs);
  const day = due.getUTCDate();
  due.setUTCMonth(due.getUTCMonth() + monthsOf(retention, retentionClass));
  // Logged on the 31st, and the month in which it ends has no such day: its last day keeps it, the next month does not.
  if (due.getUTCDate() !== day) return Date.UTC(due.getUTCFullYear(), due.getUTCMonth(), 1);
  return due.getTime();
}

export function monthsOf(retention: Retention, retentionClass: string): number {
  return retention.get(retentionClass) ?? DEFAULT_MONTHS;
}

/** Whether nothing of an epoch is younger than the cutoff: its keys may be destroyed. */
export function isOver({ month }: Epoch, cutoff: number): boolean {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number) <= cutoff;
}

/** The terms that the catalogue names. */
export function retentionOf({ retention }: Pick<Catalogue, 'retention'>): Retention {
  return new Map(retention.map(({ id, months }) => [id, months]));
}
