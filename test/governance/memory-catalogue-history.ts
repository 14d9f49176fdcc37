import type { VersionFiles } from '../../src/catalogue/load-catalogue.js';
import {
  type Activation,
  CatalogueHistory,
  type Due,
  type NewDecision,
  type NewProposal,
  OpenHistory,
  type Proposal,
} from '../../src/governance/catalogue-history.js';
import type { Clock } from '../../src/platform/clock.js';

type State = Readonly<{
  activations: readonly Activation[];
  proposals: readonly Proposal[];
  versions: ReadonlyMap<string, VersionFiles>;
}>;

/** A history in memory, for use-case tests: passes the contract of CatalogueHistory. */
export class MemoryCatalogueHistory extends CatalogueHistory {
  #state: State = { activations: [], proposals: [], versions: new Map() };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Clock) {
    super();
  }

  override async inForce(): Promise<Activation | undefined> {
    return this.#state.activations[0];
  }

  override async activations(limit: number): Promise<readonly Activation[]> {
    return this.#state.activations.slice(0, limit);
  }

  override async proposals(limit: number): Promise<readonly Proposal[]> {
    return this.#state.proposals.slice(0, limit);
  }

  override async filesOf(version: string): Promise<VersionFiles | undefined> {
    return this.#state.versions.get(version);
  }

  override async due(basedOn: number): Promise<Due | undefined> {
    return dueOf(this.#state, basedOn, this.clock.now());
  }

  override exclusively<T>(work: (history: OpenHistory) => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => {
      const open = new OpenMemoryHistory(this.#state, this.clock);
      const result = await work(open);
      this.#state = open.state;
      return result;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

class OpenMemoryHistory extends OpenHistory {
  constructor(
    public state: State,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async inForce(): Promise<Activation | undefined> {
    return this.state.activations[0];
  }

  override async proposals(): Promise<readonly Proposal[]> {
    return this.state.proposals;
  }

  override async due(basedOn: number): Promise<Due | undefined> {
    return dueOf(this.state, basedOn, this.clock.now());
  }

  override async keep(version: string, files: VersionFiles): Promise<void> {
    if (this.state.versions.has(version)) return;
    this.state = { ...this.state, versions: new Map([...this.state.versions, [version, files]]) };
  }

  override async propose(proposal: NewProposal): Promise<void> {
    if (this.state.proposals.some(({ id }) => id === proposal.id)) throw new Error('proposed twice');
    this.state = { ...this.state, proposals: [{ ...proposal, proposedAt: this.clock.now() }, ...this.state.proposals] };
  }

  override async decide(proposal: string, decision: NewDecision): Promise<void> {
    const made = this.state.proposals.find(({ id }) => id === proposal)?.decision;
    if (made !== undefined && (!made.approved || decision.approved)) throw new Error('decided twice');
    const decided = { ...decision, decidedAt: this.clock.now() };
    const proposals = this.state.proposals.map((it) => (it.id === proposal ? { ...it, decision: decided } : it));
    this.state = { ...this.state, proposals };
  }

  override async activate(version: string, proposal?: string): Promise<Activation> {
    const number = (this.state.activations[0]?.number ?? 0) + 1;
    const activation = {
      ...{ number, version, activatedAt: this.clock.now() },
      ...(proposal === undefined ? {} : { proposal }),
    };
    this.state = { ...this.state, activations: [activation, ...this.state.activations] };
    return activation;
  }
}

function dueOf({ proposals }: State, basedOn: number, nowMs: number): Due | undefined {
  const [first] = proposals
    .filter((it) => it.basedOn === basedOn && it.decision?.approved && (it.activateAt ?? 0) <= nowMs)
    .toReversed()
    .toSorted((a, b) => (a.decision?.decidedAt ?? 0) - (b.decision?.decidedAt ?? 0));
  return first && { proposal: first.id, version: first.version };
}
