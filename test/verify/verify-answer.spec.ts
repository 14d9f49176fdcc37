import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { verifyEvidenceToken } from '../../src/verify/verify-evidence-token.js';
import { CONSUMER, decision, type Verifiable, verifiableAnswer } from './verifiable-answer.js';

const allHold = { evidence: true, permission: true, trigger: true, inclusion: true };

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

describe('verification of an answer by public keys alone', () => {
  let honest: Verifiable;

  beforeAll(async () => {
    honest = await verifiableAnswer();
  });

  const verdict = (answer: PrefillAnswer, { asked, trust }: Pick<Verifiable, 'asked' | 'trust'> = honest) =>
    verifyAnswer(answer, asked, trust);

  it('holds for what an honest node answers', async () => {
    expect(await verdict(honest.answer)).toEqual({ ...allHold, faults: [] });
  });

  it('notices every single change of what was released', async () => {
    const { fields, not_delivered, evidence, receipt, release_salt } = honest.answer;
    const notReleased = ['state', 'manual'];
    const released = { fields, not_delivered, evidence, receipt, release_salt };
    const changes = leafPaths(released as unknown as Json).filter(
      (path) => !path.some((it) => notReleased.includes(it)),
    );
    expect(changes.length).toBeGreaterThan(50);
    for (const path of changes) {
      const { faults } = await verdict({ ...honest.answer, ...changedAt(released as unknown as Json, path) });
      expect({ path, noticed: faults.length > 0 }).toEqual({ path, noticed: true });
    }
  });

  it('notices a field, a piece of evidence or a refusal that was left out or added', async () => {
    const { answer } = honest;
    const [field] = answer.fields;
    for (const changed of [
      { fields: answer.fields.slice(1) },
      { fields: [...answer.fields, { ...field!, fim_id: 'F60000230' }] },
      { evidence: [] },
      { evidence: [...answer.evidence, ...answer.evidence] },
      { not_delivered: [] },
      { fields: [], evidence: [] },
    ]) {
      expect((await verdict({ ...answer, ...changed })).inclusion).toBe(false);
    }
  });

  it('takes nothing for sealed that was released in the clear: the log recorded the token itself', async () => {
    const { answer } = honest;
    const withJwe = (evidence_jwe: string, sd_jwt?: string): PrefillAnswer => ({
      ...answer,
      evidence: answer.evidence.map((it) => ({ ...it, evidence_jwe, ...(sd_jwt === undefined ? {} : { sd_jwt }) })),
    });
    const jwe = 'eyJhbGciOiJFQ0RILUVTIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA';
    expect((await verdict(withJwe(jwe))).inclusion).toBe(false);
    expect((await verdict(withJwe(jwe, ''))).inclusion).toBe(false);
    for (const piece of answer.evidence) expect((await verdict(withJwe(piece.sd_jwt, ''))).evidence).toBe(false);
  });

  it('tells evidence for another consumer, purpose or request from ours', async () => {
    for (const deviation of [
      { aud: 'elterngeld-online' },
      { purpose: 'elterngeld-antrag' },
      { purpose_hash: 'q'.repeat(43) },
      { legal_basis: 'beeg-25' },
      { permission: '' },
      { request_digest: '' },
    ]) {
      const other = await verifiableAnswer(deviation);
      expect(await verdict(other.answer, other)).toMatchObject({ evidence: true, permission: false, inclusion: true });
    }
  });

  it('tells more fields than were decided on', async () => {
    const asked = { consumer: CONSUMER, decisions: [{ ...decision, fields: ['family_name'] }] };
    expect(await verdict(honest.answer, { ...honest, asked })).toMatchObject({ permission: false, trigger: true });
  });

  it('tells evidence without a decision of ours, and a decision used twice', async () => {
    const asked = { consumer: CONSUMER, decisions: [] };
    expect(await verdict(honest.answer, { ...honest, asked })).toMatchObject({ trigger: false, permission: false });
    const [piece] = honest.answer.evidence;
    const twice = { ...honest.answer, evidence: [piece!, piece!] };
    expect((await verdict(twice)).faults).toContain('trigger: meldedaten of parent: its decision was used twice');
  });

  it('trusts neither another log nor another register', async () => {
    const other = await verifiableAnswer();
    const trust = { ...honest.trust, log: other.trust.log };
    expect(await verdict(honest.answer, { ...honest, trust })).toMatchObject({ ...allHold, inclusion: false });
    const registers = other.trust.registers;
    expect(await verdict(honest.answer, { ...honest, trust: { ...honest.trust, registers } })).toMatchObject({
      evidence: false,
    });
  });

  it('names what is wrong without personal data', async () => {
    const { faults } = await verdict(
      { ...honest.answer, fields: honest.answer.fields.map((it) => ({ ...it, value: 'Anders' })) },
      { ...honest, asked: { consumer: 'x', decisions: [] } },
    );
    expect(faults.length).toBeGreaterThan(3);
    expect(faults.join()).not.toMatch(/Mustermann|Erika|Anders/);
  });
});

describe('verification of one piece of evidence (RFC 9901 § 7.1)', () => {
  let token: string;
  let honest: Verifiable;

  beforeAll(async () => {
    honest = await verifiableAnswer();
    token = honest.answer.evidence[0]!.sd_jwt;
  });

  const faultsOf = async (compact: string) => (await verifyEvidenceToken(compact, honest.trust.registers)).faults;
  const withHeader = (change: object) => {
    const [jws = '', ...rest] = token.split('~');
    const [header = '', ...others] = jws.split('.');
    const changed = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change };
    return [[Buffer.from(JSON.stringify(changed)).toString('base64url'), ...others].join('.'), ...rest].join('~');
  };

  it('gives claims and disclosed attributes', async () => {
    const { content, faults } = await verifyEvidenceToken(token, honest.trust.registers, { aud: CONSUMER });
    expect(faults).toEqual([]);
    expect(content?.attributes).toEqual({ family_name: 'von Mustermann-Søndergård', given_names: 'Erika Jördis' });
    expect(content?.claims.trigger).toBe(decision.trigger_id);
  });

  it.each([
    ['none as algorithm', { alg: 'none' }, 'not the algorithm of this key'],
    ['HMAC with the public key', { alg: 'HS256' }, 'not the algorithm of this key'],
    ['the type of another token', { typ: 'at+jwt' }, 'the type is not dc+sd-jwt'],
    ['an unknown key', { kid: 'other' }, 'the key is not one of this register'],
    ['critical extensions', { crit: ['x'] }, 'the header has critical extensions'],
    ['a header that was not signed', { extra: true }, 'the signature does not hold'],
  ])('refuses %s', async (_what, change, fault) => {
    expect(await faultsOf(withHeader(change))).toEqual([fault]);
  });

  it('refuses a disclosure that nothing references, and one that is sent twice', async () => {
    const foreign = Buffer.from(JSON.stringify(['salt', 'idnr', '02476291358'])).toString('base64url');
    expect(await faultsOf(`${token}${foreign}~`)).toEqual(['the disclosure of idnr is referenced 0 times']);
    const first = token.split('~')[1];
    expect(await faultsOf(`${token}${first}~`)).toEqual(['an attribute is disclosed twice']);
  });

  it('refuses what is cut off or no token at all', async () => {
    for (const text of ['', '~', 'a.b.c~', token.slice(0, -1), `${token}kb`])
      expect(await faultsOf(text)).toHaveLength(1);
  });

  it('hides undisclosed attributes behind digests of which some belong to nothing', () => {
    const [, payload = ''] = (token.split('~')[0] ?? '').split('.');
    const { attributes } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const disclosed = token
      .split('~')
      .slice(1, -1)
      .map((it) => createHash('sha256').update(it).digest('base64url'));
    expect(attributes._sd).toHaveLength(8);
    expect(attributes._sd).toEqual(expect.arrayContaining(disclosed));
  });
});

function leafPaths(value: Json, at: readonly string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [[...at]];
  return Object.entries(value).flatMap(([name, member]) => leafPaths(member, [...at, name]));
}

function changedAt(value: Json, [name, ...rest]: readonly string[]): Record<string, never> {
  const change = (member: Json, path: readonly string[]): Json => {
    const [next, ...further] = path;
    if (next === undefined) return changedValue(member);
    const copy = structuredClone(member) as Record<string, Json>;
    copy[next] = change(copy[next] ?? null, further);
    return copy;
  };
  return change(value, [name ?? '', ...rest]) as Record<string, never>;
}

/** Differs in its first characters: the last ones of base64 may stand for nothing. */
function changedValue(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return 'changed';
  if (value.includes('~')) return `${value.slice(0, 30)}${value[30] === 'A' ? 'B' : 'A'}${value.slice(31)}`;
  return `${value[0] === 'A' ? 'B' : 'A'}${value.slice(1)}`;
}
