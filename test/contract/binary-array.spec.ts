import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { binaryArray, type ElementType } from '../../src/platform/binary-array.js';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.EINMAL_TEST_PG });
  await client.connect();
});
afterAll(() => client.end());

describe('an array in the binary form of PostgreSQL (array_recv)', () => {
  it.each<[ElementType, readonly unknown[], string]>([
    ['bytea', [Buffer.from('00ff', 'hex'), Buffer.alloc(0)], '{"\\\\x00ff","\\\\x"}'],
    ['text', ['', 'Łucja "Søndergård"', null, 'NULL', '{},\\'], '{"","Łucja \\"Søndergård\\"",NULL,"NULL","{},\\\\"}'],
    ['uuid', ['00112233-4455-6677-8899-aabbccddeeff'], '{00112233-4455-6677-8899-aabbccddeeff}'],
    ['int2', [-1, 0, 32767], '{-1,0,32767}'],
    ['int4', [-1, 2147483647], '{-1,2147483647}'],
    ['int8', [0, Number.MAX_SAFE_INTEGER], '{0,9007199254740991}'],
    ['timestamptz', [new Date('2026-11-26T10:11:12.345Z'), null], '{"2026-11-26 10:11:12.345+00",NULL}'],
    ['text', [], '{}'],
  ])('is read as it was meant: %s %j', async (type, values, text) => {
    await client.query("set timezone = 'UTC'");
    const { rows } = await client.query<{ text: string }>(`select $1::${type}[]::text as text`, [
      binaryArray(type, values as never),
    ]);
    expect(rows[0]!.text).toBe(text);
  });

  it('names its type: as another it is refused', async () => {
    await expect(client.query('select $1::text[]', [binaryArray('int4', [1])])).rejects.toThrow('element type');
  });
});
