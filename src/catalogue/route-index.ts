import type { Catalogue, EvidenceType, Register } from './catalogue.js';
import { competenceKeys, isRoutedBy, statedDays } from './competence.js';
import { RegionKeys } from './region-keys.js';

/** That a register has a key, from a day to a day, both included. */
export type Held = Readonly<{ register: Register; from: string; until: string }>;

/** The one register that has a key for good: what a route answers, as it is. */
export type Only = Readonly<{ kind: 'one'; register: Register }>;

export type Holders = Readonly<{
  regions: RegionKeys<Only | readonly Held[]>;
  numbers: ReadonlyMap<string, Only | readonly Held[]>;
}>;

/** Connected registers by what they deliver and for which key. Built once per version: a route looks each length of a key up once. */
export class RouteIndex {
  readonly #types: ReadonlyMap<string, Holders>;

  constructor({ registers, evidence_types }: Pick<Catalogue, 'registers' | 'evidence_types'>) {
    const keys = new Map<string, Map<string, Held[]>>();
    const parameters = new Map(evidence_types.map(({ id, competence_parameter }) => [id, competence_parameter]));
    for (const register of registers) {
      if (register.connected === false) continue;
      const competent = competenceKeys(register);
      for (const type of register.evidence_types) {
        const byKey = madeIn(keys, type, () => new Map<string, Held[]>());
        for (const it of competent)
          if (isRoutedBy(parameters.get(type) ?? 'none', it))
            madeIn(byKey, it.key, () => []).push({ register, from: it.from, until: it.until });
      }
    }
    this.#types = new Map(
      [...keys].map(([type, byKey]) => [type, holders(parameters.get(type) !== 'register_number', byKey)]),
    );
  }

  /** Undefined: nobody who is connected delivers it. */
  holdersOf({ id }: EvidenceType): Holders | undefined {
    return this.#types.get(id);
  }
}

function holders(areRegions: boolean, held: ReadonlyMap<string, readonly Held[]>): Holders {
  const byKey = new Map([...held].map(([key, all]) => [key, simplest(all)]));
  return areRegions
    ? { regions: new RegionKeys(byKey), numbers: new Map() }
    : { regions: new RegionKeys(new Map()), numbers: byKey };
}

function simplest(held: readonly Held[]): Only | readonly Held[] {
  const [only, ...others] = held;
  return only !== undefined && others.length === 0 && statedDays(only).length === 0
    ? { kind: 'one', register: only.register }
    : held;
}

function madeIn<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
