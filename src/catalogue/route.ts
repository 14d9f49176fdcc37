import { germanDay } from '../platform/german-day.js';
import type { CompetenceParameter, EvidenceType, Register } from './catalogue.js';
import type { Held, Only, RouteIndex } from './route-index.js';

/** What the caller says about where the evidence is. */
export type RouteParameters = Readonly<{
  ars?: string;
  register_number?: string;
  /** Day on which the key was in use, ISO 8601; today, if absent. */
  key_date?: string;
}>;

export type Route =
  | Only
  /** No register connected here is competent: the person may bring the evidence. */
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'several'; registers: readonly string[] }>
  /** The evidence type is routed by parameters that are missing or malformed. `key_date`: the key had ended by that day. */
  | Readonly<{ kind: 'needs'; parameters: readonly (keyof RouteParameters)[] }>;

const SHAPES: Readonly<Record<Exclude<CompetenceParameter, 'none'>, RegExp>> = {
  /** Official region key: 2 (Land) to 12 (Gemeinde) digits. */
  ars: /^\d{2,12}$/,
  register_number: /^[0-9a-z][0-9a-z._-]{0,31}$/,
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The responsible register: of those competent for the region on that day, the one with the longest prefix; for a register number
 * the one that has it. `today` is ISO 8601, in Germany.
 */
export function route(index: RouteIndex, type: EvidenceType, given: RouteParameters, today: string): Route {
  const holders = index.holdersOf(type);
  if (holders === undefined) return { kind: 'none' };
  const parameter = type.competence_parameter;
  if (parameter === 'none') {
    const found = routeBy(holders.regions.at('', 0), today);
    // Nobody can be asked back for the day of a key that nobody gave.
    return found === undefined || found.kind === 'needs' ? { kind: 'none' } : found;
  }
  const { [parameter]: key, key_date: day = today } = given;
  if (key === undefined || !SHAPES[parameter].test(key)) return { kind: 'needs', parameters: [parameter] };
  // A key of tomorrow leads nowhere yet.
  if (!DAY.test(day) || day > today) return { kind: 'needs', parameters: ['key_date'] };
  if (parameter === 'register_number') return routeBy(holders.numbers.get(key), day) ?? { kind: 'none' };
  for (const length of holders.regions.lengths) {
    const found = routeBy(holders.regions.at(key, length), day);
    if (found !== undefined) return found;
  }
  return { kind: 'none' };
}

/** Undefined where nobody has this key on that day, and nobody has had it. */
function routeBy(held: Only | readonly Held[] | undefined, day: string): Route | undefined {
  if (held === undefined || 'kind' in held) return held;
  const registers = registersOn(held, day);
  if (registers.length > 0) return chosen(registers);
  // Whoever is competent around a key that has ended need not be who took its register over (ADR 79).
  return held.some(({ until }) => until < day) ? { kind: 'needs', parameters: ['key_date'] } : undefined;
}

function registersOn(held: readonly Held[], day: string): readonly Register[] {
  const found = held.filter(({ from, until }) => from <= day && day <= until).map(({ register }) => register);
  return found.length > 1 ? [...new Set(found)] : found;
}

function chosen(registers: readonly Register[]): Route {
  const [register, ...others] = registers;
  if (register === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'one', register };
  return { kind: 'several', registers: registers.map(({ id }) => id).sort() };
}

/** What takes a right away counts within a minute (design 5): nobody goes by an older route. */
const FRESH_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Until when a route may be kept: never into a day on which other keys may be in use. */
export function freshUntil(nowMs: number): number {
  const freshMs = nowMs + FRESH_MS;
  // A day of Germany begins with a full hour of UTC.
  return germanDay(freshMs) === germanDay(nowMs) ? freshMs : Math.floor(freshMs / HOUR_MS) * HOUR_MS;
}
