/** How well one of two kinds can be told from the other by a single number; 0.5 is guessing. */
export type Separation = Readonly<{
  /** Area under the ROC curve: probability that a number of the second kind is the larger one, ties counted half. */
  auc: number;
  /** Bounds of its confidence interval. */
  low: number;
  high: number;
}>;

/** Of 95 % confidence. */
export const Z_95 = 1.959964;

/** DeLong, DeLong, Clarke-Pearson 1988, by ranks: no assumption about how the numbers are distributed. */
export function separation(first: readonly number[], second: readonly number[], z = Z_95): Separation {
  if (first.length < 2 || second.length < 2) throw new RangeError('it takes at least two numbers of each kind');
  const together = midRanks([...first, ...second]);
  const [within, among] = [midRanks(first), midRanks(second)];
  // Share of the other kind that each number has on its side of it.
  const below = within.map((rank, at) => 1 - ((together[at] ?? 0) - rank) / second.length);
  const above = among.map((rank, at) => ((together[first.length + at] ?? 0) - rank) / first.length);
  const auc = mean(above);
  const error = Math.sqrt(variance(below) / first.length + variance(above) / second.length);
  return { auc, low: auc - z * error, high: auc + z * error };
}

/** From 1, in the order of the values; equal ones share the mean of theirs. */
function midRanks(values: readonly number[]): readonly number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (const { at } of order.slice(from, to)) ranks[at] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Every two kinds, each pair once. */
export function separations(
  samples: ReadonlyMap<string, readonly number[]>,
  z = Z_95,
): readonly (Separation & Readonly<{ pair: string }>)[] {
  const kinds = [...samples];
  return kinds.flatMap(([one, first], at) =>
    kinds.slice(at + 1).map(([other, second]) => ({ pair: `${one} / ${other}`, ...separation(first, second, z) })),
  );
}
