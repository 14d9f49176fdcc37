import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { NodeIdentity } from '../access/node-identity.js';
import type { Catalogue, Rule } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { proposeCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import type { Waiting } from '../platform/call.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid, outage, refusal } from '../platform/fault.js';
import { Intermediary } from './intermediary.js';
import { type LoosenedDemand, loosenedDemands } from './loosened-demands.js';
import { mayAskAbout, type PolicyScope } from './policy-scope.js';
import { type PastCheck, type Replay, replayChecks } from './replay-checks.js';
import { ANY, RuleIndex } from './rule-index.js';

export type Simulation = Replay & Readonly<{ version: string; loosened: readonly LoosenedDemand[] }>;

/** What was asked since then, decided by other rules. */
export class SimulateCatalogue extends Query<Simulation> {
  constructor(
    readonly scope: PolicyScope,
    /** File name → content; empty: the catalogue in force, in the version that is named. */
    readonly files: ReadonlyMap<string, Buffer>,
    readonly version: string | undefined,
    /** Milliseconds since the epoch. */
    readonly sinceMs: number,
    readonly call: Waiting,
  ) {
    super();
  }
}

@QueryHandler(SimulateCatalogue)
export class SimulateCatalogueHandler implements IQueryHandler<SimulateCatalogue> {
  #isBusy = false;

  constructor(
    private readonly node: NodeIdentity,
    private readonly current: CurrentCatalogue,
    private readonly intermediary: Intermediary,
    private readonly clock: Clock,
  ) {}

  /**
   * One at a time: a catalogue is checked as a whole, and exchanges must not wait for that.
   * @throws Fault CALL_NOT_ALLOWED for another node: what is replayed is what this one had asked
   */
  async execute(query: SimulateCatalogue): Promise<Simulation> {
    const { scope } = query;
    if (scope.of === 'node' && scope.node !== this.node.participant) throw refusal('CALL_NOT_ALLOWED');
    if (this.#isBusy) throw outage('BUSY');
    this.#isBusy = true;
    try {
      const rules = this.rulesOf(query);
      const asked = this.intermediary.pastChecks(query.sinceMs, query.call);
      const replay = await replayChecks(rules, within(query.scope, asked), this.clock.now());
      const { catalogue } = rules.lookup;
      const concerned = ({ rules: all, registers }: Catalogue) => ({ rules: rulesFor(scope, all), registers });
      const loosened = await loosenedDemands(concerned(this.current.catalogue), concerned(catalogue));
      return { ...replay, version: catalogue.version, loosened };
    } finally {
      this.#isBusy = false;
    }
  }

  /** @throws Fault NOT_FOUND, REQUEST_INVALID with every fault of the files */
  private rulesOf({ files, version }: SimulateCatalogue): RuleIndex {
    const { catalogue, lookup } = this.current;
    if (files.size === 0 && version !== catalogue.version) throw new Fault('NOT_FOUND');
    try {
      return new RuleIndex(files.size === 0 ? lookup : new CatalogueLookup(proposeCatalogue(catalogue, files)));
    } catch (error) {
      if (!(error instanceof CatalogueFault)) throw error;
      throw invalid(
        error.faults.map(({ file, line, message }) => ({
          field: `files["${file}"]`,
          description: `line ${line}: ${message}`,
        })),
      );
    }
  }
}

/** Rules about others are theirs. */
function rulesFor(scope: PolicyScope, rules: readonly Rule[]): readonly Rule[] {
  if (scope.of === 'consumer') return rules.filter(({ consumer }) => consumer === ANY || consumer === scope.consumer);
  return scope.of === 'registers' ? [] : rules;
}

async function* within(scope: PolicyScope, checks: AsyncIterable<PastCheck>): AsyncGenerator<PastCheck> {
  for await (const check of checks)
    if (mayAskAbout(scope, { consumer: check.consumer ?? '', provider: check.provider ?? '' })) yield check;
}
