import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readProfile } from '../../src/client/node-profile.js';
import { issueLeaf } from '../../src/demo/certificates.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { deployedCatalogue, developmentAuthority, e2eSystem, named } from '../support/e2e-system.js';
import { Application, family } from '../support/faulty-application.js';
import { FaultyNode } from '../support/faulty-node.js';

const REGISTER = 'melderegister-bremen';
const OTHER_REGISTER = 'personenstand-bremen';

/** Design 5: the edge trusts nobody's word, not even that of somebody with the node's own keys. */
describe('real tokens, presented to a register once more', () => {
  let application: Application;
  let node: FaultyNode;

  beforeAll(async () => {
    application = await Application.open(await readProfile(named(e2eSystem().profiles, 'familienkasse-online')));
    node = new FaultyNode(deployedCatalogue(), named(e2eSystem().keys, 'node'));
  });

  afterAll(() => {
    application?.close();
    node?.close();
  });

  const decisionAbout = async (evidenceType: string) => {
    const decisions = await application.attest(family);
    const decision = decisions.find((it) => it.decision.evidence_type === evidenceType);
    if (decision === undefined) throw new Error(`nobody decided about ${evidenceType}`);
    return decision;
  };
  const meldedaten = () => decisionAbout('meldedaten');
  const ownLog = (register = REGISTER) =>
    withClient(named(e2eSystem().databases, register), async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(
        'select outcome, reason, cause, attributes, retrieval_id, caller from edge.log order by sequence desc limit 1',
      );
      return rows[0];
    });

  it('with the very same request: evidence again, on record as a repeat', async () => {
    const message = await node.request(REGISTER, await meldedaten(), cast.mother);
    expect(await node.ask(REGISTER, message)).toBe('evidence');
    expect(await ownLog()).toMatchObject({ outcome: 'answered', retrieval_id: message.retrieval_id });
    expect(await node.ask(REGISTER, message)).toBe('evidence');
    expect(await ownLog()).toMatchObject({ outcome: 'repeated', retrieval_id: message.retrieval_id });
  });

  it('one decision with another nonce and all else made anew: REPLAY', async () => {
    const decision = await meldedaten();
    expect(await node.ask(REGISTER, await node.request(REGISTER, decision, cast.mother))).toBe('evidence');
    expect(await node.ask(REGISTER, await node.request(REGISTER, decision, cast.mother))).toBe('REPLAY');
    expect(await ownLog()).toMatchObject({ outcome: 'refused', cause: 'REPLAY_ATTESTATION', attributes: [] });
  });

  it('one decision that the node has used already, taken from its database: REPLAY', async () => {
    const decided = await application.decide();
    const answer = await application.prefill(decided);
    expect(answer.evidence.map(({ evidence_type }) => evidence_type)).toContain('meldedaten');
    const used = decided.decisions.find(({ decision }) => decision.evidence_type === 'meldedaten');
    if (used === undefined) throw new Error('nobody decided about it');
    expect(await node.ask(REGISTER, await node.request(REGISTER, used, cast.mother))).toBe('REPLAY');
  });

  it('permission or trigger of another request, one at a time or both: each is bound to its own', async () => {
    const [first, second] = [
      await node.request(REGISTER, await meldedaten(), cast.mother),
      await node.request(REGISTER, await meldedaten(), cast.mother),
    ];
    const { permission_token = '', trigger_token = '' } = first;
    expect(await node.ask(REGISTER, { ...second, permission_token })).toBe('PERMISSION_INVALID');
    expect(await node.ask(REGISTER, { ...second, trigger_token })).toBe('TRIGGER_INVALID');
    expect(await node.ask(REGISTER, { ...second, permission_token, trigger_token })).toBe('PERMISSION_INVALID');
    expect(await ownLog()).toMatchObject({ outcome: 'refused', cause: 'PERMISSION_DIGEST' });
    // What was refused was not used up.
    expect(await node.ask(REGISTER, second)).toBe('evidence');
  });

  it('about another person: the decision and the request are about one and the same', async () => {
    const message = await node.request(REGISTER, await meldedaten(), cast.father);
    expect(await node.ask(REGISTER, message)).toBe('TRIGGER_INVALID');
    expect(await ownLog()).toMatchObject({ outcome: 'refused', attributes: [] });
  });

  it('to another register: it is not the one that they were made for', async () => {
    const message = await node.request(REGISTER, await meldedaten(), cast.mother);
    expect(await node.ask(OTHER_REGISTER, message)).toBe('REQUEST_INVALID');
    const readdressed = await node.ask(OTHER_REGISTER, { ...message, register: OTHER_REGISTER });
    expect(['PERMISSION_INVALID', 'TRANSFER_NOT_PERMITTED']).toContain(readdressed);
    expect(await ownLog(OTHER_REGISTER)).toMatchObject({ outcome: 'refused', attributes: [] });
  });

  it('by another certificate: of a new "node", of a service, of a register; and then by the right one', async () => {
    const message = await node.request(REGISTER, await meldedaten(), cast.mother);
    const namesake = await issueLeaf(developmentAuthority(), { commonName: 'node', participant: 'node' });
    expect(await node.ask(REGISTER, message, namesake)).toBe('CALLER_UNKNOWN');
    for (const other of ['familienkasse-online', OTHER_REGISTER, 'intermediary']) {
      const tls = readTlsIdentity(named(e2eSystem().keys, other));
      expect(await node.ask(REGISTER, message, tls)).toBe('CALL_NOT_ALLOWED');
      expect(await ownLog()).toMatchObject({ caller: other, outcome: 'refused', cause: 'CALLER_KIND' });
    }
    expect(await node.ask(REGISTER, message)).toBe('evidence');
  });
});
