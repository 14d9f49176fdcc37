// Turns the schemas of the catalogue into code, which the program then reads instead of compiling them: part of the build.
import { writeFileSync } from 'node:fs';
import standalone from 'ajv/dist/standalone/index.js';
import {
  COMPILED_SCHEMAS,
  digestOfSchemas,
  schemaCompiler,
  sectionsWithSchema,
} from '../dist/src/catalogue/schema-check.js';

const sections = Object.fromEntries(sectionsWithSchema().map((section) => [section, section]));
const code = standalone.default(schemaCompiler({ source: true }), sections);
writeFileSync(COMPILED_SCHEMAS, `${code}\nexports.digest = ${JSON.stringify(digestOfSchemas())};\n`);
