import type { VersionFiles } from '../catalogue/load-catalogue.js';

/** `number` counts what came into force; `proposal` is absent for the first, which was read from files. Times: milliseconds. */
export type Activation = Readonly<{ number: number; version: string; proposal?: string; activatedAt: number }>;

export type NewProposal = Readonly<{
  /** UUID that the proposer chose. */
  id: string;
  version: string;
  /** Number of the activation in force. */
  basedOn: number;
  /** Absent: as soon as it is approved. */
  activateAt?: number;
  /** Names of the files that it changes; none where it goes back to a version that was kept. */
  changed: readonly string[];
  /** Administrator. */
  proposedBy: string;
  /** Pseudonym under which they are signed in. */
  actor: string;
  /** Of what was proposed: the same id again means the same, or is refused. */
  fingerprint: string;
}>;

export type NewDecision = Readonly<{ approved: boolean; decidedBy: string; reason: string }>;
/** `decision`: the last one. */
export type Proposal = NewProposal & Readonly<{ proposedAt: number; decision?: NewDecision & { decidedAt: number } }>;

export type Due = Readonly<{ proposal: string; version: string }>;

/** The history for as long as nobody else may change it. What is added is kept if the work succeeds, all of it or nothing. */
export abstract class OpenHistory {
  abstract inForce(): Promise<Activation | undefined>;
  abstract proposals(): Promise<readonly Proposal[]>;
  /** The first proposal approved, and not rejected since, that counts under this activation and whose moment has come. */
  abstract due(basedOn: number): Promise<Due | undefined>;
  /** Keeps the files of a version, if they are not kept yet. */
  abstract keep(version: string, files: VersionFiles): Promise<void>;
  abstract propose(proposal: NewProposal): Promise<void>;
  /** Once approved a proposal can still be rejected; what is rejected stays so, and the same is not decided twice. */
  abstract decide(proposal: string, decision: NewDecision): Promise<void>;
  /** The next number. `proposal` is absent for the first. */
  abstract activate(version: string, proposal?: string): Promise<Activation>;
}

/** Every catalogue that was in force or proposed, for all nodes of one database. Nothing of it is ever changed or removed. */
export abstract class CatalogueHistory {
  /** The last activation; undefined before the first. */
  abstract inForce(): Promise<Activation | undefined>;
  abstract filesOf(version: string): Promise<VersionFiles | undefined>;
  /** Newest first. */
  abstract activations(limit: number): Promise<readonly Activation[]>;
  abstract proposals(limit: number): Promise<readonly Proposal[]>;
  /** As that of `OpenHistory`: says that it pays to open the history. */
  abstract due(basedOn: number): Promise<Due | undefined>;
  /** One at a time over all nodes. Work that fails changes nothing. */
  abstract exclusively<T>(work: (history: OpenHistory) => Promise<T>): Promise<T>;
}

export type ProposalState = 'proposed' | 'approved' | 'rejected' | 'activated' | 'lapsed';

/** @param inForce number of the activation in force */
export function stateOf(
  { id, basedOn, decision }: Proposal,
  inForce: number,
  activated: ReadonlySet<string>,
): ProposalState {
  if (activated.has(id)) return 'activated';
  if (decision?.approved === false) return 'rejected';
  // Something else came into force meanwhile: what was proposed was another change.
  if (basedOn !== inForce) return 'lapsed';
  return decision === undefined ? 'proposed' : 'approved';
}
