import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { cosignatureTime, cosignatureVerifier } from './cosignature.js';
import { NoteFault } from './note-fault.js';
import { PolicyFault } from './policy-fault.js';
import { ed25519Verifier, type NoteVerifier, openNote } from './signed-note.js';
import { COSIGNATURE_V1, ED25519, parseVerifierKey, type VerifierKey } from './verifier-key.js';

const ML_DSA_44 = 0x06;

/** A rule that witnesses fulfil: none is needed, one must have cosigned, or so many of several (C2SP tlog-policy, Defining the quorum). */
export type Quorum =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'witness'; name: string }>
  | Readonly<{ kind: 'group'; name: string; threshold: number; members: readonly Quorum[] }>;

/** A key with what the policy calls it. A key of a type that is not implemented can stand here but never counts. */
export type PolicyKey = Readonly<{ name: string; vkey: string; url?: string }>;

/** Whom to believe about which log (C2SP tlog-policy, What is a policy). Names of witnesses mean nothing outside of it. */
export type TlogPolicy = Readonly<{ logs: readonly PolicyKey[]; witnesses: readonly PolicyKey[]; quorum: Quorum }>;

/** Who vouches for a checkpoint; times in seconds since the epoch (C2SP tlog-policy; tlog-cosignature, Format). */
export type PolicyVerdict = Readonly<{
  checkpoint: Checkpoint;
  /** Verifier key of the log that signed it. */
  log: string;
  cosigned: readonly Readonly<{ witness: string; time: number }>[];
}>;

/** Reads a policy (C2SP tlog-policy, Policy file syntax and structure). Throws {@link PolicyFault} naming the line. */
export function parsePolicy(file: string | Uint8Array): TlogPolicy {
  // Octets above 0x7F are opaque: as single characters they stay what they are, whatever the encoding.
  const text = Buffer.from(file).toString('latin1');
  const reader = new PolicyReader();
  if (text.length > 1_000_000) throw new PolicyFault('MALFORMED_POLICY', 'the policy is too large', 1);
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new PolicyFault('MALFORMED_POLICY', 'the last line has no end', lines.length + 1);
  lines.forEach((line, i) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the format forbids
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line))
      throw new PolicyFault('MALFORMED_POLICY', 'a control character', i + 1);
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length > 0 && !items[0]?.startsWith('#')) reader.read(items, i + 1);
  });
  return reader.policy(lines.length);
}

/**
 * Writes a policy (C2SP tlog-policy, Policy file syntax and structure). Throws {@link PolicyFault} for what would not
 * be read back.
 */
export function formatPolicy({ logs, witnesses, quorum }: TlogPolicy): string {
  const text = [
    ...logs.map(({ vkey, url }) => line('log', vkey, url)),
    ...witnesses.map(({ name, vkey, url }) => line('witness', name, vkey, url)),
    ...groupLines(quorum),
    line('quorum', quorum.kind === 'none' ? 'none' : quorum.name),
  ].join('');
  parsePolicy(text);
  return text;
}

/** A group after its members: a line refers to earlier ones only. */
function groupLines(quorum: Quorum): string[] {
  if (quorum.kind !== 'group') return [];
  const names = quorum.members.map((member) => (member.kind === 'none' ? 'none' : member.name));
  return [...quorum.members.flatMap(groupLines), line('group', quorum.name, String(quorum.threshold), ...names)];
}

function line(...items: readonly (string | undefined)[]): string {
  return `${items.filter((item) => item !== undefined).join(' ')}\n`;
}

/**
 * Accepts a checkpoint that one of the policy's logs signed and that its quorum cosigned (C2SP tlog-policy, What is a
 * policy). The log with the verifier key `log`, where one is given, must have signed it whatever logs the policy names.
 * Throws {@link NoteFault} for what is signed wrongly or by nobody known, {@link PolicyFault} for a quorum that is not
 * reached.
 */
export function openByPolicy(note: string, policy: TlogPolicy, log?: string): PolicyVerdict {
  const keys = policy.logs.length > 0 ? policy.logs.map(({ vkey }) => vkey) : log === undefined ? [] : [log];
  const logs = keys
    .filter((vkey) => parseVerifierKey(vkey).type === ED25519)
    .map((vkey) => ({ vkey, key: ed25519Verifier(vkey) }));
  const required = log === undefined ? undefined : ed25519Verifier(log);
  const witnesses = policy.witnesses
    .filter(({ vkey }) => parseVerifierKey(vkey).type === COSIGNATURE_V1)
    .map(({ name, vkey }) => ({ witness: name, key: cosignatureVerifier(vkey) }));
  const { text, signatures } = openNote(note, [
    ...[...logs, ...witnesses].map(({ key }) => key),
    ...(required === undefined ? [] : [required]),
  ]);
  const checkpoint = parseCheckpoint(text);
  const signedBy = (key: NoteVerifier) => signatures.find((it) => it.name === key.name && it.keyId === key.keyId);
  const isSigner = (key: NoteVerifier) => key.name === checkpoint.origin && signedBy(key) !== undefined;
  const signer = logs.find(({ key }) => isSigner(key));
  if (signer === undefined || (required !== undefined && !isSigner(required)))
    throw new NoteFault('NO_KNOWN_SIGNATURE', 'no known key of this log signed the checkpoint');
  const cosigned = witnesses.flatMap(({ witness, key }) => {
    const signature = signedBy(key)?.signature;
    return signature === undefined ? [] : [{ witness, time: cosignatureTime(signature) }];
  });
  const names = new Set(cosigned.map(({ witness }) => witness));
  if (!isFulfilled(policy.quorum, names))
    throw new PolicyFault('QUORUM_NOT_REACHED', `${names.size} witnesses cosigned; the policy asks for others or more`);
  return { checkpoint, log: signer.vkey, cosigned };
}

/** Whether these witnesses are enough (C2SP tlog-policy, Defining a witness group). */
export function isFulfilled(quorum: Quorum, cosigned: ReadonlySet<string>): boolean {
  if (quorum.kind === 'none') return true;
  if (quorum.kind === 'witness') return cosigned.has(quorum.name);
  return quorum.members.filter((member) => isFulfilled(member, cosigned)).length >= quorum.threshold;
}

/** Reads line after line: a line may refer to earlier ones only (C2SP tlog-policy, Structure). */
class PolicyReader {
  private readonly logs: PolicyKey[] = [];
  private readonly witnesses: PolicyKey[] = [];
  private readonly defined = new Map<string, Quorum>();
  private readonly grouped = new Set<string>();
  private quorum: Quorum | undefined;

  read([keyword, ...rest]: readonly string[], line: number): void {
    const [name = '', second = '', ...more] = rest;
    if (keyword === 'log' && (rest.length === 1 || rest.length === 2)) {
      const key = policyKey(name, [ED25519, ML_DSA_44], line);
      this.addKey(this.logs, { name: key.name, vkey: key.vkey, ...(rest.length === 2 && { url: second }) }, line);
    } else if (keyword === 'witness' && (rest.length === 2 || rest.length === 3)) {
      const [url] = more;
      const { vkey } = policyKey(second, [COSIGNATURE_V1, ML_DSA_44], line);
      this.define(name, { kind: 'witness', name }, line);
      this.addKey(this.witnesses, { name, vkey, ...(url !== undefined && { url }) }, line);
    } else if (keyword === 'group' && rest.length >= 3) {
      this.define(name, this.group(name, second, more, line), line);
    } else if (keyword === 'quorum' && rest.length === 1) {
      if (this.quorum !== undefined) throw malformed('a second quorum', line);
      this.quorum = name === 'none' ? { kind: 'none' } : this.resolve(name, line);
    } else {
      throw malformed('not a line of a policy', line);
    }
  }

  policy(lines: number): TlogPolicy {
    if (this.quorum === undefined) throw malformed('no quorum', lines);
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum };
  }

  private group(name: string, rule: string, members: readonly string[], line: number): Quorum {
    const resolved = members.map((member) => {
      if (this.grouped.has(member)) throw malformed('a name is a member twice', line);
      this.grouped.add(member);
      return this.resolve(member, line);
    });
    const threshold = rule === 'any' ? 1 : rule === 'all' ? members.length : Number(rule);
    const isNumber = /^[1-9][0-9]*$/.test(rule) || rule === 'any' || rule === 'all';
    if (!isNumber || threshold > members.length) throw malformed('not a threshold for so many members', line);
    return { kind: 'group', name, threshold, members: resolved };
  }

  private define(name: string, quorum: Quorum, line: number): void {
    if (name === 'none' || this.defined.has(name)) throw malformed('the name is taken', line);
    this.defined.set(name, quorum);
  }

  private resolve(name: string, line: number): Quorum {
    const quorum = this.defined.get(name);
    if (quorum === undefined) throw malformed('a name that no earlier line defines', line);
    return quorum;
  }

  private addKey(keys: PolicyKey[], key: PolicyKey, line: number): void {
    const material = (vkey: string) => parseVerifierKey(vkey).publicKey;
    if (keys.some(({ vkey }) => material(vkey).equals(material(key.vkey))))
      throw malformed('the key stands twice', line);
    keys.push(key);
  }
}

function policyKey(item: string, types: readonly number[], line: number): { name: string; vkey: string } {
  const vkey = Buffer.from(item, 'latin1').toString('utf8');
  let key: VerifierKey;
  try {
    key = parseVerifierKey(vkey);
  } catch (error) {
    throw malformed(error instanceof NoteFault ? error.message : 'not a verifier key', line);
  }
  if (!types.includes(key.type)) throw malformed('not a type of key for this role', line);
  return { name: key.name, vkey };
}

function malformed(message: string, line: number): PolicyFault {
  return new PolicyFault('MALFORMED_POLICY', message, line);
}
