import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { AdministratorDesk } from './administrator-desk.js';
import { type Activation, CatalogueHistory, type Proposal, type ProposalState, stateOf } from './catalogue-history.js';

const AT_MOST = 100;

export type CatalogueVersions = Readonly<{
  activations: readonly Activation[];
  proposals: readonly (Proposal & Readonly<{ state: ProposalState }>)[];
}>;

/** What was in force and what is proposed, newest first. */
export class ListCatalogueVersions extends Query<CatalogueVersions> {
  constructor(readonly call: Readonly<{ caller: Caller; sessionToken: string }>) {
    super();
  }
}

@QueryHandler(ListCatalogueVersions)
export class ListCatalogueVersionsHandler implements IQueryHandler<ListCatalogueVersions> {
  constructor(
    private readonly administrators: AdministratorDesk,
    private readonly history: CatalogueHistory,
  ) {}

  async execute({ call }: ListCatalogueVersions): Promise<CatalogueVersions> {
    await this.administrators.acceptReader(call);
    const [activations, proposals] = [await this.history.activations(AT_MOST), await this.history.proposals(AT_MOST)];
    const activated = new Set(activations.flatMap(({ proposal }) => proposal ?? []));
    const inForce = activations[0]?.number ?? 0;
    return { activations, proposals: proposals.map((it) => ({ ...it, state: stateOf(it, inForce, activated) })) };
  }
}
