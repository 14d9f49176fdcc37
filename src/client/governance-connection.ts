import { toTimestamp } from '../platform/clock.js';
import type { CatalogueServiceClient } from '../platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import type { DecideCatalogueResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DecideCatalogueResponse.js';
import type { GetCatalogueVersionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetCatalogueVersionResponse.js';
import type { ListCatalogueVersionsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListCatalogueVersionsResponse.js';
import type { SimulateCatalogueResponse__Output } from '../platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import type { SimulateProposalResponse__Output } from '../platform/rpc-types/einmal/broker/v1/SimulateProposalResponse.js';
import type { CatalogueDecision } from '../tokens/catalogue-act.js';
import type { Session } from '../tokens/session-token.js';
import type { NodeChannel } from './node-channel.js';

/** Somebody who reads or decides, signed in at the pages. */
type Official = Omit<Session, 'subject'>;

/** All that was asked for in months is long. */
const SIMULATION_MS = 60_000;

/** Changes of the catalogue as pages see them; they sign nothing of a change. Every call throws `RpcFailure`, or `AccessRefused`. */
export class GovernanceConnection {
  readonly #catalogue: () => CatalogueServiceClient;

  constructor(
    private readonly channel: NodeChannel,
    private readonly sign: (session: Session) => Promise<string>,
  ) {
    this.#catalogue = channel.open('CatalogueService');
  }

  async versions(who: Official): Promise<ListCatalogueVersionsResponse__Output> {
    const request = { session_token: await this.session(who) };
    return this.channel.call((metadata, options, done) =>
      this.#catalogue().ListCatalogueVersions(request, metadata, options, done),
    );
  }

  /** Files of a version by name; of the one in force if empty. */
  async files(who: Official, version: string): Promise<Readonly<Record<string, string>>> {
    const request = { session_token: await this.session(who), version };
    const { files = {} } = await this.channel.call<GetCatalogueVersionResponse__Output>((metadata, options, done) =>
      this.#catalogue().GetCatalogueVersion(request, metadata, options, done),
    );
    return files;
  }

  /** What would have been decided otherwise by this version. @param sinceMs milliseconds since the epoch */
  async simulate(who: Official, version: string, sinceMs: number): Promise<SimulateCatalogueResponse__Output> {
    const request = { session_token: await this.session(who), version, since_time: toTimestamp(sinceMs) };
    const { simulation } = await this.channel.call<SimulateProposalResponse__Output>(
      (metadata, options, done) => this.#catalogue().SimulateProposal(request, metadata, options, done),
      SIMULATION_MS,
    );
    return simulation ?? {};
  }

  /** @param signature of the administrator, over this very decision */
  async decide(who: Official, decision: CatalogueDecision, signature: string): Promise<void> {
    const { act, request_id, proposal, reason } = decision;
    const request = {
      ...{ request_id, version: proposal.version, approve: act === 'approve', reason, signature },
      session_token: await this.session(who),
    };
    await this.channel.call<DecideCatalogueResponse__Output>(
      (metadata, options, done) => this.#catalogue().DecideCatalogue(request, metadata, options, done),
      undefined,
      { isOnce: true },
    );
  }

  private session(who: Official): Promise<string> {
    return this.sign({ ...who, subject: undefined });
  }
}
