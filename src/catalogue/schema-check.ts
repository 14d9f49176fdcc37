import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { packageRoot } from '../platform/paths.js';
import type { Fault } from './catalogue-fault.js';
import type { Path, YamlFile } from './yaml-file.js';

export type SchemaCheck = (section: string, file: YamlFile) => Fault[];

function pathOf(pointer: string, content: unknown): Path {
  const path: (string | number)[] = [];
  let node = content;
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    const segment = Array.isArray(node) ? Number(name) : name;
    path.push(segment);
    node = typeof node === 'object' && node !== null ? Reflect.get(node, segment) : undefined;
  }
  return path;
}

function sentence({ keyword, message, params, instancePath }: ErrorObject): string {
  const where = instancePath === '' ? 'the file' : instancePath;
  if (keyword === 'additionalProperties')
    return `${where} has an unknown member "${String(params.additionalProperty)}"`;
  if (keyword === 'enum') return `${where} must be one of: ${(params.allowedValues ?? []).join(', ')}`;
  if (keyword === 'const') return `${where} must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === 'false schema') return `${where} is not allowed here`;
  if (keyword === 'propertyNames') return `${where} has a member "${String(params.propertyName)}" of a private key`;
  return `${where} ${message ?? keyword}`;
}

/** The schemas that this program comes with. */
export const SCHEMAS = join(packageRoot, 'catalogue', 'schema');
const COMMON = 'common.schema.json';
/** Written by the build: to compile costs each process a quarter of a second, and each time it reads (ADR 127). */
export const COMPILED_SCHEMAS = join(packageRoot, 'dist', 'catalogue-schemas.cjs');

type Compiled = Readonly<{ digest: string; [section: string]: ValidateFunction | string }>;

const require = createRequire(import.meta.url);

/** Knows every JSON Schema (2020-12) of the program by its section, and has compiled none. */
export function schemaCompiler(code: Readonly<{ source?: boolean }> = {}): Ajv2020 {
  // Loaded by whoever compiles, and by nobody else.
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ allErrors: true, strictSchema: true, strictTypes: false, strictRequired: false, code });
  ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, COMMON), 'utf8')), COMMON);
  for (const section of sectionsWithSchema())
    ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, schemaFileOf(section)), 'utf8')), section);
  return ajv;
}

export function sectionsWithSchema(): readonly string[] {
  const files = readdirSync(SCHEMAS).filter((name) => name !== COMMON);
  return files.map((name) => name.slice(0, -schemaFileOf('').length)).toSorted();
}

/** SHA-256 of all schemas, so that nobody is checked by those of another build. */
export function digestOfSchemas(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SCHEMAS).toSorted()) hash.update(readFileSync(join(SCHEMAS, name)));
  return hash.digest('hex');
}

function schemaFileOf(section: string): string {
  return `${section}.schema.json`;
}

/** @param compiled a file that `tools/compile-schemas.mjs` wrote; where it is missing or of other schemas, they are compiled now */
function validatorsOf(sections: readonly string[], compiled: string): ReadonlyMap<string, ValidateFunction> {
  const built = existsSync(compiled) ? (require(compiled) as Compiled) : undefined;
  const compiler = built?.digest === digestOfSchemas() ? undefined : schemaCompiler();
  return new Map(
    sections.map((section) => {
      const validate = compiler === undefined ? built?.[section] : compiler.getSchema(section);
      if (typeof validate !== 'function') throw new TypeError(`no schema for ${section}`);
      return [section, validate as ValidateFunction];
    }),
  );
}

/** The check lists every fault of a file. */
export function schemaCheck(sections: readonly string[], compiled = COMPILED_SCHEMAS): SchemaCheck {
  const validators = validatorsOf(sections, compiled);
  return (section, file) => {
    const validate = validators.get(section);
    if (validate === undefined || validate(file.content)) return [];
    const errors = validate.errors ?? [];
    // `if` and `not` only announce what the entries beside them say exactly.
    return errors
      .filter(({ keyword }) => keyword !== 'if' && keyword !== 'not')
      .map((error) => ({
        file: file.name,
        line: file.lineOf(pathOf(error.instancePath, file.content), memberOf(error)),
        message: sentence(error),
      }));
  };
}

function memberOf({ keyword, params }: ErrorObject): string | undefined {
  const name: unknown = keyword === 'additionalProperties' ? params.additionalProperty : params.propertyName;
  return typeof name === 'string' ? name : undefined;
}
