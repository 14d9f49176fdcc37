import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CatalogueReader } from '../catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { Intermediary } from '../permission/intermediary.js';
import { type LoosenedDemand, loosenedDemands } from '../permission/loosened-demands.js';
import { type Replay, replayChecks } from '../permission/replay-checks.js';
import { RuleIndex } from '../permission/rule-index.js';
import type { Waiting } from '../platform/call.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { outage, refusal } from '../platform/fault.js';
import { AdministratorDesk } from './administrator-desk.js';
import { CatalogueHistory } from './catalogue-history.js';

/** A proposal that somebody still looks at is among these. */
const RECENT = 100;

export type SimulatedProposal = Replay & Readonly<{ version: string; loosened: readonly LoosenedDemand[] }>;

/**
 * What a version that is kept would have decided otherwise, of all that this node asked for since a moment: for those who decide
 * on it, and those who control them. Whole versions: agreements and keys count as they would.
 */
export class SimulateProposal extends Query<SimulatedProposal> {
  constructor(
    readonly call: Readonly<{ caller: Caller; sessionToken: string }>,
    readonly version: string,
    /** Milliseconds since the epoch. */
    readonly sinceMs: number,
    readonly limits: Waiting,
  ) {
    super();
  }
}

@QueryHandler(SimulateProposal)
export class SimulateProposalHandler implements IQueryHandler<SimulateProposal> {
  #isBusy = false;

  constructor(
    private readonly administrators: AdministratorDesk,
    private readonly history: CatalogueHistory,
    private readonly reader: CatalogueReader,
    private readonly current: CurrentCatalogue,
    private readonly intermediary: Intermediary,
    private readonly clock: Clock,
  ) {}

  /**
   * One at a time: a version is read as a whole, and what was asked is long.
   * @throws Fault of `AdministratorDesk.acceptReader`, NOT_FOUND, BUSY, INTERMEDIARY_UNAVAILABLE
   */
  async execute({ call, version, sinceMs, limits }: SimulateProposal): Promise<SimulatedProposal> {
    await this.administrators.acceptReader(call);
    if (this.#isBusy) throw outage('BUSY');
    this.#isBusy = true;
    try {
      const files = await this.history.filesOf(version);
      if (files === undefined) throw refusal('NOT_FOUND');
      const { catalogue: inForce } = this.current;
      const proposed = await this.reader.version(files, inForce.endpoints);
      const rules = new RuleIndex(new CatalogueLookup(proposed));
      const checks = this.intermediary.pastChecks(sinceMs, limits);
      const replay = await replayChecks(rules, checks, await this.momentOf(version));
      return { ...replay, version: proposed.version, loosened: await loosenedDemands(inForce, proposed) };
    } finally {
      this.#isBusy = false;
    }
  }

  /** From when on it would count. */
  private async momentOf(version: string): Promise<number> {
    const proposed = (await this.history.proposals(RECENT)).find((it) => it.version === version);
    return Math.max(this.clock.now(), proposed?.activateAt ?? 0);
  }
}
