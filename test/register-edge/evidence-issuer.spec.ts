import { beforeAll, describe, expect, it } from '@jest/globals';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { EvidenceIssuer } from '../../src/register-edge/evidence-issuer.js';
import { Examiner } from '../../src/register-edge/examiner.js';
import type { AttributeValue } from '../../src/tokens/evidence-credential.js';
import { aFederation, type Federation } from './federation.js';
import { aCaller, aRetrieval, FIELDS, NOW } from './presented.js';

const clock = { now: () => NOW };

describe.each(['P-256', 'X25519'] as const)('evidence that a register issues, encrypted to a key on %s', (crv) => {
  let federation: Federation;
  let issue: (attributes: Record<string, AttributeValue>) => Promise<string>;

  beforeAll(async () => {
    federation = await aFederation((it) => it, { crv });
    const { current } = federation;
    const rules = new CurrentRules(current);
    const register = current.lookup.register('melderegister-bremen');
    if (register === undefined) throw new Error('no such register');
    const decoded = decodeRetrieval(await aRetrieval(federation), { allowTestNumbers: true });
    const examined = await new Examiner(current, rules, register, clock).examine(aCaller(federation), decoded);
    const issuer = new EvidenceIssuer(
      current,
      rules,
      register,
      federation.key('melderegister-bremen', 'evidence'),
      clock,
    );
    issue = (attributes) => issuer.issue(examined, { asOf: '2026-11-01T00:00:00.000Z', attributes });
  });

  const open = async (jwe: string): Promise<{ digests: number; names: string[] }> => {
    const { plaintext } = await compactDecrypt(jwe, federation.key('familienkasse-online', 'encryption').key);
    const [jws = '', ...disclosures] = new TextDecoder().decode(plaintext).split('~').slice(0, -1);
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    return {
      digests: read(jws.split('.')[1] ?? '').attributes._sd.length,
      names: disclosures.map((it) => read(it)[1]),
    };
  };

  it('looks the same whether the person has a value or not: absence leaves no trace (design 5)', async () => {
    const complete = { birth_date: '1990-04-05', family_name: 'Musterfrau', given_names: 'Erika' };
    const [all, none] = [
      await open(await issue(complete)),
      await open(await issue({ ...complete, given_names: null })),
    ];
    expect(all.digests).toBe(24);
    expect(none.digests).toBe(all.digests);
    expect(none.names.toSorted()).toEqual([...FIELDS]);
    expect(all.names.toSorted()).toEqual([...FIELDS]);
  });

  it('can be read by nobody but the consumer', async () => {
    const other = await aFederation((it) => it, { crv });
    const jwe = await issue({ birth_date: null, family_name: null, given_names: null });
    await expect(compactDecrypt(jwe, other.key('familienkasse-online', 'encryption').key)).rejects.toThrow();
  });

  it('is sealed for it alone, with a fresh key on the curve that was agreed (RFC 7518 § 4.6)', async () => {
    const complete = { birth_date: '1990-04-05', family_name: 'Musterfrau', given_names: 'Erika' };
    const headers = (await Promise.all([issue(complete), issue(complete)])).map((it) => decodeProtectedHeader(it));
    for (const header of headers)
      expect(header).toMatchObject({
        alg: 'ECDH-ES',
        enc: 'A256GCM',
        kid: 'familienkasse-online-encryption',
        epk: { crv },
      });
    expect(headers[0]?.epk).not.toEqual(headers[1]?.epk);
  });

  it('is none where it would be larger than anybody takes: nothing is on record as answered (design 3, step 8)', async () => {
    const lines = 'Synthetische Zeile. '.repeat(4000);
    const issued = issue({ birth_date: null, family_name: lines, given_names: null });
    await expect(issued).rejects.toMatchObject({ reason: 'REGISTER_UNAVAILABLE', metadata: { of: 'record' } });
    await issued.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('Synthetische'));
  });

  it.each<[string, AttributeValue]>([
    ...['_sd', '...', '_sd_alg'].map((name): [string, AttributeValue] => [
      `has ${name} somewhere`,
      [{ a: { [name]: 'x' } }],
    ]),
    ['is nested too deep', Array.from({ length: 100_000 }).reduce<AttributeValue>((inner) => [inner], 'x')],
  ])(
    'is none of a record that %s, and that is a fault of this record alone (RFC 9901 § 4.2.1)',
    async (_how, value) => {
      const issued = issue({ birth_date: null, family_name: value, given_names: null });
      await expect(issued).rejects.toMatchObject({ reason: 'REGISTER_UNAVAILABLE', metadata: { of: 'record' } });
    },
  );
});
