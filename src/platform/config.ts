import { StartFault } from './run-process.js';

/**
 * Environment of a process, read once at start. All faults are reported together; nothing else reads `process.env`.
 */
export class ConfigFault extends StartFault {
  override readonly name = 'ConfigFault';
  constructor(readonly faults: readonly string[]) {
    super(`Configuration refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

export type Setting<T> = Readonly<{ variable: string; read: (text: string | undefined) => T | { fault: string } }>;

type Values<S extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

const isFault = (value: unknown): value is { fault: string } =>
  typeof value === 'object' && value !== null && 'fault' in value;

export function text(variable: string, fallback?: string): Setting<string> {
  return { variable, read: (value) => value ?? fallback ?? { fault: 'is required' } };
}

/** Absent where it is not set. */
export function optional(variable: string): Setting<string | undefined> {
  return { variable, read: (value) => value };
}

const WHOLE = /^-?\d+$/;

/** Whole number within bounds; the unit belongs into the variable's name. */
export function whole(variable: string, bounds: { min: number; max: number; fallback?: number }): Setting<number> {
  return {
    variable,
    read: (value) => {
      if (value === undefined) return bounds.fallback ?? { fault: 'is required' };
      const number = WHOLE.test(value) ? Number(value) : Number.NaN;
      if (!Number.isSafeInteger(number) || number < bounds.min || number > bounds.max)
        return { fault: `must be a whole number from ${bounds.min} to ${bounds.max}` };
      return number;
    },
  };
}

export function oneOf<const T extends string>(variable: string, choices: readonly T[], fallback?: T): Setting<T> {
  return {
    variable,
    read: (value) => {
      const chosen = choices.find((choice) => choice === (value ?? fallback));
      return chosen ?? { fault: `must be one of ${choices.join(', ')}` };
    },
  };
}

export const MODES = ['production', 'development'] as const;
export type Mode = (typeof MODES)[number];

/** What every process needs. */
export const processSettings = {
  mode: oneOf('EINMAL_MODE', MODES, 'production'),
  participant: text('EINMAL_PARTICIPANT'),
  catalogueFolder: text('EINMAL_CATALOGUE'),
  keyFolder: text('EINMAL_KEYS'),
  databaseUrl: text('DATABASE_URL'),
  grpcHost: text('EINMAL_GRPC_HOST', 'localhost'),
  grpcPort: whole('EINMAL_GRPC_PORT', { min: 1, max: 65535 }),
  healthHost: text('EINMAL_HEALTH_HOST', 'localhost'),
  healthPort: whole('EINMAL_HEALTH_PORT', { min: 0, max: 65535, fallback: 0 }),
  logLevel: oneOf('EINMAL_LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
  requestLimitBytes: whole('EINMAL_REQUEST_LIMIT_BYTES', { min: 1024, max: 4_194_304, fallback: 262_144 }),
} as const;

export function readConfig<S extends Record<string, Setting<unknown>>>(
  settings: S,
  environment: Readonly<Record<string, string | undefined>> = processEnvironment(),
  lawful: (values: Values<S>) => readonly string[] = () => [],
): Values<S> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    // An empty variable is one that was not set: `EINMAL_KEYS=` is no folder.
    const value = setting.read(environment[setting.variable] || undefined);
    if (isFault(value)) faults.push(`${setting.variable} ${value.fault}`);
    else values[name] = value;
  }
  if (faults.length > 0) throw new ConfigFault(faults);
  const read = Object.freeze(values) as Values<S>;
  const unlawful = lawful(read);
  if (unlawful.length > 0) throw new ConfigFault(unlawful);
  return read;
}

function processEnvironment(): Readonly<Record<string, string | undefined>> {
  // biome-ignore lint/style/noProcessEnv: the one place that reads the environment
  return process.env;
}
