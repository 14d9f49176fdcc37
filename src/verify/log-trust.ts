import { type Checkpoint, openCheckpoint, parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault, type NoteFaultCode } from '#libs/tlog/note-fault.js';
import { openByPolicy, type TlogPolicy } from '#libs/tlog/policy.js';
import { PolicyFault } from '#libs/tlog/policy-fault.js';
import { ed25519Verifier, openNote } from '#libs/tlog/signed-note.js';
import { ED25519, parseVerifierKey } from '#libs/tlog/verifier-key.js';
import type { Check } from './report.js';

/** Whom to believe about the log: its verifier key, or a policy that names logs and witnesses (C2SP tlog-policy), or both. */
export type LogTrust = Readonly<{ vkey?: string; policy?: TlogPolicy }>;

/** With `ownKeys`, the keys that a document brings itself are believed, unless others are given. */
export type DocumentTrust = LogTrust & Readonly<{ ownKeys?: true }>;

/** The key that was given is none: that says nothing about the log. */
const KEY_FAULTS: readonly NoteFaultCode[] = ['MALFORMED_KEY', 'KEY_ID_MISMATCH', 'UNSUPPORTED_KEY'];

export type OpenedCheckpoint = Readonly<{
  checkpoint: Checkpoint;
  vkey: string;
  /** Whether any witness of the policy cosigned it. */
  isCosigned: boolean;
  checks: readonly Check[];
}>;

/** Opens a checkpoint that was kept earlier: any key of a log of that name will do, also one that is no longer in use. Throws NoteFault. */
export function openKept(note: string, origin: string, { vkey, policy }: LogTrust): Checkpoint {
  const keys = [...(vkey === undefined ? [] : [vkey]), ...(policy?.logs.map((log) => log.vkey) ?? [])];
  const own = keys.map(parseVerifierKey).flatMap(({ name, type }, i) => {
    const key = keys[i];
    return name === origin && type === ED25519 && key !== undefined ? [ed25519Verifier(key)] : [];
  });
  const { text } = openNote(note, own);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) throw new NoteFault('WRONG_ORIGIN', 'the checkpoint is that of another log');
  return checkpoint;
}

/** Opens a checkpoint as the trust asks for, or says why not. */
export function openTrusted(
  note: string,
  { vkey, policy }: LogTrust,
): OpenedCheckpoint | Readonly<{ checks: readonly Check[] }> {
  const what = 'the log signed the checkpoint';
  if (vkey === undefined && (policy === undefined || policy.logs.length === 0))
    return {
      checks: [
        { what, state: 'unknown', detail: 'neither a verifier key of the log nor a policy that names it is given' },
      ],
    };
  try {
    if (policy === undefined) {
      const key = vkey ?? '';
      const checkpoint = openCheckpoint(note, ed25519Verifier(key));
      return {
        checkpoint,
        vkey: key,
        isCosigned: false,
        checks: [{ what, state: 'holds', detail: checkpoint.origin }],
      };
    }
    const { checkpoint, log, cosigned } = openByPolicy(note, policy, vkey);
    // Names are octets that are most often UTF-8 (C2SP tlog-policy, Character set).
    const readable = (name: string) => Buffer.from(name, 'latin1').toString('utf8');
    const names = cosigned.map(({ witness, time }) => `${readable(witness)} at ${new Date(time * 1000).toISOString()}`);
    return {
      checkpoint,
      vkey: log,
      isCosigned: cosigned.length > 0,
      checks: [
        { what, state: 'holds', detail: checkpoint.origin },
        { what: 'the witnesses that the policy asks for cosigned it', state: 'holds', detail: names.join(', ') },
      ],
    };
  } catch (error) {
    if (error instanceof PolicyFault)
      return {
        checks: [{ what: 'the witnesses that the policy asks for cosigned it', state: 'fails', detail: error.message }],
      };
    if (error instanceof NoteFault) {
      const state = KEY_FAULTS.includes(error.code) ? 'unknown' : 'fails';
      return { checks: [{ what, state, detail: error.message }] };
    }
    throw error;
  }
}
