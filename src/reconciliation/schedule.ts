import type { Period } from './register-log.js';

/** A period that this node alone is to compare now. */
export type Claim = Readonly<{ register: string; holder: string; period: Period }>;

/**
 * Up to which moment the log of each register was compared: durable, shared by all nodes, by the clock of the database.
 *
 * - `claim` gives the next period of one of these registers, longest behind first, if one is due that nobody is at. Periods
 *   of a register follow each other without gap or overlap, from the moment at which it was first asked for. One claim is
 *   not given twice, unless it was not renewed for a while.
 * - `renew` tells whether the claim still holds. `done` moves the register on, if it does; `failed` leaves the period to a
 *   later claim, after a pause or at once.
 */
export abstract class ReconciliationSchedule {
  abstract claim(registers: readonly string[]): Promise<Claim | undefined>;
  abstract renew(claim: Claim): Promise<boolean>;
  abstract done(claim: Claim): Promise<boolean>;
  abstract failed(claim: Claim, retry: 'later' | 'now'): Promise<void>;
}
