/** Two-sided 95 % of the normal distribution; with few points the interval is a little too narrow, which is the strict side. */
const QUANTILE = 1.96;

/** Lower end of the 95 % interval of the slope through these points (least squares): at most zero where no growth can be told from chance. */
export function leastSlope(points: readonly (readonly [number, number])[]): number {
  if (points.length < 3) throw new RangeError('a slope needs three points');
  const n = points.length;
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / n) as [
    number,
    number,
  ];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) throw new RangeError('all points are at one place');
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return slope - QUANTILE * Math.sqrt(rest / (n - 2) / spread);
}
