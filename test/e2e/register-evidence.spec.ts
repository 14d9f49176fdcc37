import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK, type JWK } from 'jose';
// Only to obtain an answer. What is verified below is verified with `jose` and `node:crypto` alone.
import { filledForm } from '../support/faulty-application.js';

type Json = Readonly<Record<string, unknown>>;
type Disclosure = Readonly<{ encoded: string; name: string; value: unknown }>;

const parse = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
const digestOf = (encoded: string) => createHash('sha256').update(encoded, 'ascii').digest('base64url');

describe('a piece of evidence, verified without any code of this project (RFC 9901, RFC 7515)', () => {
  let answer: Awaited<ReturnType<typeof filledForm>>['answer'];
  let registers: Readonly<Record<string, Readonly<{ keys: readonly Json[] }>>>;

  beforeAll(async () => {
    ({ answer, registers } = await filledForm());
  });

  const keyFor = (register: string, kid: unknown): JWK => {
    const key = registers[register]?.keys.find((it) => it.kid === kid);
    if (key === undefined) throw new Error('the register has no such key');
    return { ...key };
  };
  const parts = (compact: string) => {
    const [jws = '', ...encoded] = compact.split('~').slice(0, -1);
    const disclosures = encoded.map((it): Disclosure => ({ encoded: it, name: parse(it)[1], value: parse(it)[2] }));
    return { jws, header: parse(jws.split('.')[0] ?? '') as Json, disclosures };
  };
  const signed = async (register: string, jws: string, header: Json): Promise<Json> => {
    const key = await importJWK(keyFor(register, header.kid), 'ES256');
    const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
    return JSON.parse(new TextDecoder().decode(payload));
  };
  const digestsIn = (payload: Json) => (payload.attributes as Readonly<{ _sd: readonly string[] }>)._sd;

  it('is signed by its register, for this consumer, purpose and evidence type', async () => {
    expect(answer.evidence).toHaveLength(3);
    for (const { sd_jwt, register, evidence_id, evidence_type } of answer.evidence) {
      const { jws, header } = parts(sd_jwt);
      expect(header).toMatchObject({ alg: 'ES256', typ: 'dc+sd-jwt' });
      expect(await signed(register, jws, header)).toMatchObject({
        iss: `urn:einmal:register:${register}`,
        aud: 'familienkasse-online',
        jti: evidence_id,
        evidence_type,
        purpose: 'kindergeld-antrag',
      });
    }
  });

  it('is signed by no other register', async () => {
    const [first, second] = answer.evidence;
    const { jws } = parts(first?.sd_jwt ?? '');
    const other = second?.register ?? '';
    const key = await importJWK({ ...registers[other]?.keys[0] }, 'ES256');
    await expect(compactVerify(jws, key)).rejects.toThrow();
  });

  it('discloses each attribute by a digest that its register signed, once, and hides how many there are', async () => {
    const counts: unknown[] = [];
    for (const { sd_jwt, register, evidence_type } of answer.evidence) {
      const { jws, header, disclosures } = parts(sd_jwt);
      const payload = await signed(register, jws, header);
      const digests = digestsIn(payload);
      expect(disclosures.length).toBeGreaterThan(0);
      for (const { encoded } of disclosures) expect(digests.filter((it) => it === digestOf(encoded))).toHaveLength(1);
      expect(new Set(disclosures.map(({ name }) => name)).size).toBe(disclosures.length);
      expect(Object.keys(Object(payload.attributes))).toEqual(['_sd']);
      expect(digests).toEqual([...digests].sort());
      counts.push([evidence_type, digests.length]);
    }
    expect(counts).toEqual([
      ['meldedaten', 24],
      ['geburt', 20],
      ['kindergeld-bezug', 10],
    ]);
  });

  it('is what the form was filled with: every field stands in it', () => {
    expect(answer.fields.length).toBeGreaterThan(10);
    for (const { value, source } of answer.fields) {
      const piece = answer.evidence.find(({ evidence_id }) => evidence_id === source.evidence_id);
      const found = parts(piece?.sd_jwt ?? '').disclosures.find(({ name }) => name === source.attribute);
      for (const word of value.split(', ')) expect(JSON.stringify(found?.value)).toContain(word);
    }
  });

  it('cannot be changed in a single value', async () => {
    for (const { sd_jwt, register } of answer.evidence) {
      const { jws, header, disclosures } = parts(sd_jwt);
      const digests = digestsIn(await signed(register, jws, header));
      for (const { encoded } of disclosures) {
        const [salt, name] = parse(encoded);
        const other = Buffer.from(JSON.stringify([salt, name, 'another value'])).toString('base64url');
        expect(digests).not.toContain(digestOf(other));
      }
      const [protectedHeader, , signature] = jws.split('.');
      const claims = { ...(await signed(register, jws, header)), aud: 'elterngeld-online' };
      const forged = [protectedHeader, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      await expect(signed(register, forged, header)).rejects.toThrow('signature verification failed');
    }
  });
});
