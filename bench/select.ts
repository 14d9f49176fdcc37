import type { MeasureGroup } from './measure.js';

/** Which groups to run, and which of their measures to report. */
export type Selection = Readonly<{ groups: readonly MeasureGroup[]; ids: ReadonlySet<string> }>;

/** All measures if no name is given. @throws UnknownName */
export function select(registry: readonly MeasureGroup[], names: readonly string[]): Selection {
  const ids = new Set<string>();
  for (const name of names.length === 0 ? registry.map((group) => group.name) : names) {
    const found = registry.flatMap((group) => group.measures.filter(({ id }) => group.name === name || id === name));
    if (found.length === 0) throw new UnknownName(name, registry);
    for (const { id } of found) ids.add(id);
  }
  return { groups: registry.filter((group) => group.measures.some(({ id }) => ids.has(id))), ids };
}

export class UnknownName extends Error {
  override readonly name = 'UnknownName';
  constructor(name: string, registry: readonly MeasureGroup[]) {
    const known = registry.flatMap((group) => [group.name, ...group.measures.map(({ id }) => id)]);
    super(`there is no measure ${name}; known are ${known.join(', ')}`);
  }
}
