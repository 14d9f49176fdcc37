import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { AccessTokens } from '../../src/client/access-tokens.js';
import { type Applicant, toSubject } from '../../src/client/applicant.js';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { type NodeProfile, readProfile } from '../../src/client/node-profile.js';
import type { ServiceDescription } from '../../src/client/service-description.js';
import { cast } from '../../src/demo/people/cast.js';
import { openClient, RpcFailure, unary } from '../../src/platform/grpc-client.js';
import { BROKER_PROTOS } from '../../src/platform/proto.js';
import type { PrefillServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/PrefillService.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { readSigningKey } from '../../src/tokens/jws.js';
import type { Asked, PrefillAnswer } from '../../src/verify/answer.js';
import { e2eSystem, named } from './e2e-system.js';

type KeyData = Pick<typeof cast.mother, 'familyName' | 'birthDate' | 'address'>;

export function applicantsFor(parent: KeyData, child: KeyData): readonly Applicant[] {
  return [asApplicant('parent', parent), asApplicant('child', child)];
}

function asApplicant(role: string, { familyName, birthDate, address: { town, postcode } }: KeyData): Applicant {
  return { role, person: { family_name: familyName, town, postcode, birth_date: birthDate } };
}

export const family = applicantsFor(cast.mother, cast.newborn);

/** Signed decisions that the node has taken, and what their consumer remembers of them. */
export type Decided = Readonly<{
  applicants: readonly Applicant[];
  decisions: readonly AttestedDecision[];
  triggerIds: readonly string[];
  asked: Asked;
}>;

type Wish = Readonly<{ requestId?: string; deadlineMs?: number }>;

/** An application for Kindergeld, as its online service makes it. */
export class Application {
  private constructor(
    readonly connection: NodeConnection,
    readonly description: ServiceDescription,
  ) {}

  static async open(profile: NodeProfile): Promise<Application> {
    const connection = await connectToNode(profile);
    return new Application(connection, await connection.describeService('kindergeld'));
  }

  /** Signed decisions that nobody has been given yet. */
  attest(applicants = family): Promise<readonly AttestedDecision[]> {
    const person = { decider: 'pairwise-pseudonym-of-a-synthetic-citizen', assurance: 'substantial' } as const;
    return this.connection.attest(this.description, applicants, person);
  }

  async decide(applicants = family): Promise<Decided> {
    const { connection, description } = this;
    const decisions = await this.attest(applicants);
    const { triggerIds } = await connection.grantTriggers(decisions);
    const remembered = decisions.map(({ trigger_id, decision }) => ({
      ...decision,
      trigger_id,
      subject_role: decision.subject.role,
    }));
    return { applicants, decisions, triggerIds, asked: { consumer: description.consumer, decisions: remembered } };
  }

  prefill({ applicants, triggerIds }: Decided, wish: Wish = {}): Promise<PrefillAnswer> {
    return this.connection.prefill({ service: 'kindergeld', applicants, triggerIds, ars: '040110000000', ...wish });
  }

  async fill(wish: Wish = {}, applicants = family): Promise<PrefillAnswer> {
    return this.prefill(await this.decide(applicants), wish);
  }

  /** Asks for the form and hangs up when told, before the answer. */
  async leave({ applicants, triggerIds }: Decided, leaving: AbortSignal): Promise<void> {
    const { profile } = this.connection;
    const tls = readTlsIdentity(profile.keys);
    const { grpc: address, server_name: serverName, certificates } = profile.node;
    const peer = { address, serverName, certificates };
    const client = openClient<PrefillServiceClient>(BROKER_PROTOS, 'einmal.broker.v1.PrefillService', peer, tls);
    const tokens = new AccessTokens(profile, tls, await readSigningKey(profile.keys, 'client-assertion'));
    const metadata = { authorization: `Bearer ${await tokens.current()}` };
    const message = {
      request_id: randomUUID(),
      service: 'kindergeld',
      subjects: applicants.map(toSubject),
      trigger_ids: [...triggerIds],
      ars: '040110000000',
    };
    const settings = { deadline: Date.now() + 15_000, signal: leaving, metadata };
    const failure = await failureOf(unary((m, o, done) => client.PrefillForm(message, m, o, done), settings));
    client.close();
    if (failure.code !== status.CANCELLED) throw failure;
  }

  close(): void {
    this.connection.close();
  }
}

/** A form that the shared system filled, what was decided for it, and the public keys to verify it with. */
export async function filledForm() {
  const { profiles, trust } = e2eSystem();
  const application = await Application.open(await readProfile(named(profiles, 'familienkasse-online')));
  try {
    const decided = await application.decide();
    return { answer: await application.prefill(decided), decided, trust, registers: trust.registers };
  } finally {
    application.close();
  }
}

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<RpcFailure> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof RpcFailure) return outcome;
  throw new Error(outcome instanceof Error ? `failed without a status: ${outcome.message}` : 'was answered');
}
