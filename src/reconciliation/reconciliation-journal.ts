import { EffectRefused } from '../audit/effect.js';
import { type CallerFacts, LogStore, type NewEntry } from '../audit/log-store.js';
import type { RunStatement } from '../audit/record.js';
import { canonicalDigest } from '../tokens/digest.js';
import type { Difference } from './compare.js';
import type { LoggedRetrieval } from './our-retrieval.js';
import type { RegisterLine } from './register-line.js';

/** One difference between our log and that of a register, about a retrieval of ours where it is one. */
export type Finding = Difference & Readonly<{ register: string; retrieval?: LoggedRetrieval }>;

type Clear = Partial<Omit<CallerFacts, 'event' | 'consumer'>>;

/** Why a comparison came to no end. */
export type RunFailure = Readonly<{ from: string; to: string; why: string }>;

/**
 * Puts comparisons on record. The entries are the node's own: an entry that a consumer could see about a person without
 * record would say that there is something to see (IDNrG § 6 Abs. 5).
 */
export class ReconciliationJournal {
  constructor(
    private readonly log: LogStore,
    /** Participant that runs the log. */
    private readonly node: string,
  ) {}

  /** A difference becomes one entry, however often and by however many nodes it is found. */
  async found(finding: Finding): Promise<'new' | 'known'> {
    const { register, kind, line, members, retrieval } = finding;
    try {
      await this.log.append([
        {
          caller: { event: 'reconciliation.finding', consumer: this.node, register, ...visibleOf(retrieval) },
          protected: {
            cause: kind,
            ...(retrieval && { register_refs: { [register]: retrieval.ref } }),
            ...(retrieval?.subjects && { subjects: retrieval.subjects }),
            finding: {
              ...(retrieval && { ours: retrieval.ours }),
              ...(line && { line: wordsOf(line) }),
              ...(members && { members }),
            },
          },
          persons: (retrieval?.subjects ?? []).map(({ person }) => ({ person, as: 'subject' })),
          effects: [{ kind: 'once', name: `finding ${keyOf(finding)}` }],
        },
      ]);
      return 'new';
    } catch (error) {
      if (error instanceof EffectRefused && error.reason === 'ALREADY_LOGGED') return 'known';
      throw error;
    }
  }

  /** Each comparison, so that one that was left out is seen. */
  async ended(register: string, reconciliation: RunStatement): Promise<void> {
    await this.run(register, {}, { reconciliation });
  }

  async failed(register: string, { from, to, why }: RunFailure): Promise<void> {
    await this.run(register, { outcome: 'failed' }, { cause: why, filter: { from, to } });
  }

  private async run(register: string, clear: Clear, hidden: NewEntry['protected']): Promise<void> {
    await this.log.append([
      {
        caller: { event: 'reconciliation.run', consumer: this.node, register, ...clear },
        protected: hidden,
        persons: [],
        effects: [],
      },
    ]);
  }
}

function visibleOf(retrieval: LoggedRetrieval | undefined): Clear {
  if (retrieval === undefined) return {};
  const { exchange_ref, retrieval_ref, evidence_type, purpose, legal_basis, subject_role } = retrieval.opened.caller;
  return { exchange_ref, retrieval_ref, evidence_type, purpose, legal_basis, subject_role };
}

/** What a line is about is said by its register, so it is in the protected half. */
function wordsOf(line: RegisterLine): Readonly<Record<string, string | number>> {
  const { sequence, atMs, ref, consumer, evidenceType, purpose, outcome, reason } = line;
  return {
    sequence,
    log_time: new Date(atMs).toISOString(),
    outcome,
    ...(ref !== undefined && { retrieval_id: ref }),
    ...(consumer !== undefined && { consumer }),
    ...(evidenceType !== undefined && { evidence_type: evidenceType }),
    ...(purpose !== undefined && { purpose }),
    ...(reason !== undefined && { reason }),
  };
}

/** What makes two findings one: the line where the difference is a line, else the retrieval. */
function keyOf({ register, kind, line, retrieval }: Finding): string {
  const isLine = kind === 'NOT_OURS' || kind === 'ASKED_AGAIN';
  const what = isLine && line ? [line.sequence, line.atMs, line.ref ?? ''] : [retrieval?.opened.caller.retrieval_ref];
  return canonicalDigest([register, kind, ...what.map((it) => it ?? '')]);
}
