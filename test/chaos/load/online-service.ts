import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessTokens } from '../../../src/client/access-tokens.js';
import type { Applicant } from '../../../src/client/applicant.js';
import { connectToNode, type NodeConnection } from '../../../src/client/node-connection.js';
import type { NodeProfile } from '../../../src/client/node-profile.js';
import { toReceipt } from '../../../src/client/prefill-answer.js';
import type { ServiceDescription } from '../../../src/client/service-description.js';
import { cast } from '../../../src/demo/people/cast.js';
import type { Random } from '../../../src/demo/people/random.js';
import { openClient, RpcFailure, unary } from '../../../src/platform/grpc-client.js';
import { BROKER_PROTOS } from '../../../src/platform/proto.js';
import type { ConsentServiceClient } from '../../../src/platform/rpc-types/einmal/broker/v1/ConsentService.js';
import type { WithdrawTriggersResponse__Output } from '../../../src/platform/rpc-types/einmal/broker/v1/WithdrawTriggersResponse.js';
import { readTlsIdentity } from '../../../src/platform/tls.js';
import { readSigningKey } from '../../../src/tokens/jws.js';
import type { Seen } from '../seen.js';

const SERVICE = 'kindergeld';
const ARS = '040110000000';
const DEADLINE_MS = 6000;
const REST_MS = 60;

const applicants: readonly Applicant[] = [asApplicant('parent', cast.mother), asApplicant('child', cast.newborn)];

type Connected = Readonly<{
  node: NodeConnection;
  description: ServiceDescription;
  withdraw(triggers: readonly string[]): Promise<WithdrawTriggersResponse__Output>;
  close(): void;
}>;

/** An online service that has forms filled by one node, several at once, and whose citizens sometimes change their minds. */
export class OnlineService {
  #isOver = false;
  #loops: Promise<void>[] = [];

  constructor(
    private readonly name: string,
    private readonly profile: NodeProfile,
    private readonly seen: Seen,
  ) {}

  start(atOnce: number, random: Random): void {
    this.#isOver = false;
    this.#loops = Array.from({ length: atOnce }, () => this.loop(random));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  private async loop(random: Random): Promise<void> {
    let connected: Connected | undefined;
    while (!this.#isOver) {
      try {
        connected ??= await connect(this.profile);
        await this.application(connected, random);
        await sleep(REST_MS);
      } catch (error) {
        if (error instanceof RpcFailure && error.reason !== undefined) {
          this.seen.refused(error.reason);
        } else {
          this.seen.unanswered();
          // A new connection does not wait for what an old one believes of a node that died.
          connected?.close();
          connected = undefined;
        }
        await sleep(2 * REST_MS);
      }
    }
    connected?.close();
  }

  /** See `ChaosSystem.decided`. */
  async decided(forms: number): Promise<readonly (() => Promise<void>)[]> {
    const connected = await connect(this.profile);
    const decided: (readonly string[])[] = [];
    for (let form = 0; form < forms; form++) decided.push(await this.decide(connected));
    return decided.map((triggers) => () => this.fill(connected, triggers));
  }

  private async application(connected: Connected, random: Random): Promise<void> {
    const triggers = await this.decide(connected);
    const isWithdrawn = random.chance(0.25);
    const moment = random.between(0, 250);
    const outcomes = await Promise.allSettled([
      this.fill(connected, triggers),
      isWithdrawn ? sleep(moment).then(() => this.withdraw(connected, triggers.slice(0, 2))) : undefined,
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private async decide({ node, description }: Connected): Promise<readonly string[]> {
    const person = { decider: 'pairwise-pseudonym-of-a-synthetic-citizen', assurance: 'substantial' } as const;
    const { triggerIds, receipt } = await node.grantTriggers(await node.attest(description, applicants, person));
    this.seen.acknowledged(this.name, 'granted', receipt);
    return triggerIds;
  }

  private async fill({ node }: Connected, triggerIds: readonly string[]): Promise<void> {
    const answer = await node.prefill({ service: SERVICE, applicants, triggerIds, ars: ARS, deadlineMs: DEADLINE_MS });
    this.seen.released(this.name, answer);
    for (const { receipt } of [answer, ...answer.evidence]) this.seen.acknowledged(this.name, 'released', receipt);
  }

  private async withdraw({ withdraw }: Connected, triggers: readonly string[]): Promise<void> {
    const { receipt } = await withdraw(triggers);
    if (receipt) this.seen.acknowledged(this.name, 'withdrawn', toReceipt(receipt));
  }
}

async function connect(profile: NodeProfile): Promise<Connected> {
  const tls = readTlsIdentity(profile.keys);
  const { grpc: address, server_name: serverName, certificates } = profile.node;
  const peer = { address, serverName, certificates };
  const consent = openClient<ConsentServiceClient>(BROKER_PROTOS, 'einmal.broker.v1.ConsentService', peer, tls);
  const tokens = new AccessTokens(profile, tls, await readSigningKey(profile.keys, 'client-assertion'));
  const node = await connectToNode(profile);
  const close = () => {
    node.close();
    consent.close();
  };
  try {
    const description = await node.describeService(SERVICE);
    const withdraw = async (triggers: readonly string[]) => {
      const message = { request_id: randomUUID(), trigger_ids: [...triggers] };
      const metadata = { authorization: `Bearer ${await tokens.current()}` };
      return unary<WithdrawTriggersResponse__Output>(
        (headers, options, done) => consent.WithdrawTriggers(message, headers, options, done),
        { deadline: Date.now() + DEADLINE_MS, metadata },
      );
    };
    return { node, description, withdraw, close };
  } catch (error) {
    close();
    throw error;
  }
}

type KeyData = Pick<typeof cast.mother, 'familyName' | 'birthDate' | 'address'>;

function asApplicant(role: string, { familyName, birthDate, address: { town, postcode } }: KeyData): Applicant {
  return { role, person: { family_name: familyName, town, postcode, birth_date: birthDate } };
}
