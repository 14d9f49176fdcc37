import { InvalidArgumentError } from 'commander';

/** Reads a whole number of an option. */
export function whole(min: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(number) || number < min) throw new InvalidArgumentError(`a whole number from ${min} on`);
    return number;
  };
}
