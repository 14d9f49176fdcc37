/** `+` only in the new text, `-` only in the old one, `…` lines that are the same and left out. */
export type DiffLine = Readonly<{ sign: '+' | '-' | ' ' | '…'; text: string }>;

/** Equal lines shown around what changed. */
const AROUND = 3;
/** Above that, what lies between the first and the last change is shown as a whole: old, then new. */
const MOST_CELLS = 4_000_000;

/** What changed between two texts, line by line. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  const start = commonStart(old, next);
  const end = commonStart(old.slice(start).reverse(), next.slice(start).reverse());
  const same = (texts: readonly string[]) => texts.map((text): DiffLine => ({ sign: ' ', text }));
  return shortened([
    ...same(old.slice(0, start)),
    ...changes(old.slice(start, old.length - end), next.slice(start, next.length - end)),
    ...same(old.slice(old.length - end)),
  ]);
}

function commonStart(some: readonly string[], others: readonly string[]): number {
  const most = Math.min(some.length, others.length);
  let at = 0;
  while (at < most && some[at] === others[at]) at++;
  return at;
}

/** By the longest common subsequence of lines. */
function changes(old: readonly string[], next: readonly string[]): readonly DiffLine[] {
  const removed = old.map((text): DiffLine => ({ sign: '-', text }));
  const added = next.map((text): DiffLine => ({ sign: '+', text }));
  const width = next.length + 1;
  if ((old.length + 1) * width > MOST_CELLS) return [...removed, ...added];
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = next.length - 1; j >= 0; j--)
      common[i * width + j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < next.length) {
    if (old[i] === next[j]) {
      lines.push({ sign: ' ', text: old[i] ?? '' });
      [i, j] = [i + 1, j + 1];
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push(...removed.slice(i, ++i));
    else lines.push(...added.slice(j, ++j));
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)];
}

function shortened(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>();
  for (const [at, { sign }] of lines.entries())
    if (sign !== ' ') for (let it = at - AROUND; it <= at + AROUND; it++) near.add(it);
  return lines.flatMap((line, at): readonly DiffLine[] => {
    if (near.has(at)) return [line];
    return near.has(at - 1) || (at === 0 && near.size > 0) ? [{ sign: '…', text: '' }] : [];
  });
}
