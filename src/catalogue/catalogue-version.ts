import { createHash } from 'node:crypto';

/**
 * base64url SHA-256 over the RFC 8785 form of these sections, entry by entry: neither the text of a hundred thousand rules
 * nor the time that a general implementation takes for them. Tested against one.
 */
export function catalogueVersion(sections: Readonly<Record<string, unknown>>): string {
  const hash = createHash('sha256').update('{');
  for (const [place, name] of Object.keys(sections).sort().entries()) {
    const section = sections[name];
    hash.update(`${place === 0 ? '' : ','}${JSON.stringify(name)}:`);
    if (!Array.isArray(section)) hash.update(canonical(section));
    else {
      hash.update('[');
      for (const [index, entry] of section.entries()) hash.update(`${index === 0 ? '' : ','}${canonical(entry)}`);
      hash.update(']');
    }
  }
  return hash.update('}').digest('base64url');
}

/** RFC 8785 of what YAML holds: texts and numbers as in ECMAScript (§ 3.2.2), names by UTF-16 units (§ 3.2.3). */
function canonical(value: unknown): string {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a text is no Unicode');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
