// Turns the schemas of catalogue and register configuration into code, which the program then reads instead of compiling them: part of the build.
import { writeFileSync } from 'node:fs';
import standalone from 'ajv/dist/standalone/index.js';
import {
  COMPILED_SCHEMAS,
  digestOfSchemas,
  schemaCompiler,
  sectionsWithSchema,
} from '../dist/src/catalogue/schema-check.js';
import {
  COMPILED_SHAPES,
  CONFIG_KINDS,
  SHAPES_TEXT,
  shapeCompiler,
} from '../dist/src/register-edge/register-config-shape.js';

const codeOf = (compiler, names) => standalone.default(compiler, Object.fromEntries(names.map((name) => [name, name])));

const sections = codeOf(schemaCompiler({ source: true }), sectionsWithSchema());
writeFileSync(COMPILED_SCHEMAS, `${sections}\nexports.digest = ${JSON.stringify(digestOfSchemas())};\n`);
const shapes = codeOf(shapeCompiler({ source: true }), CONFIG_KINDS);
writeFileSync(COMPILED_SHAPES, `${shapes}\nexports.shapes = ${JSON.stringify(SHAPES_TEXT)};\n`);
