import { createHash } from 'node:crypto';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import type { NodeProfile } from '../../src/client/node-profile.js';
import type { ServiceDescription } from '../../src/client/service-description.js';
import type { Trust } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import type { Family } from './families.js';

const SERVICE = 'kindergeld';
/** The catalogue knows no register for it, so that the answer is never complete. */
const WITHOUT_REGISTER = 'auslaendische-familienleistung';

/** An online service that has forms filled, one after another. */
export class PrefillRun {
  private constructor(
    private readonly connection: NodeConnection,
    private readonly description: ServiceDescription,
    private readonly trust: Trust,
  ) {}

  static async open(profile: NodeProfile, trust: Trust): Promise<PrefillRun> {
    const connection = await connectToNode(profile);
    return new PrefillRun(connection, await connection.describeService(SERVICE), trust);
  }

  /** Milliseconds from the request to the filled form. Decisions are made before, verification comes after. */
  async once({ ars, applicants }: Family): Promise<number> {
    const decisions = await this.connection.attest(this.description, applicants, {
      decider: createHash('sha256').update(JSON.stringify(applicants)).digest('base64url'),
      assurance: 'substantial',
    });
    const { triggerIds } = await this.connection.grantTriggers(decisions);
    const began = performance.now();
    const answer = await this.connection.prefill({ service: SERVICE, applicants, triggerIds, ars });
    const took = performance.now() - began;
    // Otherwise a broken system would be measured as a fast one.
    const missing = answer.not_delivered.filter(({ evidence_type }) => evidence_type !== WITHOUT_REGISTER);
    if (missing.length > 0) throw new Error(`not delivered: ${missing.map(({ reason }) => reason).join(', ')}`);
    const asked = {
      consumer: this.description.consumer,
      decisions: decisions.map(({ trigger_id, decision }) => ({
        ...decision,
        trigger_id,
        subject_role: decision.subject.role,
      })),
    };
    const { faults } = await verifyAnswer(answer, asked, this.trust);
    if (faults.length > 0) throw new Error(`the answer does not verify: ${faults.join('; ')}`);
    return took;
  }

  close(): void {
    this.connection.close();
  }
}
