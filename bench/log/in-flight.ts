/** Keeps a number of writers busy until all work is done; gives operations per second. */
export async function perSecond(writers: number, work: readonly (() => Promise<unknown>)[]): Promise<number> {
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let act = work[next++]; act !== undefined; act = work[next++]) await act();
    }),
  );
  return (work.length * 1000) / (performance.now() - began);
}
