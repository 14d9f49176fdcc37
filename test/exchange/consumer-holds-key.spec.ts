import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CompactEncrypt, type CryptoKey, generateKeyPair } from 'jose';
import type { Trigger } from '../../src/consent/trigger.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { openEvidence } from '../../src/tokens/evidence-jwe.js';
import { CONSUMER } from '../support/builders.js';
import { aWorld, type World } from './world.js';

let world: World;
let identity: Trigger;
beforeEach(async () => {
  world = aWorld(undefined, { nodeHoldsKey: false });
  identity = await world.decided('identity', 'parent');
});

const MELDE = {
  evidenceType: 'meldedaten',
  subjectRole: 'parent',
  fields: undefined,
  partial: true,
  where: { ars: '04011000' },
};
const retrieve = async (deviation: Parameters<World['decided']>[2] = {}, requestId = randomUUID()) => {
  const trigger = await world.decided('meldedaten', 'parent', deviation);
  return world.retrieve([{ ...MELDE, triggerId: trigger.id }], [identity], { requestId });
};
const closed = () => world.entries().find(({ caller }) => caller.event === 'retrieval.closed');

describe('a consumer that keeps its decryption key (design 2)', () => {
  it('gets the ciphertext of the register through, and the log says of it what was passed on', async () => {
    const answer = await retrieve();
    const [piece] = answer.evidence;
    if (piece === undefined || !('jwe' in piece.evidence)) throw new Error('nothing was passed on');
    const { jwe, ...beside } = piece.evidence;
    expect(beside).toEqual({
      evidenceType: 'meldedaten',
      subjectRole: 'parent',
      register: 'melderegister-bremen',
      assurance: 'substantial',
    });
    expect(await openEvidence(jwe, world.consumerKey.key)).toContain('~');
    expect(piece.receipt.opening.caller).toMatchObject({ outcome: 'released', release_digest: canonicalDigest(jwe) });
    expect(answer.receipt.opening.caller).toMatchObject({ event: 'exchange.closed', outcome: 'released' });
  });

  it('is told nothing that the node could not know, and the log names no key that nobody here verified', async () => {
    const answer = await retrieve();
    expect(answer.fields).toEqual([]);
    expect(closed()?.caller.key_thumbprint).toBeUndefined();
    expect(closed()?.hidden.attributes).toEqual([...(world.gateway.asked[0]?.fields ?? [])]);
  });

  it('gets the same again for the same request', async () => {
    const trigger = await world.decided('meldedaten', 'parent');
    const requestId = randomUUID();
    const ask = () => world.retrieve([{ ...MELDE, triggerId: trigger.id }], [identity], { requestId });
    expect(await ask()).toEqual(await ask());
    expect(world.gateway.asked).toHaveLength(1);
  });

  it('gets it also where the person wants a preview: whoever can read it shows it (EGovG § 5 Abs. 5)', async () => {
    const answer = await retrieve({ preview: 'WANTED' });
    expect(answer.evidence).toHaveLength(1);
    expect(world.held.rows.size).toBe(0);
  });

  it('gets nothing after a withdrawal', async () => {
    const trigger = await world.decided('meldedaten', 'parent');
    world.gateway.meanwhile = async () => {
      await world.withdraw(trigger);
    };
    const asked = world.retrieve([{ ...MELDE, triggerId: trigger.id }], [identity]);
    await expect(asked).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
    expect(closed()?.caller.release_digest).toBeUndefined();
  });

  it('is told CONSUMER_HOLDS_KEY where the node would have to read it, before anybody is asked', async () => {
    const trigger = await world.decided('meldedaten', 'parent');
    const reason = 'CONSUMER_HOLDS_KEY';
    const form = world.prefill({ triggers: [identity, trigger], subjects: world.keyed('parent') });
    await expect(form).rejects.toMatchObject({ reason });
    await expect(world.preview(randomUUID())).rejects.toMatchObject({ reason });
    await expect(world.decide(randomUUID(), [])).rejects.toMatchObject({ reason });
    expect([world.gateway.asked, world.directory.asked]).toEqual([[], []]);
  });

  const sealing = async (header: Readonly<Record<string, string>>, key?: CryptoKey) => {
    const kid = world.current.lookup.keys(CONSUMER, 'encryption')[0]?.kid;
    const to = key ?? (await generateKeyPair('ECDH-ES', { crv: 'P-256' })).publicKey;
    return new CompactEncrypt(Buffer.from('text'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...(kid === undefined ? {} : { kid }), ...header })
      .encrypt(to);
  };
  const wrong: readonly (readonly [string, string, () => Promise<string>])[] = [
    ['in the clear', 'MALFORMED', async () => 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA~'],
    ['to a key that is not theirs', 'KEY_UNKNOWN', () => sealing({ kid: 'somebody-else' })],
    ['with a wrapped content key', 'MALFORMED', () => sealing({ alg: 'ECDH-ES+A256KW' })],
    ['with a weaker cipher', 'ALGORITHM', () => sealing({ enc: 'A128GCM' })],
    ['that is larger than any', 'TOO_LARGE', async () => `${'A'.repeat(100_000)}....`],
  ];

  it.each(wrong)('gets nothing that is %s (%s): it is none of the kind agreed on', async (_title, cause, make) => {
    const jwe = await make();
    world.gateway.ask = async () => ({ kind: 'evidence', jwe });
    await expect(retrieve()).rejects.toMatchObject({ reason: 'EVIDENCE_INVALID' });
    expect(closed()?.hidden).toMatchObject({ cause, answered: 'evidence' });
    expect(closed()?.caller.release_digest).toBeUndefined();
  });
});
