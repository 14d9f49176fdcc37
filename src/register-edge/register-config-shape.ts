import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv2020, AnySchema, ValidateFunction } from 'ajv/dist/2020.js';
import { packageRoot } from '../platform/paths.js';
import { FOREIGN_CONFIG_SCHEMAS } from './foreign-config.schema.js';
import { REGISTER_CONFIG_SCHEMAS } from './register-config.schema.js';

const SHAPES: Readonly<Record<string, AnySchema>> = { ...REGISTER_CONFIG_SCHEMAS, ...FOREIGN_CONFIG_SCHEMAS };

export const CONFIG_KINDS: readonly string[] = Object.keys(SHAPES);

/** Written by the build, as those of the catalogue are (ADR 127). */
export const COMPILED_SHAPES = join(packageRoot, 'dist', 'register-config-shapes.cjs');

type Compiled = Readonly<{ shapes: string; [kind: string]: ValidateFunction | string }>;

const require = createRequire(import.meta.url);

/** All of them as text, so that nobody is checked by those of another build. */
export const SHAPES_TEXT = JSON.stringify(SHAPES);

/** Knows the shape of each kind, and has compiled none. */
export function shapeCompiler(code: Readonly<{ source?: boolean }> = {}): Ajv2020 {
  // Loaded by whoever compiles, and by nobody else.
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false, code });
  for (const [kind, shape] of Object.entries(SHAPES)) ajv.addSchema(shape, kind);
  return ajv;
}

let compiler: Ajv2020 | undefined;

/**
 * Checks the shape of a file of one of the `CONFIG_KINDS`.
 * @param compiled a file that the build wrote; where it is missing or of other shapes, the one that is asked for is compiled now
 */
export function shapeOf<T>(kind: string, compiled = COMPILED_SHAPES): ValidateFunction<T> {
  const built = existsSync(compiled) ? (require(compiled) as Compiled) : undefined;
  if (built?.shapes !== SHAPES_TEXT) compiler ??= shapeCompiler();
  const validate = built?.shapes === SHAPES_TEXT ? built[kind] : compiler?.getSchema<T>(kind);
  if (typeof validate !== 'function') throw new TypeError(`no shape for ${kind}`);
  return validate as ValidateFunction<T>;
}
