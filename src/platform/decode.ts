import { fromTimestamp, type WireTimestamp } from './clock.js';
import { type FieldViolation, invalid } from './fault.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const IDENTIFIER = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
const TEXT_MAX = 200;
/** The last second that google.protobuf.Timestamp knows: the end of the year 9999. */
const LAST_MOMENT_MS = 253_402_300_799_000;
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** One line of free text: present, bounded, well-formed, without control or direction characters. */
export function isLine(text: string): boolean {
  return text.trim() !== '' && text.length <= TEXT_MAX && text.isWellFormed() && !FORBIDDEN.test(text);
}

/** Decodes one request: collects every faulty field, names fields and never values, and refuses once at the end. */
export class Decoder {
  readonly #violations: FieldViolation[] = [];

  refuse(field: string, description: string): void {
    this.#violations.push({ field, description });
  }

  add(violations: readonly FieldViolation[]): void {
    this.#violations.push(...violations);
  }

  uuid(field: string, value: string | undefined): string {
    return this.#matching(field, value, UUID, 'must be a UUID').toLowerCase();
  }

  /** An identifier of the catalogue or of a trigger. */
  identifier(field: string, value: string | undefined): string {
    return this.#matching(field, value, IDENTIFIER, 'must be an identifier');
  }

  optionalIdentifier(field: string, value: string | undefined): string | undefined {
    return value === undefined || value === '' ? undefined : this.identifier(field, value);
  }

  optionalLine(field: string, value: string | undefined): string | undefined {
    if (value === undefined || value === '') return undefined;
    if (!isLine(value)) this.refuse(field, `must be a line of at most ${TEXT_MAX} characters, no control characters`);
    return value;
  }

  /** Opaque visible ASCII: tokens. */
  token(field: string, value: string | undefined): string {
    return this.#matching(field, value, TOKEN, 'is required, visible ASCII');
  }

  /** base64url of exactly `length` bytes. */
  bytes(field: string, value: Uint8Array | undefined, length: number): string {
    if (value?.length !== length) this.refuse(field, `must have ${length} bytes`);
    return Buffer.from(value ?? []).toString('base64url');
  }

  list<T>(field: string, value: readonly T[] | undefined, bounds: { min: number; max: number }): readonly T[] {
    const items = value ?? [];
    if (items.length < bounds.min || items.length > bounds.max)
      this.refuse(field, `must have ${bounds.min} to ${bounds.max} items`);
    return items.slice(0, bounds.max);
  }

  /** Milliseconds since the epoch. */
  moment(field: string, value: WireTimestamp | null | undefined): number {
    const moment = fromTimestamp(value);
    const isMoment = moment !== undefined && moment >= 0 && moment <= LAST_MOMENT_MS;
    if (!isMoment) this.refuse(field, 'must be a moment since 1970');
    return isMoment ? moment : 0;
  }

  pageSize(field: string, value: number | undefined): number {
    if (value === undefined || value === 0) return 100;
    if (value < 1 || value > 1000) this.refuse(field, 'must be 1 to 1000');
    return value;
  }

  /** @throws Fault REQUEST_INVALID naming all faulty fields */
  done<T>(decoded: T): T {
    if (this.#violations.length > 0) throw invalid(this.#violations);
    return decoded;
  }

  #matching(field: string, value: string | undefined, pattern: RegExp, description: string): string {
    if (value === undefined || !pattern.test(value)) this.refuse(field, description);
    return value ?? '';
  }
}
