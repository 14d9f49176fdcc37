import { parseArgs } from 'node:util';
import { FAULTS } from './faults/faults.js';

export const USAGE = `usage: npm run chaos -- [--seed <number>] [--kills <count>] [--seconds <count>] [--once] [--only <fault>[,<fault>]] [--load both|log] [--json]
faults: ${FAULTS.map(({ name }) => name).join(', ')}`;

export type ChaosOptions = Readonly<{
  /** Decides which fault comes when, and what it hits; not what the processes do meanwhile. */
  seed: number;
  /** The run ends with the first fault by which so many processes were killed… */
  kills: number;
  /** … or when no new fault may begin, whichever comes first. */
  seconds: number;
  /** Each fault once, in random order; else by count or time. */
  once: boolean;
  only: readonly string[];
  /** `both`: whole exchanges and log writers; `log`: log writers alone. */
  load: 'both' | 'log';
  json: boolean;
}>;

/** @throws on whatever cannot be understood */
export function readChaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      kills: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '3600' },
      once: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      load: { type: 'string', default: 'both' },
      json: { type: 'boolean', default: false },
    },
  });
  const { load, once, json } = values;
  if (load !== 'both' && load !== 'log') throw new Error('--load is both or log');
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.filter((name) =>
    FAULTS.every((fault) => fault.name !== name || (load === 'log' && fault.needs === 'exchanges')),
  );
  if (unknown.length > 0) throw new Error(`--only names no fault of this load: ${unknown.join(', ')}`);
  return {
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
    kills: whole('--kills', values.kills, 1, 1_000_000),
    seconds: whole('--seconds', values.seconds, 1, 86_400),
    once,
    only,
    load,
    json,
  };
}

function whole(name: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max)
    throw new Error(`${name} is a whole number from ${min} to ${max}`);
  return number;
}
