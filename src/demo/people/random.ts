/** A stream of numbers that depends on its seed alone. For synthetic data only, never for keys, salts or nonces. */
export type Random = Readonly<{
  /** Uniform in 0 … `below` − 1. */
  below(below: number): number;
  /** Uniform in `min` … `max`, both included. */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T extends readonly [unknown, ...unknown[]]>(from: T): T[number];
}>;

/**
 * xoshiro128** (Blackman and Vigna, 2018), its 128 bits of state filled by splitmix32 from the seed and a stream number.
 * Every household draws from a stream of its own, so no household depends on how many numbers another one has used.
 */
export function randomStream(seed: number, stream: number): Random {
  let mix = (Math.imul(seed >>> 0, 0x9e3779b1) ^ Math.imul((stream + 1) >>> 0, 0x85ebca6b)) | 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix() | 1;

  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (result >>> 0) / 0x1_0000_0000;
  };

  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    between: (min, max) => min + below(max - min + 1),
    chance: (probability) => next() < probability,
    pick: (from) => from[below(from.length)] ?? from[0],
  };
}
