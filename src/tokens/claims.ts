import { TokenFault } from './jws.js';

/** Reads typed claims of a verified token. @throws TokenFault CLAIM */
export function claimText(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string' || value === '') throw new TokenFault('CLAIM');
  return value;
}

export function claimTexts(claims: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = claims[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw new TokenFault('CLAIM');
  return value;
}

export function claimNumber(claims: Readonly<Record<string, unknown>>, name: string): number {
  const value = claims[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TokenFault('CLAIM');
  return value;
}

export function claimObject(
  claims: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = claims[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenFault('CLAIM');
  return value as Readonly<Record<string, unknown>>;
}

export function claimOneOf<const T extends string>(
  claims: Readonly<Record<string, unknown>>,
  name: string,
  choices: readonly T[],
): T {
  const value = choices.find((choice) => choice === claims[name]);
  if (value === undefined) throw new TokenFault('CLAIM');
  return value;
}
