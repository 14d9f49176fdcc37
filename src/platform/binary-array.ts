/** Milliseconds from 1970 to 2000, where PostgreSQL counts from. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

/** How one type of element is written for the `…recv` functions of PostgreSQL: its object id, length in bytes, bytes. */
type Element<Value> = Readonly<{
  oid: number;
  length(value: Value): number;
  write(array: Buffer, at: number, value: Value): void;
}>;

const bytea: Element<Buffer> = {
  oid: 17,
  length: (value) => value.length,
  write: (array, at, value) => void value.copy(array, at),
};
const text: Element<string> = {
  oid: 25,
  length: (value) => Buffer.byteLength(value),
  write: (array, at, value) => void array.write(value, at),
};
const uuid: Element<string> = {
  oid: 2950,
  length: () => 16,
  write: (array, at, value) => void array.write(value.replaceAll('-', ''), at, 'hex'),
};
const int2: Element<number> = {
  oid: 21,
  length: () => 2,
  write: (array, at, value) => void array.writeInt16BE(value, at),
};
const int4: Element<number> = {
  oid: 23,
  length: () => 4,
  write: (array, at, value) => void array.writeInt32BE(value, at),
};
const int8: Element<number> = {
  oid: 20,
  length: () => 8,
  write: (array, at, value) => void array.writeBigInt64BE(BigInt(value), at),
};
const timestamptz: Element<Date> = {
  oid: 1184,
  length: () => 8,
  write: (array, at, value) => void array.writeBigInt64BE(BigInt(value.getTime() - POSTGRES_EPOCH_MS) * 1000n, at),
};

const ELEMENTS = { bytea, text, uuid, int2, int4, int8, timestamptz };
export type ElementType = keyof typeof ELEMENTS;
type ValueOf<Type extends ElementType> = (typeof ELEMENTS)[Type] extends Element<infer Value> ? Value : never;

/**
 * An array of one dimension in the binary form of the wire protocol (PostgreSQL, array_recv): `pg` sends a Buffer as it
 * is, where it would write arrays as text, twice as long, to be parsed again by the server.
 */
export function binaryArray<Type extends ElementType>(type: Type, values: readonly (ValueOf<Type> | null)[]): Buffer {
  const element = ELEMENTS[type] as Element<unknown>;
  const lengths = values.map((value) => (value === null ? -1 : element.length(value)));
  const dimensions = values.length === 0 ? 0 : 1;
  const header = 12 + 8 * dimensions;
  const array = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), header));
  array.writeInt32BE(dimensions, 0);
  array.writeInt32BE(lengths.includes(-1) ? 1 : 0, 4);
  array.writeInt32BE(element.oid, 8);
  if (dimensions === 1) {
    array.writeInt32BE(values.length, 12);
    // Arrays count from 1.
    array.writeInt32BE(1, 16);
  }
  let at = header;
  for (const [i, value] of values.entries()) {
    const length = lengths[i] ?? -1;
    at = array.writeInt32BE(length, at);
    if (length < 0) continue;
    element.write(array, at, value);
    at += length;
  }
  return array;
}
