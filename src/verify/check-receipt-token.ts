import { createHash } from 'node:crypto';
import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parseTlogProof } from '#libs/tlog/tlog-proof.js';
import type { KeySet, Receipt } from './answer.js';
import { checkReceipts } from './check-receipt.js';
import { isReceipt, type JsonObject, trustIn } from './document.js';
import { type DocumentTrust, type LogTrust, openTrusted } from './log-trust.js';
import { JwsFault, openJws } from './open-jws.js';
import { type Check, check, ownKeysCheck, type Report, report } from './report.js';

const TYP = 'einmal-receipt+jwt';
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const SIGNED = 'the node signed that the log contains the entry';
const SAME = 'the receipt beside it is about the same entry in the same tree';
const CONTAINS = 'the log contains the entry';

/** What a receipt token says (base64url), once the signature of the node holds. */
type Claims = Readonly<{
  iss: string;
  aud: string;
  log_origin: string;
  log_index: number;
  leaf_hash: string;
  tree_size: number;
  root_hash: string;
  checkpoint_hash: string;
  release_digest?: string;
}>;

export function isCompactJws(text: string): boolean {
  return COMPACT.test(text.trim());
}

/** Verifies one receipt token with the keys of the node, and against the log itself where a proof file is given (C2SP tlog-proof). */
export async function checkReceiptToken(
  token: string,
  { keys, proof, trust }: Readonly<{ keys?: KeySet; proof?: string; trust: LogTrust }>,
): Promise<Report> {
  const opened = await open(token.trim(), keys);
  if (!('claims' in opened)) return report({}, [opened.check]);
  const { claims } = opened;
  const subject = {
    ...{ origin: claims.log_origin, leaf: claims.log_index, tree_size: claims.tree_size },
    ...{ node: claims.iss, participant: claims.aud },
  };
  return report(subject, [opened.check, ...(proof === undefined ? [] : proofChecks(claims, proof, trust))]);
}

/**
 * Verifies the receipts of a document, and the token in which the node signed that of the document itself, if there is one.
 * Keys of the node that the document brings are not even looked at where somebody gave others for something in it.
 */
export async function checkSignedReceipts(document: JsonObject, trust: DocumentTrust, keys?: KeySet): Promise<Report> {
  const { ownKeys, vkey, policy } = trust;
  const isAnchored = [vkey, policy, keys].some((it) => it !== undefined);
  const { subject, checks } = checkReceipts(document, {
    ...(vkey !== undefined && { vkey }),
    ...(policy !== undefined && { policy }),
    ...(!isAnchored && ownKeys && { ownKeys }),
  });
  if (!('receipt_token' in document)) return report(subject, checks);
  const { receipt_token: token, receipt } = document;
  if (typeof token !== 'string') return report(subject, [...checks, check(SIGNED, ['what stands there is no token'])]);
  const own = isAnchored ? undefined : trustIn(document).node;
  const opened = await open(token, keys ?? own);
  const same = 'claims' in opened ? [sameCheck(opened.claims, receipt)] : [];
  const believed = own === undefined || ownKeys ? [] : [ownKeysCheck('that of the node')];
  const source = own === undefined ? {} : { key_of_the_node: 'taken from the document itself' };
  return report({ ...subject, ...source }, [...checks, opened.check, ...same, ...believed]);
}

function sameCheck(claims: Claims, receipt: unknown): Check {
  if (isReceipt(receipt)) return check(SAME, differences(claims, receipt));
  return { what: SAME, state: 'unknown', detail: 'there is no receipt' };
}

async function open(
  token: string,
  keys: KeySet | undefined,
): Promise<Readonly<{ check: Check }> | Readonly<{ check: Check; claims: Claims }>> {
  if (keys === undefined) return { check: { what: SIGNED, state: 'unknown', detail: 'no keys of the node are given' } };
  try {
    const claims = await openJws(token, TYP, { name: 'this node', keys: () => keys });
    if (!isStatement(claims)) return { check: check(SIGNED, ['a claim is missing']) };
    const { log_index, tree_size, log_origin, aud } = claims;
    const detail = `entry ${log_index} of ${tree_size} of ${log_origin}, for ${aud}`;
    return { claims, check: { what: SIGNED, state: 'holds', detail } };
  } catch (error) {
    return { check: check(SIGNED, [error instanceof JwsFault ? error.message : 'the signature does not hold']) };
  }
}

function isStatement(claims: JsonObject): claims is Claims & JsonObject {
  const { iss, aud, log_origin, leaf_hash, root_hash, checkpoint_hash, log_index, tree_size, release_digest } = claims;
  return (
    [iss, aud, log_origin, leaf_hash, root_hash, checkpoint_hash].every((it) => typeof it === 'string') &&
    [log_index, tree_size].every((it) => Number.isSafeInteger(it)) &&
    (release_digest === undefined || typeof release_digest === 'string')
  );
}

function differences(claims: Claims, { log_index, entry, checkpoint, opening }: Receipt): readonly string[] {
  const { consumer, release_digest } = opening.caller;
  const expected = {
    ...inTree(checkpoint),
    log_index,
    leaf_hash: leafHash(Buffer.from(entry, 'base64')).toString('base64url'),
    aud: consumer,
    release_digest,
  };
  return Object.entries(expected)
    .filter(([name, value]) => claims[name as keyof Claims] !== value)
    .map(([name]) => `its ${name} is another one`);
}

/** What the claims must say about the tree of a checkpoint, whoever else has signed it meanwhile. */
function inTree(note: string): Partial<Claims> {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  try {
    const { origin, size, root } = parseCheckpoint(text);
    return {
      log_origin: origin,
      tree_size: size,
      root_hash: root.toString('base64url'),
      checkpoint_hash: createHash('sha256').update(text).digest('base64url'),
    };
  } catch (error) {
    if (error instanceof NoteFault) return { checkpoint_hash: '' };
    throw error;
  }
}

function proofChecks(claims: Claims, text: string, trust: LogTrust): readonly Check[] {
  try {
    const { index, checkpoint, proof } = parseTlogProof(text);
    const opened = openTrusted(checkpoint, trust);
    if (!('checkpoint' in opened)) return opened.checks;
    const { size, root, origin } = opened.checkpoint;
    const hash = Buffer.from(claims.leaf_hash, 'base64url');
    verifyInclusion({ index, size, leafHash: hash, proof, root });
    // A proof of a later tree is as good: the entry stays where it is.
    const isSame = index === claims.log_index && origin === claims.log_origin && size >= claims.tree_size;
    return [...opened.checks, check(CONTAINS, isSame ? [] : ['it is the proof of another entry, log or earlier tree'])];
  } catch (error) {
    if (error instanceof NoteFault || error instanceof ProofFault) return [check(CONTAINS, [error.message])];
    throw error;
  }
}
