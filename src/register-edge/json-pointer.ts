/** What a JSON Pointer (RFC 6901) leads to; undefined where there is nothing. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of tokensOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
}

/** An object with these values at these pointers. */
export function documentOf(values: readonly (readonly [pointer: string, value: unknown])[]): object {
  const root: Record<string, unknown> = {};
  for (const [pointer, value] of values) {
    const tokens = tokensOf(pointer);
    const last = tokens.pop() ?? '';
    let at = root;
    for (const token of tokens) {
      const below = Object.hasOwn(at, token) ? at[token] : undefined;
      const next: Record<string, unknown> = isObject(below) ? below : {};
      at[token] = next;
      at = next;
    }
    at[last] = value;
  }
  return root;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
