import { status } from '@grpc/grpc-js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { LANGUAGES } from '../../src/pages/language.js';
import { OwnLookup } from '../../src/pages/session/own-lookup.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import type { Reason } from '../../src/platform/reasons.js';
import { textHash } from '../../src/tokens/digest.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const person = { family_name: 'Nirgendwerth', town: 'Bremen', postcode: '28195', birth_date: '1980-01-01' };

let clock: FixedClock;
let asked: string[];
let attested: string[];
let answer: Reason | 'found';
let request: FastifyRequest;
let lookup: OwnLookup;
let node: { lookUp: unknown; certificate: string };
beforeEach(() => {
  clock = new FixedClock(NOW);
  asked = [];
  attested = [];
  const lookUp = async (
    service: string,
    _applicant: unknown,
    _by: unknown,
    { textHash: hash }: { textHash: string },
  ) => {
    asked.push(service);
    attested.push(hash);
    if (answer !== 'found') throw new RpcFailure(status.FAILED_PRECONDITION, answer, undefined);
    return `token-${asked.length}`;
  };
  node = { lookUp, certificate: 'one' };
  lookup = new OwnLookup(node as unknown as PagesConnection, current, clock);
  request = { method: 'GET', session: { account: { signedIn: {}, person } } } as unknown as FastifyRequest;
  for (const it of ['datenauskunft', 'entscheidung']) lookup.show(request, it, 'de');
});

describe('the lookup of whoever signed in', () => {
  it('that found nobody is not made again by a reload, for five minutes and this purpose', async () => {
    answer = 'SUBJECT_NOT_AVAILABLE';
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    answer = 'found';
    clock.ms += 299_999;
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ reason: 'NOT_AVAILABLE_TO_YOU' });
    expect(asked).toEqual(['datenauskunft']);
    await expect(lookup.find(request, 'entscheidung')).resolves.toMatchObject({ subjectToken: 'token-2' });
    clock.ms += 1;
    await expect(lookup.find(request, 'datenauskunft')).resolves.toMatchObject({ subjectToken: 'token-3' });
  });

  it('is made anew once the pages show another certificate: a subject token is of one (design 5, ADR 81)', async () => {
    answer = 'found';
    await expect(lookup.find(request, 'entscheidung')).resolves.toMatchObject({ subjectToken: 'token-1' });
    await expect(lookup.find(request, 'entscheidung')).resolves.toMatchObject({ subjectToken: 'token-1' });
    node.certificate = 'another';
    await expect(lookup.find(request, 'entscheidung')).resolves.toMatchObject({ subjectToken: 'token-2' });
  });

  it('that could not be made is made by the next', async () => {
    answer = 'IDENTITY_DIRECTORY_UNAVAILABLE';
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ reason: answer });
    answer = 'found';
    await expect(lookup.find(request, 'datenauskunft')).resolves.toMatchObject({ subjectToken: 'token-2' });
  });

  it.each(LANGUAGES)('attests the text that was shown, in %s (design 4)', async (language) => {
    answer = 'found';
    const text = lookup.show(request, 'datenauskunft', language);
    await lookup.find(request, 'datenauskunft');
    expect(attested).toEqual([textHash(text)]);
  });

  it('is not made before its text was shown in this session: the page that was asked for shows it (design 4)', async () => {
    answer = 'found';
    delete request.session.shown;
    const { decision_text } = current.lookup.service('datenauskunft')!.needs[0]!;
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ text: decision_text.de });
    expect(asked).toEqual([]);
    await lookup.find(request, 'datenauskunft');
    expect(attested).toEqual([textHash(decision_text.de)]);
  });

  it('is not made by a text that is not in force any more, nor by a form that was sent without it (design 4)', async () => {
    answer = 'found';
    request.session.shown = { datenauskunft: textHash('another text') };
    const posted = { ...request, method: 'POST' } as FastifyRequest;
    await expect(lookup.find(posted, 'datenauskunft')).rejects.toMatchObject({ reason: 'FORM_NOT_VALID' });
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ name: 'LookupNotShown' });
    expect(asked).toEqual([]);
  });
});
