// What a browser recomputes of a proof, with WebCrypto alone. RFC 6962 § 2.1, C2SP signed-note and tlog-cosignature.

const encoder = new TextEncoder();

/** @param {...Uint8Array} parts */
function joined(...parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}

export function fromBase64(text) {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** What was checked does not hold; everything else that is thrown says that it could not be checked. */
export class ProofFault extends Error {}

function demand(holds, fault) {
  if (!holds) throw new ProofFault(fault);
}

const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** What the entry says, hashed: the leaf that must be in the log. */
export async function leafOf({ salt, caller, protectedHash }) {
  const [saltBytes, hidden] = [fromBase64(salt), fromBase64(protectedHash)];
  demand(saltBytes.length === 32 && hidden.length === 32, 'lengths of the opening');
  const commitment = await sha256(
    encoder.encode('einmal/leaf/v1\n'),
    await sha256(saltBytes, encoder.encode(caller)),
    hidden,
  );
  return joined(Uint8Array.of(1), commitment);
}

/** RFC 9162 § 2.1.3.2: the leaf is in the tree with this root. */
export async function checkInclusion({ index, size, leaf, proof, root }) {
  demand(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size, 'place in the tree');
  demand(proof.length <= 54, 'length of the proof');
  let [node, last] = [index, size - 1];
  let hash = await sha256(Uint8Array.of(0), leaf);
  for (const sibling of proof) {
    demand(last > 0, 'length of the proof');
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  demand(last === 0, 'length of the proof');
  demand(same(hash, root), 'the entry is not in the tree');
}

/** RFC 9162 § 2.1.4.2: the newer tree begins with the older one. */
export async function checkConsistency({ oldSize, newSize, oldRoot, newRoot, proof }) {
  demand(oldSize <= newSize, 'the log has become shorter');
  demand(proof.length <= 54, 'length of the proof');
  if (oldSize === newSize || oldSize === 0) {
    demand(proof.length === 0, 'length of the proof');
    demand(oldSize === 0 || same(oldRoot, newRoot), 'the log has another content');
    return;
  }
  const isComplete = Number.isInteger(Math.log2(oldSize)) && 2 ** Math.log2(oldSize) === oldSize;
  const [seed, ...siblings] = isComplete ? [oldRoot, ...proof] : proof;
  demand(seed !== undefined, 'length of the proof');
  let [node, last] = [oldSize - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [before, after] = [seed, seed];
  for (const sibling of siblings) {
    demand(last > 0, 'length of the proof');
    if (node % 2 === 1 || node === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      after = await nodeHash(after, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  demand(last === 0, 'length of the proof');
  demand(same(before, oldRoot), 'the log has another past');
  demand(same(after, newRoot), 'the log has another content');
}

/** A signed note: its text, and its signature lines by name and key id. */
function openNote(note) {
  const end = note.lastIndexOf('\n\n');
  demand(end > 0 && note.endsWith('\n'), 'form of the checkpoint');
  const signatures = note
    .slice(end + 2)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [dash, name, encoded] = line.split(' ');
      demand(dash === '\u2014' && name && encoded, 'form of a signature');
      const bytes = fromBase64(encoded);
      return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
    });
  return { text: note.slice(0, end + 1), signatures };
}

/** C2SP signed-note, verifier keys: `name+id+base64(type ‖ key)`. */
function verifierOf(vkey) {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey) ?? [];
  demand(name !== undefined, 'form of a key');
  const bytes = fromBase64(material);
  return {
    name,
    id: Uint8Array.from(id.match(/../g), (it) => Number.parseInt(it, 16)),
    type: bytes[0],
    key: bytes.slice(1),
  };
}

async function isSigned(vkey, { text, signatures }) {
  const { name, id, type, key } = verifierOf(vkey);
  const line = signatures.find((it) => it.name === name && same(it.id, id));
  if (line === undefined) return false;
  const publicKey = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  if (type === 1) return crypto.subtle.verify({ name: 'Ed25519' }, publicKey, line.signature, encoder.encode(text));
  if (type !== 4 || line.signature.length !== 72) return false;
  const time = new DataView(line.signature.buffer, line.signature.byteOffset).getBigUint64(0);
  const message = encoder.encode(`cosignature/v1\ntime ${time}\n${text}`);
  return crypto.subtle.verify({ name: 'Ed25519' }, publicKey, line.signature.slice(8), message);
}

/** Size and root of a checkpoint that the log signed, and how many of the witnesses signed it, too. */
export async function openCheckpoint(note, { log, witnesses }) {
  const opened = openNote(note);
  const [origin, size, root] = opened.text.split('\n');
  demand(origin === verifierOf(log).name && /^\d+$/.test(size), 'the checkpoint is that of another log');
  demand(await isSigned(log, opened), 'the log did not sign this checkpoint');
  const signed = await Promise.all(
    witnesses.map(async (keys) => (await Promise.all(keys.map((key) => isSigned(key, opened)))).includes(true)),
  );
  return { size: Number(size), root: fromBase64(root), witnesses: signed.filter((it) => it).length };
}

/** Everything about one entry. @returns what holds; throws with what does not */
export async function checkEntry({ receipt, trust }) {
  const { size, root, witnesses } = await openCheckpoint(receipt.checkpoint, trust);
  const leaf = await leafOf(receipt.opening);
  await checkInclusion({ index: receipt.index, size, leaf, proof: receipt.proof.map(fromBase64), root });
  demand(witnesses >= trust.quorum, 'too few witnesses');
  return { size, root, witnesses };
}
