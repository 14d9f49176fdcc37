import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parseTlogProof, type TlogProof } from '#libs/tlog/tlog-proof.js';
import type { Receipt } from './answer.js';
import { type JsonObject, receiptsIn, releaseIn, trustIn } from './document.js';
import { leafOf } from './leaf.js';
import { type LogTrust, openTrusted } from './log-trust.js';
import { evidenceDigestOf, releaseDigestOf } from './release-digest.js';
import { type Check, check, type Report, report } from './report.js';
import { verifyReceipt } from './verify-receipt.js';

const CONTAINS = 'the log contains the entry';
const OPENS = 'the entry is what the opening describes';
const RELEASED = 'what was released is what the log recorded';
const RELEASE_PARTS = ['fields', 'not_delivered', 'evidence'] as const;

/** Verifies the receipts of a document (a receipt, an answer, what the demo prints), and that they speak of what else stands in it. */
export function checkReceipts(document: JsonObject, trust: LogTrust): Report {
  const found = receiptsIn(document);
  if (found.length === 0)
    return report({}, [{ what: CONTAINS, state: 'unknown', detail: 'no receipt in the document' }]);
  const own = trust.vkey === undefined && trust.policy === undefined ? trustIn(document).log : undefined;
  const keys: LogTrust = own === undefined ? trust : { vkey: own };
  const checks = found.flatMap(({ at, receipt, sdJwt }) =>
    [
      ...receiptChecks(receipt, keys),
      ...(sdJwt === undefined ? [] : [releaseCheck(receipt, evidenceDigestOf(sdJwt))]),
      ...(at === 'receipt' ? ownRelease(document, receipt) : []),
    ].map((it) => (found.length === 1 ? it : { ...it, what: `${at}: ${it.what}` })),
  );
  const [{ receipt } = { receipt: undefined }] = found;
  const subject = {
    receipts: found.length,
    ...(receipt !== undefined && { leaf: receipt.log_index, tree_size: receipt.tree_size }),
    ...(own !== undefined && { key_of_the_log: 'taken from the document itself' }),
  };
  return report(subject, checks);
}

/** Verifies a proof file (C2SP tlog-proof) of an entry: its bytes, or the opening that they follow from. */
export function checkProofFile(
  text: string,
  { entry, opening, trust }: Readonly<{ entry?: Buffer; opening?: Receipt['opening']; trust: LogTrust }>,
): Report {
  let proof: TlogProof;
  try {
    proof = parseTlogProof(text);
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error;
    return report({}, [{ what: CONTAINS, state: 'fails', detail: error.message }]);
  }
  const described = opening === undefined ? undefined : leafOf(opening);
  const leaf = entry ?? described;
  const subject = { leaf: proof.index };
  const opens = entry && described ? [check(OPENS, described.equals(entry) ? [] : ['it is another entry'])] : [];
  const opened = openTrusted(proof.checkpoint, trust);
  if (leaf === undefined)
    return report(subject, [...opened.checks, { what: CONTAINS, state: 'unknown', detail: 'no entry is given' }]);
  if (!('checkpoint' in opened)) return report(subject, [...opened.checks, ...opens]);
  const { size, root } = opened.checkpoint;
  const faults: string[] = [];
  try {
    verifyInclusion({ index: proof.index, size, leafHash: leafHash(leaf), proof: proof.proof, root });
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    faults.push(error.message);
  }
  return report({ ...subject, tree_size: size }, [...opened.checks, check(CONTAINS, faults), ...opens]);
}

function receiptChecks(receipt: Receipt, trust: LogTrust): readonly Check[] {
  const opened = openTrusted(receipt.checkpoint, trust);
  if (!('checkpoint' in opened)) return opened.checks;
  return [...opened.checks, check(`${CONTAINS}, and ${OPENS}`, verifyReceipt(receipt, opened.vkey))];
}

function ownRelease(document: JsonObject, receipt: Receipt): readonly Check[] {
  if (!RELEASE_PARTS.some((name) => name in document)) return [];
  const release = releaseIn(document);
  if (release === undefined)
    return [{ what: RELEASED, state: 'unknown', detail: `it takes ${RELEASE_PARTS.join(', ')} and release_salt` }];
  // What releases nothing has nothing to digest.
  const isEmpty = release.fields.length + release.evidence.length === 0;
  return [releaseCheck(receipt, isEmpty ? undefined : releaseDigestOf(release))];
}

function releaseCheck({ opening }: Receipt, digest: string | undefined): Check {
  return check(RELEASED, opening.caller.release_digest === digest ? [] : ['the log recorded another digest']);
}
