import { beforeEach, describe, expect, it } from '@jest/globals';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { Intermediary, type Permission } from '../../src/permission/intermediary.js';
import { RegisterPresentation, type Retrieval } from '../../src/registers/presentation.js';
import { type RetrievalRequest, requestDigest } from '../../src/tokens/register-request.js';
import { verifyTriggerToken } from '../../src/tokens/trigger-token.js';
import { FixedClock } from '../audit/log-keys.js';
import { aTrigger, CONSUMER, NOW, SALT } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';

const key = await aKeyPair('node-trigger', 'ES256', 'trigger');
const call = { deadline: NOW + 1000, signal: new AbortController().signal };
const identity = new NodeIdentity('node', 'https://node.example', 'x5t', key.signing, key.signing);

class Asked extends Intermediary {
  readonly asked: Parameters<Intermediary['check']>[] = [];
  token: string | undefined = 'bound-token';

  override async check(...asked: Parameters<Intermediary['check']>): Promise<Permission> {
    this.asked.push(asked);
    return permission({ token: this.token });
  }

  override async *pastChecks(): AsyncGenerator<never> {}
}

const permission = (deviation: Partial<Permission> = {}): Permission => ({
  question: {
    consumer: CONSUMER,
    provider: 'melderegister-bremen',
    evidence_type: 'meldedaten',
    purpose: 'kindergeld-antrag',
    legal_basis: 'egovg-5-1-1',
  },
  fields: ['family_name'],
  attestedBy: ['online-service'],
  minAssurance: 'substantial',
  obligations: { rates: [] },
  digestDue: true,
  token: undefined,
  ruleIds: [],
  ...deviation,
});

const retrieval = (deviation: Partial<Retrieval> = {}): Retrieval => ({
  registerRef: 'reference-for-this-register',
  register: { id: 'melderegister-bremen' },
  permission: permission(),
  trigger: aTrigger(),
  fields: ['family_name'],
  ...deviation,
});

const particulars = {
  purpose_hash: 'hash',
  subject_role: 'parent',
  evidence_type: 'meldedaten',
  fields: ['family_name'],
  person: {
    idnr: '02468135792',
    birth_date: '1990-04-05',
    commitment: { salt: SALT, family_name: 'Musterfrau', idnr: null },
  },
};

let intermediary: Asked;
let presentation: RegisterPresentation;
beforeEach(() => {
  intermediary = new Asked();
  presentation = new RegisterPresentation(identity, intermediary, new FixedClock(NOW));
});
const present = (of: Retrieval = retrieval()) => presentation.present<RetrievalRequest>(of, particulars, call);

describe('what a register is shown', () => {
  it('is the request with its digest, the permission and the trigger', async () => {
    const { request, digest, tokens } = await present();
    expect(request).toMatchObject({
      ...particulars,
      retrieval_id: 'reference-for-this-register',
      register: 'melderegister-bremen',
      consumer: CONSUMER,
      issued_at: NOW,
    });
    expect(digest).toBe(requestDigest(request));
    expect(tokens.permission).toBe('bound-token');
  });

  it('has a permission bound to the digest where that is due (IDNrG § 7 Abs. 2)', async () => {
    const { digest } = await present();
    expect(intermediary.asked).toEqual([
      [permission().question, { purposeHash: 'hash', fields: ['family_name'], digest }, call],
    ]);
  });

  it('tells the intermediary no person and no nonce: the digest cannot be guessed', async () => {
    const { request } = await present();
    const told = JSON.stringify(intermediary.asked);
    for (const secret of [request.nonce, '02468135792', '1990', 'Musterfrau', request.retrieval_id])
      expect(told).not.toContain(secret);
  });

  it('needs no second question where no digest is due', async () => {
    const unbound = permission({ digestDue: false, token: 'unbound' });
    const { tokens } = await present(retrieval({ permission: unbound }));
    expect(tokens.permission).toBe('unbound');
    expect(intermediary.asked).toEqual([]);
  });

  it.each([
    ['where the intermediary answers without token', permission()],
    ['where there was none before', permission({ digestDue: false })],
  ])('is nothing without a permission token: %s', async (_case, given) => {
    intermediary.token = undefined;
    await expect(present(retrieval({ permission: given }))).rejects.toMatchObject({
      reason: 'INTERMEDIARY_UNAVAILABLE',
    });
  });

  it('is never what was shown before: nonce and digest are fresh each time', async () => {
    const [a, b] = [await present(), await present()];
    expect(a.request.nonce).not.toBe(b.request.nonce);
    expect(Buffer.from(a.request.nonce, 'base64url')).toHaveLength(32);
    expect(a.digest).not.toBe(b.digest);
  });

  it('has a trigger token for this register, this retrieval and this digest only, around the attestation itself', async () => {
    const { tokens, digest } = await present();
    const trust = { node: 'node', keys: [key.verification], nowMs: NOW };
    expect(await verifyTriggerToken(tokens.trigger, { ...trust, register: 'melderegister-bremen' })).toMatchObject({
      retrieval_id: 'reference-for-this-register',
      request_digest: digest,
      attestation: aTrigger().attestation,
    });
    const elsewhere = { ...trust, register: 'personenstand-bremen' };
    await expect(verifyTriggerToken(tokens.trigger, elsewhere)).rejects.toMatchObject({ code: 'AUDIENCE' });
  });
});
