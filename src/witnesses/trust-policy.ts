import { formatPolicy, type Quorum } from '#libs/tlog/policy.js';
import type { NamedWitness } from '../catalogue/verifier-keys.js';

/** Of so many witnesses so many must have cosigned: two majorities share one witness, which would have to lie. */
export function majorityOf(witnesses: number): number {
  return witnesses === 0 ? 0 : Math.floor(witnesses / 2) + 1;
}

/**
 * The trust policy that the catalogue amounts to (C2SP tlog-policy): this log, and a majority of its witnesses. Who
 * verifies takes it from elsewhere than from the node.
 */
export function trustPolicy(logKey: string, witnesses: readonly Pick<NamedWitness, 'participant' | 'vkeys'>[]): string {
  const members = witnesses.map(({ participant, vkeys }) => {
    // While one key of a witness replaces another, either counts, and once.
    const names = vkeys.length === 1 ? [participant] : vkeys.map((_, i) => `${participant}.${i + 1}`);
    const keys = vkeys.map((vkey, i) => ({ name: names[i] ?? participant, vkey }));
    const each = keys.map(({ name }): Quorum => ({ kind: 'witness', name }));
    const quorum: Quorum = { kind: 'group', name: participant, threshold: 1, members: each };
    return { keys, quorum: vkeys.length === 1 ? (each[0] ?? quorum) : quorum };
  });
  return formatPolicy({
    logs: [{ name: '', vkey: logKey }],
    witnesses: members.flatMap(({ keys }) => keys),
    // Participants have no capitals.
    quorum:
      members.length === 0
        ? { kind: 'none' }
        : {
            kind: 'group',
            name: 'Majority',
            threshold: majorityOf(members.length),
            members: members.map(({ quorum }) => quorum),
          },
  });
}
