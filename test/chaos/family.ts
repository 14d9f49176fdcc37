import { readdirSync, readFileSync } from 'node:fs';

/** These processes and all that descend from them. */
export function familyOf(roots: readonly number[]): ReadonlySet<number> {
  const children = Map.groupBy(parents(), ({ parent }) => parent);
  const family = new Set(roots);
  for (const member of family) for (const { pid } of children.get(member) ?? []) family.add(pid);
  return family;
}

function parents(): readonly Readonly<{ pid: number; parent: number }>[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the program stands in brackets and may hold anything; state and parent follow (proc(5)).
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return [];
      }
    });
}
