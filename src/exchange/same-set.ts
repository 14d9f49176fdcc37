/** Whether both name the same, in whatever order and however often. */
export function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const [one, other] = [new Set(some), new Set(others)];
  return one.size === other.size && [...one].every((it) => other.has(it));
}
