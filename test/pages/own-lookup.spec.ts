import { status } from '@grpc/grpc-js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { OwnLookup } from '../../src/pages/session/own-lookup.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import type { Reason } from '../../src/platform/reasons.js';
import { FixedClock } from '../audit/log-keys.js';
import { NOW } from '../support/builders.js';

const person = { family_name: 'Nirgendwerth', town: 'Bremen', postcode: '28195', birth_date: '1980-01-01' };

let clock: FixedClock;
let asked: string[];
let answer: Reason | 'found';
let request: FastifyRequest;
let lookup: OwnLookup;
beforeEach(() => {
  clock = new FixedClock(NOW);
  asked = [];
  const lookUp = async (service: string) => {
    asked.push(service);
    if (answer !== 'found') throw new RpcFailure(status.FAILED_PRECONDITION, answer, undefined);
    return `token-${asked.length}`;
  };
  lookup = new OwnLookup({ lookUp } as unknown as PagesConnection, clock);
  request = { session: { account: { signedIn: {}, person } } } as unknown as FastifyRequest;
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

  it('that could not be made is made by the next', async () => {
    answer = 'IDENTITY_DIRECTORY_UNAVAILABLE';
    await expect(lookup.find(request, 'datenauskunft')).rejects.toMatchObject({ reason: answer });
    answer = 'found';
    await expect(lookup.find(request, 'datenauskunft')).resolves.toMatchObject({ subjectToken: 'token-2' });
  });
});
