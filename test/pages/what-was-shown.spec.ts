import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { askedService, fieldOf, versionOf } from '../../src/pages/decide/asked-service.js';
import { DecidePage } from '../../src/pages/decide/decide.page.js';
import { LANGUAGES } from '../../src/pages/language.js';
import type { IdentityProvider } from '../../src/pages/session/identity-provider.js';
import type { OwnLookup } from '../../src/pages/session/own-lookup.js';
import type { Sessions } from '../../src/pages/session/sessions.js';
import { lookupText } from '../../src/pages/session/shown-lookup.js';
import { SignInPage } from '../../src/pages/session/sign-in.page.js';
import type { SignedInVisit, Visit } from '../../src/pages/visit.js';
import { SystemClock } from '../../src/platform/clock.js';
import { aFederation } from '../register-edge/federation.js';

const { current } = await aFederation();

describe('a decision is signed in the language of the form that was shown (design 4, GDPR Art. 7 (1))', () => {
  const service = current.lookup.service('kindergeld')!;
  const person = { family_name: 'x', given_names: 'y', birth_date: '2020' };
  const asked = {
    ...{ service: 'kindergeld', consumer: service.consumer, expires_at: '2026-11-01T00:00:00.000Z', decided: false },
    ...{ roles: ['parent', 'child'], deciderRole: 'parent', returnUrl: '' },
    applicants: ['parent', 'child'].map((role) => ({ role, person })),
  };
  const signedIn = { id: 's', role: 'citizen', assurance: 'high', actor: 'a', signedInAt: 0 } as const;
  // Chosen in another tab after the form was shown.
  const visit: SignedInVisit = {
    ...{ language: 'de', path: '/' },
    account: { signedIn, name: '', person: undefined, csrf: 'csrf' },
  };

  async function send(language: unknown) {
    const signed: unknown[] = [];
    const node = {
      lookUpRepresented: async (_: unknown, __: unknown, ___: unknown, { textHash }: { textHash: string }) => {
        signed.push(textHash);
        return 'token';
      },
      decisions: {
        openFor: async () => asked,
        attest: async (_: unknown, __: unknown, decides: { language: string }) => {
          signed.push(decides.language);
          return [];
        },
        answer: async () => undefined,
      },
    } as unknown as PagesConnection;
    const lookup = { find: async () => ({ signedIn, subjectToken: 't' }) } as unknown as OwnLookup;
    const request = { session: { save: async () => undefined } } as unknown as FastifyRequest;
    const described = askedService(current.lookup, service);
    const choices = described.needs.map((need) => [fieldOf(need), 'fetch']);
    const form = {
      ...Object.fromEntries(choices),
      ...{ 'capacity:child': 'custody', version: versionOf(current.lookup, described), language },
    };
    await new DecidePage(node, current, lookup).decide(visit, request, 's'.repeat(43), form);
    return signed;
  }

  it.each(LANGUAGES)('%s, on the lookup of whoever is represented, too', async (language) => {
    const { hash } = lookupText(current.lookup, 'entscheidung', language, 'represented');
    expect(await send(language)).toEqual([hash, language]);
  });

  it.each([undefined, 'fr', ['de']])('and in none that the pages do not have: %j', async (language) => {
    await expect(send(language)).rejects.toMatchObject({ reason: 'FORM_NOT_VALID' });
  });
});

describe('what was read before signing in', () => {
  const shown = { entscheidung: 'hash' };
  const visit = { language: 'de', path: '/', account: undefined } as Visit;
  const reply = { header: () => undefined } as unknown as Parameters<SignInPage['comeBack']>[1];
  // biome-ignore lint/suspicious/noThenProperty: the name of a sign-in's destination, and no promise
  const begin = async () => ({ url: 'https://idp.example', pending: { then: '/' } });
  const finish = async () => ({ issuer: 'i', subject: 'mother', role: 'citizen', assurance: 'high', name: '' });
  const provider = { begin, finish } as unknown as IdentityProvider;
  const sessions = { pseudonym: (account: string) => account } as unknown as Sessions;
  const page = new SignInPage(provider, sessions, new SystemClock());
  /** A session that is another one, with nothing in it, when it is made anew. */
  function requestWith(content: object): FastifyRequest {
    const request: { url: string; headers: object; session: object } = { url: '/', headers: {}, session: {} };
    const regenerate = async () => {
      request.session = { regenerate };
    };
    request.session = { ...content, regenerate };
    return request as unknown as FastifyRequest;
  }

  it('stays read through the sign-in, by whoever was at the browser', async () => {
    const request = requestWith({ shown });
    await page.leave(request, '/');
    expect(request.session).toMatchObject({ shown });
    expect(request.session.pending?.then).toBe('/');
    await page.comeBack(request, reply, visit);
    expect(request.session).toMatchObject({ shown, account: { name: '' } });
  });

  it('takes nothing of the time for signing in: that begins with a session of its own', async () => {
    const request = requestWith({ shown });
    const before = request.session;
    await page.leave(request, '/');
    expect(request.session).not.toBe(before);
  });

  it.each([
    ['the same person does it again, at a higher level', 'i\nmother', shown],
    ['another person signs in after', 'i\nfather', undefined],
  ])('where %s', async (_case, actor, expected) => {
    const request = requestWith({ shown, account: { signedIn: { actor } } });
    await page.leave(request, '/');
    await page.comeBack(request, reply, visit);
    expect(request.session.shown).toEqual(expected);
  });
});
