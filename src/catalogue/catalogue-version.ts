import { createHash } from 'node:crypto';
import type { Steps } from '../platform/slices.js';

/** Catalogues say the same few things over and over: each is written out once. */
const MAX_TEXTS = 10_000;
const CHUNK = 16 * 1024;

/**
 * base64url SHA-256 over the RFC 8785 form of these sections, entry by entry: neither the text of a hundred thousand rules
 * nor the time that a general implementation takes for them. Tested against one.
 */
export function* catalogueVersion(sections: Readonly<Record<string, unknown>>): Steps<string> {
  const hash = createHash('sha256').update('{');
  const form = new CanonicalForm();
  for (const [place, name] of Object.keys(sections).sort().entries()) {
    const section = sections[name];
    hash.update(`${place === 0 ? '' : ','}${form.of(name)}:`);
    if (!Array.isArray(section)) hash.update(form.of(section));
    else {
      let chunk = '[';
      for (const [index, entry] of section.entries()) {
        chunk += `${index === 0 ? '' : ','}${form.of(entry)}`;
        if (chunk.length < CHUNK) continue;
        hash.update(chunk);
        chunk = '';
        yield;
      }
      hash.update(`${chunk}]`);
    }
  }
  return hash.update('}').digest('base64url');
}

/** RFC 8785 of what YAML holds: texts and numbers as in ECMAScript (§ 3.2.2), names by UTF-16 units (§ 3.2.3). */
class CanonicalForm {
  readonly #texts = new Map<string, string>();

  of(value: unknown): string {
    if (typeof value === 'string') return this.#text(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((it) => this.of(it)).join(',')}]`;
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${this.#text(name)}:${this.of(Reflect.get(value, name))}`).join(',')}}`;
  }

  #text(value: string): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    if (!value.isWellFormed()) throw new TypeError('a text is no Unicode');
    const text = JSON.stringify(value);
    if (this.#texts.size < MAX_TEXTS) this.#texts.set(value, text);
    return text;
  }
}
