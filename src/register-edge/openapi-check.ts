import { type Finding, fails, holds } from './finding.js';
import { valueAt } from './json-pointer.js';
import type { RestEvidence } from './register-config.js';

const RULE = 'is described as the file says';
const TODO = 'correct the pointer in the file, or the description of the interface';
/** References may lead in a circle. */
const MAX_DEPTH = 32;

/** Whether a description (OpenAPI 3) has each operation, and in it everything that a file points at. */
export function describedFindings(
  description: unknown,
  evidence: Readonly<Record<string, RestEvidence>>,
): readonly Finding[] {
  return Object.values(evidence).map(({ path, request, records, person, as_of, ...more }) => {
    const about = `interface ${path}`;
    const operation = member(member(member(description, 'paths'), path), 'post');
    if (operation === undefined) return fails(RULE, about, 'has no operation POST', 'correct "path"');
    const schemaOf = (body: unknown) => member(jsonOf(resolved(description, body)), 'schema');
    const asked = schemaOf(member(operation, 'requestBody'));
    const answered = schemaOf(member(member(operation, 'responses'), '200'));
    const list = resolved(description, at(description, answered, records));
    const days = [more.valid_from, more.valid_until].filter((it) => it !== undefined);
    const missing = [
      ...Object.values(request).filter((it) => at(description, asked, it) === undefined),
      ...(member(list, 'items') === undefined ? [`${records} (a list)`] : []),
      ...[...Object.values(person), as_of, ...days, ...Object.values(more.attributes)].filter(
        (it) => at(description, member(list, 'items'), it) === undefined,
      ),
    ];
    return missing.length === 0 ? holds(RULE, about) : fails(RULE, about, `has no ${missing.join(', ')}`, TODO);
  });
}

/** Schema of the member that a pointer into a document leads to. */
function at(description: unknown, schema: unknown, pointer: string): unknown {
  const tokens = pointer.split('/').slice(1);
  return tokens.reduce<unknown>(
    (found, token) => property(description, found, token.replaceAll('~1', '/').replaceAll('~0', '~'), MAX_DEPTH),
    schema,
  );
}

function property(description: unknown, schema: unknown, name: string, depth: number): unknown {
  if (depth === 0) return undefined;
  const found = resolved(description, schema);
  const own = member(member(found, 'properties'), name);
  if (own !== undefined) return own;
  for (const composed of ['allOf', 'oneOf', 'anyOf']) {
    const parts = member(found, composed);
    for (const part of Array.isArray(parts) ? parts : []) {
      const inPart = property(description, part, name, depth - 1);
      if (inPart !== undefined) return inPart;
    }
  }
  return undefined;
}

/** What a local reference means. */
function resolved(description: unknown, schema: unknown): unknown {
  let found = schema;
  for (let left = MAX_DEPTH; left > 0; left--) {
    const reference = member(found, '$ref');
    if (typeof reference !== 'string' || !reference.startsWith('#/')) return found;
    found = valueAt(description, decodeURIComponent(reference.slice(1)));
  }
  return undefined;
}

function jsonOf(body: unknown): unknown {
  return member(member(body, 'content'), 'application/json');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
