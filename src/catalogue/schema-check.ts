import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
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

/** Compiles the JSON Schemas in `folder` (2020-12) once; the check lists every fault of a file. */
export function schemaCheck(folder: string, sections: readonly string[]): SchemaCheck {
  const ajv = new Ajv2020({ allErrors: true, strictSchema: true, strictTypes: false, strictRequired: false });
  const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  ajv.addSchema(read('common.schema.json'), 'common.schema.json');
  const validators = new Map<string, ValidateFunction>(
    sections.map((section) => [section, ajv.compile(read(`${section}.schema.json`))]),
  );
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
