/**
 * A second verifier of log, receipt and evidence. It imports nothing but node:crypto, and follows the definitions where
 * the first one follows algorithms: it keeps all leaves in memory and hashes trees by recursion. What both say must agree.
 * Every function gives what is wrong; an empty list means that it holds.
 *
 * By itself: `node test/verifier/second-verifier.ts log <directory> <vkey> [old checkpoint]`, `… receipt <file> <vkey> [jwks]`,
 * `… evidence <file> <jwks>`, `… receipt-token <file> <jwks>`, `… archive <file> <vkey>`. With `--own-keys` in the place of vkey
 * or jwks the keys that a document brings itself are believed. Exit code 0: it holds, 1: it does not, 2: no key is given.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

/** Bytes of a resource of the log, or nothing. */
export type Read = (path: string) => Promise<Uint8Array | undefined> | Uint8Array | undefined;
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Head = { origin: string; size: number; root: Buffer };

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.of(0), entry);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);
/** The largest power of two smaller than n (RFC 6962 § 2.1). */
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** MTH(D[from:to]) (RFC 6962 § 2.1). */
function treeHash(leaves: readonly Buffer[], from = 0, to = leaves.length): Buffer {
  if (to === from) return sha256();
  if (to - from === 1) return leaves[from]!;
  const middle = from + split(to - from);
  return nodeHash(treeHash(leaves, from, middle), treeHash(leaves, middle, to));
}

/** The root that PATH(m, D[n]) leads to (RFC 6962 § 2.1.1), read from the root downwards. */
function rootOfPath(m: number, n: number, leaf: Buffer, path: Buffer[]): Buffer {
  if (n === 1) {
    if (path.length > 0) throw new Error('the inclusion proof is too long');
    return leaf;
  }
  const sibling = path.at(-1);
  if (sibling === undefined) throw new Error('the inclusion proof is too short');
  const [k, rest] = [split(n), path.slice(0, -1)];
  return m < k
    ? nodeHash(rootOfPath(m, k, leaf, rest), sibling)
    : nodeHash(sibling, rootOfPath(m - k, n - k, leaf, rest));
}

/** Opens a checkpoint that this key signed (C2SP signed-note, tlog-checkpoint). */
export function openCheckpoint(note: string, vkey: string): Head {
  const [name = '', id = '', material = ''] = vkey
    .trim()
    .split('+', 2)
    .concat(vkey.trim().split('+').slice(2).join('+'));
  const key = Buffer.from(material, 'base64');
  if (key[0] !== 1 || key.length !== 33) throw new Error('not an Ed25519 verifier key');
  if (sha256(Buffer.from(`${name}\n`), key).toString('hex', 0, 4) !== id) throw new Error('the key id is wrong');
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  const isLine = (line: string) =>
    /^\u2014 \S+ [A-Za-z0-9+/]{6,}=*$/.test(line) && base64(line.split(' ')[2]).length > 4;
  const isNote = lines.pop() === '' && lines.every(isLine);
  if (!isNote || /[^\n\P{Cc}]/u.test(note)) throw new Error('not a signed note');
  const own = lines
    .filter((line) => line.startsWith(`\u2014 ${name} `))
    .map((line) => Buffer.from(line.split(' ')[2]!, 'base64'));
  const signature = own.find((bytes) => bytes.toString('hex', 0, 4) === id)?.subarray(4);
  if (end < 0 || signature === undefined) throw new Error('the log did not sign the checkpoint');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.subarray(1).toString('base64url') };
  if (!verify(null, Buffer.from(text), createPublicKey({ key: jwk, format: 'jwk' }), signature))
    throw new Error('the signature of the checkpoint does not hold');
  const [origin = '', size = '', root = '', ...more] = text.split('\n');
  if (origin !== name || !/^(0|[1-9]\d*)$/.test(size) || more.at(-1) !== '')
    throw new Error('not a checkpoint of this log');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/** `x001/x234/067[.p/W]` (C2SP tlog-tiles). */
function pathOf(level: number | 'entries', index: number, width: number): string {
  const number = String(index);
  const digits = number.padStart(3 * Math.ceil(number.length / 3), '0');
  const groups = digits.match(/\d{3}/g)!;
  return `tile/${level}/${groups.map((it, i) => (i === groups.length - 1 ? it : `x${it}`)).join('/')}${width === 256 ? '' : `.p/${width}`}`;
}

function* cut<T>(row: readonly T[]): Generator<{ index: number; part: T[] }> {
  for (let index = 0; index * 256 < row.length; index++)
    yield { index, part: row.slice(index * 256, index * 256 + 256) };
}

/** Reads all entries of a tree (C2SP tlog-tiles, Log entries). */
async function readEntries(read: Read, size: number): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  while (entries.length < size) {
    const [index, width] = [entries.length / 256, Math.min(256, size - entries.length)];
    const path = pathOf('entries', index, width);
    const served = (await read(path)) ?? (width < 256 ? await read(pathOf('entries', index, 256)) : undefined);
    if (served === undefined) throw new Error(`${path} is not served`);
    const bytes = Buffer.from(served);
    let at = 0;
    for (let i = 0; i < width; i++) {
      const length = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : Number.POSITIVE_INFINITY;
      if (at + 2 + length > bytes.length) throw new Error(`${path} ends within entry ${i}`);
      entries.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    if (at !== bytes.length && bytes.length > 0 && width === 256) throw new Error(`${path} has more than 256 entries`);
    if (at !== bytes.length && (await read(path)) !== undefined)
      throw new Error(`${path} has more than ${width} entries`);
  }
  return entries;
}

export type VerifiedLog = { faults: string[]; size: number; leaves: Buffer[] };

/** Verifies a whole log: entries against the signed root, every tile against the entries, and an older checkpoint against their beginning. */
export async function verifyLog(read: Read, vkey: string, oldCheckpoint?: string): Promise<VerifiedLog> {
  const faults: string[] = [];
  let leaves: Buffer[] = [];
  let size = 0;
  try {
    const note = await read('checkpoint');
    if (note === undefined) throw new Error('no checkpoint is served');
    const head = openCheckpoint(Buffer.from(note).toString('utf8'), vkey);
    size = head.size;
    const entries = await readEntries(read, size);
    leaves = entries;
    entries.forEach((entry, i) => {
      if (entry.length !== 33 || entry[0] !== 1) faults.push(`leaf ${i} is not a commitment`);
    });
    const hashes = entries.map(leafHash);
    if (!treeHash(hashes).equals(head.root)) faults.push('the entries do not make the signed root');
    for (let level = 0, row = hashes; row.length > 0; level++) {
      const above: Buffer[] = [];
      for (const { index, part } of cut(row)) {
        const path = pathOf(level, index, part.length);
        let served = await read(path);
        if (served === undefined && part.length < 256)
          served = (await read(pathOf(level, index, 256)))?.subarray(0, 32 * part.length);
        if (served === undefined) faults.push(`${path} is not served`);
        else if (!Buffer.concat(part).equals(served)) faults.push(`${path} does not fit the entries`);
        if (part.length === 256) above.push(treeHash(part));
      }
      row = above;
    }
    if (oldCheckpoint !== undefined) {
      const old = openCheckpoint(oldCheckpoint, vkey);
      if (old.size > size) faults.push('the log went back');
      else if (!treeHash(hashes, 0, old.size).equals(old.root)) faults.push('the older checkpoint is not of this log');
    }
  } catch (error) {
    faults.push((error as Error).message);
  }
  return { faults, size, leaves };
}

/** RFC 8785 for what our documents hold: objects, lists, texts, booleans, whole numbers. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`).join(',')}}`;
}

/** The bytes of the one text that RFC 4648 § 4 has for them. */
const base64 = (text: Json | undefined): Buffer => {
  const bytes = Buffer.from(String(text), 'base64');
  if (bytes.toString('base64') !== text) throw new Error('bytes are not base64');
  return bytes;
};
const object = (value: Json | undefined): { [name: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};

/** Verifies one receipt: checkpoint, inclusion, and that the leaf commits to the opening. */
export function verifyReceipt(receipt: unknown, vkey: string): string[] {
  const { checkpoint, entry, inclusion_proof, log_index, tree_size, root_hash, opening } = object(receipt as Json);
  const { salt, caller, protected_hash } = object(opening);
  const faults: string[] = [];
  try {
    const leaf = base64(entry);
    const parts = [base64(salt), base64(protected_hash)];
    const callerHash = sha256(base64(salt), Buffer.from(canonical(object(caller))));
    const commitment = sha256(Buffer.from('einmal/leaf/v1\n'), callerHash, base64(protected_hash));
    if (parts.some(({ length }) => length !== 32) || !Buffer.concat([Buffer.of(1), commitment]).equals(leaf))
      faults.push('the leaf is not the commitment to the opening');
    if (typeof checkpoint !== 'string') throw new Error('no checkpoint');
    const head = openCheckpoint(checkpoint, vkey);
    if (head.size !== tree_size || !head.root.equals(base64(root_hash))) faults.push('size or root are others');
    if (typeof log_index !== 'number' || !Number.isSafeInteger(log_index) || log_index < 0 || log_index >= head.size)
      throw new Error('no such leaf');
    if (!Array.isArray(inclusion_proof)) throw new Error('no inclusion proof');
    if (!rootOfPath(log_index, head.size, leafHash(leaf), inclusion_proof.map(base64)).equals(head.root))
      faults.push('the leaf is not in the tree');
  } catch (error) {
    faults.push((error as Error).message);
  }
  return faults;
}

/** Ciphertext that the node could not read: five parts, the second empty (RFC 7516 § 7.1, RFC 7518 § 4.6). */
function passedOn(piece: Json): string | undefined {
  const { evidence_jwe: text } = object(piece);
  const isJwe = typeof text === 'string' && /^[A-Za-z0-9_-]+[.][.]([A-Za-z0-9_-]+[.]){2}[A-Za-z0-9_-]+$/.test(text);
  return isJwe ? text : undefined;
}

/** Verifies the receipt of an answer together with what was released (`fields`, `not_delivered`, `evidence`). */
export function verifyRelease(document: unknown, vkey: string): string[] {
  const whole = object(document as Json);
  const { receipt, fields, not_delivered, evidence, exchange_id, own_statements } = whole;
  const { opening } = object(receipt);
  const { release_salt } = 'release_salt' in whole ? whole : object(opening);
  const { event, exchange_ref, release_digest } = object(object(opening).caller);
  if (![fields, not_delivered, evidence].every(Array.isArray)) return ['a part of what was released is missing'];
  const list = (value: Json | undefined) => (Array.isArray(value) ? value : [undefined]).map(object);
  const pick = (from: { [name: string]: Json }, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  const source = (from: Json | undefined) =>
    pick(object(from), ['register', 'evidence_id', 'attribute', 'as_of', 'assurance']);
  const stated = (own: Json) => ({
    ...pick(object(own), ['attestation']),
    statements: list(object(own).statements).map((it) =>
      pick(it, ['held_id', 'evidence_id', 'attribute', 'value', 'salt']),
    ),
  });
  const tokens = (evidence as Json[]).map((it) =>
    typeof it === 'string' ? it : (passedOn(it) ?? object(it).sd_jwt ?? null),
  );
  // What a consumer with a key of its own fills its form with, nobody else has seen.
  const logged = (evidence as Json[]).some((it) => passedOn(it) !== undefined) ? [] : list(fields);
  const faults = verifyReceipt(receipt, vkey);
  if (event !== 'exchange.closed') faults.push('the receipt is not that of a release');
  if (exchange_id !== undefined && exchange_id !== exchange_ref) faults.push('the receipt is that of another exchange');
  try {
    const release = {
      salt: base64(release_salt).toString('base64url'),
      fields: logged.map((field) => ({
        ...pick(field, ['fim_id', 'label', 'subject_role', 'value']),
        source: source(field.source),
        alternatives: list(field.alternatives).map((it) => ({ ...pick(it, ['value']), source: source(it.source) })),
      })),
      not_delivered: list(not_delivered).map((it) => pick(it, ['evidence_type', 'subject_role', 'reason', 'detail'])),
      evidence: tokens,
      ...(own_statements === undefined ? {} : { own_statements: stated(own_statements) }),
    };
    const digest = sha256(Buffer.from(canonical(release as Json))).toString('base64url');
    const expected = release.fields.length + tokens.length === 0 ? undefined : digest;
    if (release_digest !== expected) faults.push('the log recorded another release');
  } catch (error) {
    faults.push((error as Error).message);
  }
  return faults;
}

/** Verifies all that a document has: a receipt, or an answer with the receipts of its evidence and what stands beside it. */
export function verifyDocument(document: unknown, vkey: string): string[] {
  const whole = object(document as Json);
  const parts = ['fields', 'not_delivered', 'evidence', 'release_salt'];
  const { receipt, evidence, exchange_id, receipt_token } = whole;
  const isAnswer = parts.some((name) => name in whole);
  if (!isAnswer && exchange_id === undefined && receipt_token === undefined && receipt === undefined)
    return verifyReceipt(document, vkey);
  const own = object(object(object(receipt).opening).caller);
  const faults = isAnswer ? verifyRelease(document, vkey) : verifyReceipt(receipt, vkey);
  if (exchange_id !== undefined && exchange_id !== own.exchange_ref) faults.push('exchange_id is another');
  for (const piece of Array.isArray(evidence) ? evidence : []) {
    if (typeof piece !== 'string') faults.push(...verifyPiece(object(piece), own, vkey));
  }
  if (isAnswer && own.release_digest === undefined && Array.isArray(whole.not_delivered) && whole.not_delivered[0])
    faults.push('why nothing was released the log did not record');
  return faults;
}

/** Verifies a piece of evidence with its own receipt, in the exchange that this entry closed. */
function verifyPiece(piece: { [name: string]: Json }, exchange: { [name: string]: Json }, vkey: string): string[] {
  const faults = verifyReceipt(piece.receipt, vkey);
  const caller = object(object(object(piece.receipt).opening).caller);
  const compact = piece.sd_jwt;
  if (typeof compact !== 'string') return ['no evidence'];
  const { consumer, exchange_ref } = exchange;
  const sealed = passedOn(piece);
  const release_digest = sha256(Buffer.from(canonical(sealed ?? compact))).toString('base64url');
  const recorded = { event: 'retrieval.closed', consumer, exchange_ref, release_digest };
  for (const [name, value] of Object.entries(recorded))
    if (caller[name] !== value) faults.push(`the log recorded another ${name}`);
  if (sealed !== undefined && compact === '') return faults;
  try {
    const claims = object(JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString('utf8')));
    const { register, evidence_type, subject_role } = caller;
    const as_of = new Date(String(claims.as_of)).toISOString();
    const { jti: evidence_id, assurance, withheld } = claims;
    const said = { register, evidence_type, subject_role, as_of, evidence_id, assurance, withheld };
    for (const [name, value] of Object.entries(said))
      if (piece[name] === undefined || canonical(piece[name]) !== canonical(value ?? null))
        faults.push(`beside the evidence stands another ${name}`);
  } catch {
    faults.push('not evidence');
  }
  return faults;
}

const VERIFY: Record<string, (key: ReturnType<typeof createPublicKey>, data: Buffer, signature: Buffer) => boolean> = {
  ES256: (key, data, signature) => verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  Ed25519: (key, data, signature) => verify(null, data, key, signature),
  // 6 is RSA_PKCS1_PSS_PADDING (node:crypto constants).
  PS256: (key, data, signature) => verify('sha256', data, { key, padding: 6, saltLength: 32 }, signature),
};

/** Claims of a compact JWS of this type that one of these keys signed, with the algorithm that the key is bound to (RFC 8725). */
function openJws(jws: string, typ: string, keys: unknown): { [name: string]: Json } {
  const [head = '', body = '', signature = '', ...more] = jws.split('.');
  const decode = (part: string) => object(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  const [header, payload] = [decode(head), decode(body)];
  const all = object(keys as Json).keys;
  const jwk = (Array.isArray(all) ? all : []).map(object).find(({ kid }) => kid === header.kid);
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw new Error('not a token');
  if (more.length > 0 || header.typ !== typ || 'crit' in header) throw new Error(`not a ${typ}`);
  if (jwk === undefined || jwk.alg !== header.alg) throw new Error('not a key of the signer');
  const check = VERIFY[String(jwk.alg)];
  const { kty, crv, x, y, n, e } = jwk as Record<string, string>;
  const parts = Object.fromEntries(Object.entries({ kty, crv, x, y, n, e }).filter(([, it]) => it !== undefined));
  const key = createPublicKey({ key: parts, format: 'jwk' });
  if (check?.(key, Buffer.from(`${head}.${body}`), Buffer.from(signature, 'base64url')) !== true)
    throw new Error('the signature does not hold');
  return payload;
}

/** Verifies a receipt token with the keys of the node, and that it is about the same entry and tree as the receipt beside it. */
export function verifyReceiptToken(compact: unknown, keys: unknown, receipt?: unknown): string[] {
  try {
    if (typeof compact !== 'string') throw new Error('not a token');
    const claims = openJws(compact, 'einmal-receipt+jwt', keys);
    const texts = ['iss', 'aud', 'log_origin', 'leaf_hash', 'root_hash', 'checkpoint_hash'];
    const numbers = ['log_index', 'tree_size'];
    if (
      ![
        ...texts.map((it) => typeof claims[it] === 'string'),
        ...numbers.map((it) => Number.isSafeInteger(claims[it])),
      ].every(Boolean)
    )
      throw new Error('a claim is missing');
    if (receipt === undefined) return [];
    const { checkpoint, entry, log_index, opening } = object(receipt as Json);
    const { consumer, release_digest } = object(object(opening).caller);
    const note = String(checkpoint);
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
    const [origin, size, root] = text.split('\n');
    const expected = {
      ...{ aud: consumer, log_index, release_digest, log_origin: origin, tree_size: Number(size) },
      root_hash: base64(root).toString('base64url'),
      leaf_hash: leafHash(base64(entry)).toString('base64url'),
      checkpoint_hash: sha256(Buffer.from(text)).toString('base64url'),
    };
    return Object.entries(expected).flatMap(([name, value]) => (claims[name] === value ? [] : [`${name} is another`]));
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Opens a C2SP tlog-proof of the entry that an opening describes: the receipt that it amounts to. */
function receiptOf(entry: Json | undefined, vkey: string): { [name: string]: Json } {
  const { opening, tlog_proof } = object(entry);
  const { salt, caller, protected_hash } = object(opening);
  const text = String(tlog_proof);
  const end = text.indexOf('\n\n');
  const [header, index = '', ...proof] = text.slice(0, end).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1' || !/^index (0|[1-9]\d*)$/.test(index)) throw new Error('not a proof file');
  const checkpoint = text.slice(end + 2);
  const head = openCheckpoint(checkpoint, vkey);
  const callerHash = sha256(base64(salt), Buffer.from(canonical(caller ?? null)));
  const commitment = sha256(Buffer.from('einmal/leaf/v1\n'), callerHash, base64(protected_hash));
  return {
    ...{ log_index: Number(index.slice(6)), tree_size: head.size, root_hash: head.root.toString('base64'), checkpoint },
    ...{ inclusion_proof: proof, entry: Buffer.concat([Buffer.of(1), commitment]).toString('base64') },
    opening: opening ?? null,
  };
}

/** RFC 7638. */
function thumbprintOf(jwk: { [name: string]: Json }): string {
  const members = { EC: ['crv', 'kty', 'x', 'y'], OKP: ['crv', 'kty', 'x'], RSA: ['e', 'kty', 'n'] }[String(jwk.kty)];
  if (members === undefined) throw new Error('no public key');
  return sha256(Buffer.from(canonical(Object.fromEntries(members.map((it) => [it, jwk[it] ?? null]))))).toString(
    'base64url',
  );
}

/** Verifies an archive: each entry is in the log, the evidence is what they recorded, by the key that they named then. */
export function verifyArchive(document: unknown, vkey: string): string[] {
  try {
    const archive = object(document as Json);
    const pieces = (Array.isArray(archive.evidence) ? archive.evidence : []).map(object);
    if (archive.format !== 'einmal-archive/1' || pieces.length === 0) throw new Error('not an archive');
    if (archive.log !== vkey) throw new Error('the archive is of another log');
    const faults: string[] = [];
    const proven = (at: string, entry: Json | undefined) => {
      const receipt = receiptOf(entry, vkey);
      faults.push(...verifyReceipt(receipt, vkey).map((it) => `${at}: ${it}`));
      return { index: Number(receipt.log_index), caller: object(object(receipt.opening).caller), receipt };
    };
    const same = (at: string, of: { [name: string]: Json }, expected: { [name: string]: Json | undefined }) => {
      for (const [name, value] of Object.entries(expected))
        if (canonical(of[name] ?? null) !== canonical(value ?? null)) faults.push(`${at}: ${name} is another`);
    };
    const { consumer, exchange_id } = archive;
    const summary = proven('entry', archive.entry);
    same('entry', summary.caller, { event: 'exchange.closed', consumer, exchange_ref: exchange_id });
    faults.push(...verifyRelease({ ...archive, receipt: summary.receipt }, vkey));
    const known: { [id: string]: { register: Json | undefined; names: Json[] } } = {};
    for (const [i, piece] of pieces.entries()) {
      const at = `evidence ${i + 1}`;
      const { evidence_type, subject_role, register, assurance, withheld, evidence_id } = piece;
      const compact = String(piece.sd_jwt);
      const { jwk, entries } = object(piece.issuer_key);
      faults.push(...verifyEvidence(compact, { keys: [jwk ?? null] }).map((it) => `${at}: ${it}`));
      const claims = object(JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString('utf8')));
      const names = compact
        .split('~')
        .slice(1, -1)
        .map((it) => JSON.parse(Buffer.from(it, 'base64url').toString('utf8'))[1]);
      known[String(evidence_id)] = { register, names };
      const closed = proven(`${at}, entry`, piece.entry);
      const granted = proven(`${at}, decision`, piece.decision);
      const about = { consumer, evidence_type, subject_role, purpose: claims.purpose, legal_basis: claims.legal_basis };
      same(`${at}, claims`, claims, {
        ...{ jti: evidence_id, iss: `urn:einmal:register:${register}`, aud: consumer, evidence_type, subject_role },
        ...{ assurance, withheld, trigger: granted.caller.trigger_id },
      });
      if (Date.parse(String(claims.as_of)) !== Date.parse(String(piece.as_of))) faults.push(`${at}: as_of is another`);
      same(`${at}, entry`, closed.caller, {
        ...{ event: 'retrieval.closed', exchange_ref: exchange_id, consumer, register, evidence_type, subject_role },
        ...{ trigger_id: claims.trigger, key_thumbprint: thumbprintOf(object(jwk)) },
        release_digest: sha256(Buffer.from(canonical(compact))).toString('base64url'),
      });
      same(`${at}, decision`, granted.caller, { event: 'trigger.granted', ...about });
      const hidden = object(object(piece.decision).protected);
      const hiddenHash = sha256(base64(hidden.salt), Buffer.from(canonical(hidden.part ?? null))).toString('base64');
      if (object(object(piece.decision).opening).protected_hash !== hiddenHash) faults.push(`${at}: another decision`);
      const attributes = object(hidden.part).attributes;
      if (!Array.isArray(attributes) || names.some((it) => !attributes.includes(it)))
        faults.push(`${at}: more than was decided on`);
      if (granted.index >= closed.index) faults.push(`${at}: decided afterwards`);
      const changes = (Array.isArray(entries) ? entries : []).map((it, k) => proven(`${at}, key entry ${k + 1}`, it));
      for (const { caller } of changes)
        if (caller.key_thumbprint !== closed.caller.key_thumbprint) faults.push(`${at}: an entry about another key`);
      const before = changes.filter(({ index }) => index < closed.index).sort((a, b) => a.index - b.index);
      if (before.at(-1)?.caller.event !== 'key.added') faults.push(`${at}: nothing says that the key was in force`);
    }
    for (const field of (Array.isArray(archive.fields) ? archive.fields : []).map(object)) {
      const { evidence_id, register, attribute } = object(field.source);
      const named = known[String(evidence_id)];
      if (named?.register !== register || !named?.names.includes(attribute!))
        faults.push('a field stands in no evidence');
    }
    return faults;
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Verifies one compact SD-JWT with the keys of its register (RFC 9901 § 7.1): signature, type, every disclosure referenced once. */
export function verifyEvidence(compact: string, keys: unknown): string[] {
  try {
    const [jws = '', ...rest] = compact.split('~');
    if (rest.pop() !== '') throw new Error('not an SD-JWT without key binding');
    const payload = openJws(jws, 'dc+sd-jwt', keys);
    if ((payload._sd_alg ?? 'sha-256') !== 'sha-256') throw new Error('another digest algorithm');
    const digests = digestsOf(payload);
    const names = rest.map((it) => {
      const [, name, value, ...none] = JSON.parse(Buffer.from(it, 'base64url').toString('utf8')) as Json[];
      const digest = createHash('sha256').update(it).digest('base64url');
      if (value === undefined || none.length > 0 || digests.filter((known) => known === digest).length !== 1)
        throw new Error('a disclosure is not referenced once');
      return name;
    });
    if (new Set(names).size !== names.length) throw new Error('an attribute is disclosed twice');
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function digestsOf(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(digestsOf);
  return Object.entries(object(value)).flatMap(([name, it]) =>
    name === '_sd' && Array.isArray(it) ? it : digestsOf(it),
  );
}

/** Reads JSON in which no object has two members of one name: other readers might take the other one. */
export function parse(text: string): Json {
  const value: Json = JSON.parse(text);
  const names: Set<string>[] = [];
  for (const [, bracket, name] of text.matchAll(/([{}])|("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"/g)) {
    if (bracket === '{') names.push(new Set());
    else if (bracket === '}') names.pop();
    else if (name !== undefined) {
      if (names.at(-1)!.has(JSON.parse(name))) throw new Error('a member stands twice in one object');
      names.at(-1)!.add(JSON.parse(name));
    }
  }
  return value;
}

if (import.meta.main) {
  const { readFileSync, existsSync } = await import('node:fs');
  const [kind, file = '', key = '', old] = process.argv.slice(2);
  const text = (path: string) => readFileSync(path, 'utf8');
  const OWN = '--own-keys';
  if (key === '') {
    process.stdout.write('cannot tell: no key is given\n');
    process.exit(2);
  }
  let faults: string[];
  if (kind === 'log') {
    const read = (path: string) => (existsSync(`${file}/${path}`) ? readFileSync(`${file}/${path}`) : undefined);
    ({ faults } = await verifyLog(read, key, old && text(old)));
  } else if (kind === 'receipt-token') {
    faults = verifyReceiptToken(text(file).trim(), JSON.parse(text(key)));
  } else if (kind === 'archive') {
    const archive = parse(text(file));
    faults = verifyArchive(archive, key === OWN ? String(object(archive).log) : key);
  } else if (kind === 'receipt') {
    const document = object(parse(text(file)));
    const { log, node } = object(document.trust);
    const jwks = key === OWN ? node : old && JSON.parse(text(old));
    faults = verifyDocument(document, key === OWN ? String(log) : key);
    if (document.receipt_token !== undefined)
      faults.push(...verifyReceiptToken(document.receipt_token, jwks, document.receipt));
  } else if (text(file).startsWith('{')) {
    const { evidence, trust } = object(parse(text(file)));
    const registers = object(object(key === OWN ? trust : JSON.parse(text(key))).registers);
    const issuer = (token: string) =>
      String(JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8')).iss)
        .split(':')
        .at(-1)!;
    const tokens = (evidence as Json[]).map((it) => String(typeof it === 'string' ? it : object(it).sd_jwt));
    faults = tokens.flatMap((token) => verifyEvidence(token, registers[issuer(token)]));
  } else {
    faults = verifyEvidence(text(file).trim(), JSON.parse(text(key)));
  }
  process.stdout.write(faults.length === 0 ? 'holds\n' : `${faults.join('\n')}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
