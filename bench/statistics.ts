/** Middle of the values, for an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2;
}

/** Nearest rank: the least value that `percent` of all values do not exceed, hence always one that was observed. */
export function percentile(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError('a percentile is above 0 and at most 100');
  const sorted = ascending(values);
  // Rounded first: 0.07 * 100 is a little more than 7.
  const rank = Math.ceil(Number(((percent / 100) * sorted.length).toPrecision(12)));
  return at(sorted, rank - 1);
}

function ascending(values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new RangeError('no values');
  if (!values.every(Number.isFinite)) throw new RangeError('values must be finite numbers');
  return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError('no such value');
  return value;
}
