import { randomBytes, randomUUID } from 'node:crypto';
import { fromTimestamp, toTimestamp } from '../platform/clock.js';
import type { CatalogueFault__Output } from '../platform/rpc-types/einmal/broker/v1/CatalogueFault.js';
import type { CatalogueServiceClient } from '../platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import type { DecideCatalogueResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DecideCatalogueResponse.js';
import type { GetCatalogueVersionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetCatalogueVersionResponse.js';
import type { ListCatalogueVersionsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListCatalogueVersionsResponse.js';
import type { LoosenedDemand__Output } from '../platform/rpc-types/einmal/broker/v1/LoosenedDemand.js';
import type { ProposeCatalogueResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ProposeCatalogueResponse.js';
import { type CatalogueAct, type ProposalName, proposalDigest, signCatalogueAct } from '../tokens/catalogue-act.js';
import { textHash } from '../tokens/digest.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import { signSession } from '../tokens/session-token.js';
import { NodeChannel } from './node-channel.js';
import type { NodeProfile } from './node-profile.js';

/** A person who acts: how the catalogue names them, and their own key; only readers have none. */
export type ActingAdministrator = Readonly<{ id: string; key: SigningKey }>;

export type Proposal = Readonly<{ files: Readonly<Record<string, string>>; version: string; activateAt?: number }>;

export type Proposed = Readonly<{
  version: string;
  faults: readonly CatalogueFault__Output[];
  /** Where it would permit more by taking a rule away. */
  loosened: readonly LoosenedDemand__Output[];
}>;

/** @param profile of the pages in whose session administrators act */
export async function connectCatalogueChanges(profile: NodeProfile): Promise<CatalogueChanges> {
  const assertionKey = await readSigningKey(profile.keys, 'client-assertion');
  return new CatalogueChanges(profile, assertionKey, await readSigningKey(profile.keys, 'session'));
}

/** The catalogue of a node as administrators change it. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class CatalogueChanges {
  readonly #channel: NodeChannel;
  readonly #catalogue: () => CatalogueServiceClient;

  constructor(
    private readonly profile: NodeProfile,
    assertionKey: SigningKey,
    private readonly sessionKey: SigningKey,
  ) {
    this.#channel = new NodeChannel(profile, assertionKey);
    this.#catalogue = this.#channel.open('CatalogueService');
  }

  /** @returns the version, or every fault that it has */
  async propose(by: ActingAdministrator, { files, version, activateAt }: Proposal): Promise<Proposed> {
    const request_id = randomUUID();
    const content = proposalDigest({ files, version, activateAt });
    const request = {
      ...{ request_id, files, version, session_token: await this.session(by.id, 'administrator') },
      ...(activateAt === undefined ? {} : { activate_time: toTimestamp(activateAt) }),
      signature: await this.signed(by, { act: 'propose', request_id, content }),
    };
    const answer = await this.#channel.call<ProposeCatalogueResponse__Output>((metadata, options, done) =>
      this.#catalogue().ProposeCatalogue(request, metadata, options, done),
    );
    return { version: answer.version ?? '', faults: answer.faults ?? [], loosened: answer.loosened ?? [] };
  }

  /** @returns what was signed: the proposal as the node shows it, with the moment that it is for */
  async decide(by: ActingAdministrator, version: string, approve: boolean, reason: string): Promise<ProposalName> {
    const request_id = randomUUID();
    const proposal = await this.proposalOf(version);
    const request = {
      ...{ request_id, version, approve, reason, session_token: await this.session(by.id, 'administrator') },
      signature: await this.signed(by, { act: approve ? 'approve' : 'reject', request_id, proposal, reason }),
    };
    await this.#channel.call<DecideCatalogueResponse__Output>((metadata, options, done) =>
      this.#catalogue().DecideCatalogue(request, metadata, options, done),
    );
    return proposal;
  }

  /** The last one of this version. Where there is none, the node says so. */
  private async proposalOf(version: string): Promise<ProposalName> {
    const { proposals = [] } = await this.versions();
    const { proposal: id = '', based_on = '0', activate_time } = proposals.find((it) => it.version === version) ?? {};
    return { id, version, based_on: Number(based_on), activate_at: fromTimestamp(activate_time) ?? null };
  }

  async versions(): Promise<ListCatalogueVersionsResponse__Output> {
    const request = { session_token: await this.session('reader', 'auditor') };
    return this.#channel.call((metadata, options, done) =>
      this.#catalogue().ListCatalogueVersions(request, metadata, options, done),
    );
  }

  /** Files of a version; of the one in force if empty. */
  async files(version = ''): Promise<Readonly<{ version: string; files: Readonly<Record<string, string>> }>> {
    const request = { session_token: await this.session('reader', 'auditor'), version };
    const answer = await this.#channel.call<GetCatalogueVersionResponse__Output>((metadata, options, done) =>
      this.#catalogue().GetCatalogueVersion(request, metadata, options, done),
    );
    return { version: answer.version ?? '', files: answer.files ?? {} };
  }

  close(): void {
    this.#channel.close();
  }

  private signed({ id: administrator, key }: ActingAdministrator, act: CatalogueAct): Promise<string> {
    return signCatalogueAct(act, { administrator, node: this.profile.node.participant, key, nowMs: Date.now() });
  }

  private session(name: string, role: 'administrator' | 'auditor'): Promise<string> {
    const nowMs = Date.now();
    const session = {
      ...{ id: randomBytes(16).toString('base64url'), role, assurance: 'high' as const, subject: undefined },
      // Pairwise: the same person at the same pages is the same.
      ...{ actor: textHash(`${this.profile.client}\n${name}`), signedInAt: Math.floor(nowMs / 1000) },
    };
    const { client: pages, node } = this.profile;
    return signSession(session, { pages, issuer: node.issuer, key: this.sessionKey, nowMs });
  }
}
