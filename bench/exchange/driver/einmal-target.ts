import { randomUUID } from 'node:crypto';
import { AccessTokens } from '../../../src/client/access-tokens.js';
import { toSubject } from '../../../src/client/applicant.js';
import { type AttestedDecision, ownDecision } from '../../../src/client/attest-decisions.js';
import { connectToNode, type NodeConnection } from '../../../src/client/node-connection.js';
import type { NodeProfile } from '../../../src/client/node-profile.js';
import { toPrefillAnswer } from '../../../src/client/prefill-answer.js';
import type { ServiceDescription, ServiceNeed } from '../../../src/client/service-description.js';
import { people } from '../../../src/demo/people/population.js';
import { openClient, unary } from '../../../src/platform/grpc-client.js';
import { BROKER_PROTOS } from '../../../src/platform/proto.js';
import type { PrefillFormResponse__Output } from '../../../src/platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { PrefillServiceClient } from '../../../src/platform/rpc-types/einmal/broker/v1/PrefillService.js';
import { readTlsIdentity } from '../../../src/platform/tls.js';
import { readSigningKey } from '../../../src/tokens/jws.js';
import type { PrefillAnswer, Trust } from '../../../src/verify/answer.js';
import { verifyAnswer } from '../../../src/verify/verify-answer.js';
import { POPULATION } from '../../system.js';
import { type Family, families } from '../families.js';
import type { Answered, Prepared } from './target.js';

const SERVICE = 'kindergeld';
/** One register each; both persons are looked up for them. */
const CHOSEN: readonly string[] = ['identity', 'meldedaten', 'geburt'];
const PIECES = 2;
const REGION = '04011';
const AT_ONCE = 8;
const DEADLINE_MS = 15_000;

/** C of the benchmark: Kindergeld with two registers, as an online service asks for it. */
export class EinmalTarget {
  readonly #client: PrefillServiceClient;
  #families: readonly Family[];
  #next = 0;

  private constructor(
    private readonly connection: NodeConnection,
    private readonly tokens: AccessTokens,
    private readonly description: ServiceDescription,
    private readonly trust: Trust,
    profile: NodeProfile,
  ) {
    const { grpc: address, server_name: serverName, certificates } = profile.node;
    const peer = { address, serverName, certificates };
    this.#client = openClient(BROKER_PROTOS, 'einmal.broker.v1.PrefillService', peer, readTlsIdentity(profile.keys));
    this.#families = [...families([...people(POPULATION)])].filter(({ ars }) => ars.startsWith(REGION));
  }

  static async open(profile: NodeProfile, trust: Trust): Promise<EinmalTarget> {
    const connection = await connectToNode(profile);
    const key = await readSigningKey(profile.keys, 'client-assertion');
    const tokens = new AccessTokens(profile, readTlsIdentity(profile.keys), key);
    return new EinmalTarget(connection, tokens, await connection.describeService(SERVICE), trust, profile);
  }

  /** Warms up with so many families, and goes on with those of whom every register has something to say: another answer waits for its slot. */
  async tryOut(count: number): Promise<void> {
    const whole: Family[] = [];
    await atOnce(this.#families.slice(0, count), async (family) => {
      const { ask } = await this.one(family, false);
      await ask(DEADLINE_MS).then(
        () => whole.push(family),
        () => undefined,
      );
    });
    this.#families = whole;
  }

  async prepare(count: number, fresh: boolean): Promise<readonly Prepared[]> {
    const prepared: Prepared[] = [];
    const wanted = Array.from({ length: count }, () => this.#families[this.#next++ % this.#families.length]);
    await atOnce(wanted, async (family) => {
      if (family === undefined) throw new Error('the population has no family to ask for');
      prepared.push(await this.one(family, fresh));
    });
    return prepared;
  }

  close(): void {
    this.connection.close();
    this.#client.close();
  }

  private async one(family: Family, fresh: boolean): Promise<Prepared> {
    const decisions = await this.connection.attest(this.description, family.applicants, {
      decider: randomUUID(),
      assurance: 'substantial',
      chosen: ({ evidence_type }: ServiceNeed) => CHOSEN.includes(evidence_type),
    });
    const { triggerIds } = await this.connection.grantTriggers(decisions);
    if (fresh) this.tokens.forget();
    const token = await this.tokens.current();
    const request = {
      request_id: randomUUID(),
      service: SERVICE,
      subjects: family.applicants.map(toSubject),
      trigger_ids: [...triggerIds],
      ars: family.ars,
    };
    return {
      ask: async (deadlineMs) => {
        const answer = await unary<PrefillFormResponse__Output>(
          (metadata, options, done) => this.#client.PrefillForm(request, metadata, options, done),
          { deadline: Date.now() + deadlineMs, metadata: { authorization: `Bearer ${token}` } },
        );
        return this.checked(toPrefillAnswer(answer), decisions);
      },
    };
  }

  private checked(answer: PrefillAnswer, decisions: readonly AttestedDecision[]): Answered {
    const { evidence, fields, receipt } = answer;
    const complete = evidence.length === PIECES && evidence.every(({ sd_jwt }) => sd_jwt !== '') && fields.length > 0;
    if (!complete || receipt.checkpoint === '') {
      const reasons = new Set(answer.not_delivered.map(({ reason }) => reason));
      throw new Error(`not what was asked for: ${[...reasons].join(', ')}`);
    }
    return {
      pieceBytes: evidence.map(({ sd_jwt }) => sd_jwt.length),
      verify: async () => {
        const asked = { consumer: this.description.consumer, decisions: decisions.map(ownDecision) };
        const { faults } = await verifyAnswer(answer, asked, this.trust);
        if (faults.length > 0) throw new Error(`the answer does not verify: ${faults.join('; ')}`);
      },
    };
  }
}

async function atOnce<T>(all: readonly T[], act: (it: T) => Promise<void>): Promise<void> {
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < all.length) await act(all[next++] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}
