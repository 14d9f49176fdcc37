import { byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';

/** Parts of areas are for reading; the law counts and separates the outermost (IDNrG § 7 Abs. 2, § 12 Abs. 1). */
const LEAST = 6;

export function checkAreas(read: ReadSections, report: Report): void {
  const areas = byId(read, 'areas');
  const say = report.bind(undefined, 'areas');
  for (const [index, { id, part_of }] of (read.areas ?? []).entries()) {
    if (part_of === undefined) continue;
    const path = ['areas', index, 'part_of'];
    resolve(areas, part_of, 'area', say, path);
    const passed = new Set([id]);
    for (
      let at = areas?.get(part_of);
      at !== undefined;
      at = at.part_of === undefined ? undefined : areas?.get(at.part_of)
    ) {
      if (at.id === id) say(path, `area "${id}" is a part of itself`);
      if (passed.has(at.id)) break;
      passed.add(at.id);
    }
  }
  const outermost = (read.areas ?? []).filter(({ part_of }) => part_of === undefined).length;
  if (read.areas !== undefined && outermost < LEAST)
    say(
      ['areas'],
      `the law wants at least ${LEAST} areas that are part of no other (IDNrG § 7 Abs. 2), not ${outermost}`,
    );
}
