import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import type { LogStore } from '../audit/log-store.js';
import { RollbackDetected } from '../audit/rollback.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { type Dispute, disputeOver } from './dispute.js';
import { type Witness, WitnessUnreachable } from './witness.js';

const SENTENCES: Readonly<Record<Dispute['kind'], (dispute: Dispute) => string>> = {
  BEHIND: ({ witness, size }) => `${witness} cosigned ${size} entries, which the database does not have`,
  FORKED: ({ witness, size }) => `the first ${size} entries of the database are not those that ${witness} cosigned`,
  CONTRADICTED: ({ witness }) => `${witness} contradicts the log`,
};

/**
 * What the witnesses saw of this log and the database does not have; due before the node serves. A restored backup
 * brings an old checkpoint file along, but not the memory of others. Who does not answer is a warning.
 */
export async function disputesAtStart(
  witnesses: readonly Witness[],
  own: Readonly<{ store: LogStore; key: NoteVerifier }>,
  log: OperationalLog,
): Promise<readonly Dispute[]> {
  const found = await Promise.all(
    witnesses.map(async (witness) => {
      const { participant } = witness;
      try {
        const note = await witness.latest(own.key.name);
        return note === undefined ? undefined : await disputeOver(note, participant, own);
      } catch (error) {
        if (!(error instanceof WitnessUnreachable)) throw error;
        log.warn({ witness: participant }, 'a witness does not answer: this start is not checked against it');
        return undefined;
      }
    }),
  );
  return found.filter((it) => it !== undefined);
}

/** Such a database is no more to be served than one that is behind the checkpoint file. @throws RollbackDetected */
export function refuseDisputed(disputes: readonly Dispute[]): void {
  const [first] = disputes;
  if (first === undefined) return;
  throw new RollbackDetected(first.kind === 'BEHIND' ? 'BEHIND' : 'FORKED', SENTENCES[first.kind](first));
}
