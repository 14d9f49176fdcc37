import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parseTlogProof, type TlogProof } from '#libs/tlog/tlog-proof.js';
import type { Receipt } from './answer.js';
import { differences, pieceChecks } from './check-piece.js';
import { notCoveredIn } from './covered.js';
import { isReceipt, type JsonObject, RELEASE_PARTS, receiptPlacesIn, releaseIn, trustIn } from './document.js';
import { leafOf } from './leaf.js';
import { type DocumentTrust, type LogTrust, openTrusted } from './log-trust.js';
import { releaseDigestOf } from './release-digest.js';
import { type Check, check, ownKeysCheck, type Report, report } from './report.js';
import { verifyReceipt } from './verify-receipt.js';

const CONTAINS = 'the log contains the entry';
const OPENS = 'the entry is what the opening describes';
const RELEASED = 'what was released is what the log recorded';
const EXCHANGE = 'it is the receipt of this exchange';

/**
 * Verifies the receipts of a document (a receipt, an answer, what the demo prints), and that they speak of what else stands
 * in it. What releases something needs a receipt of its own: those of its evidence say nothing about the fields.
 */
export function checkReceipts(document: JsonObject, { ownKeys, ...trust }: DocumentTrust): Report {
  const places = receiptPlacesIn(document);
  if (places.length === 0)
    return report({}, [{ what: CONTAINS, state: 'unknown', detail: 'no receipt in the document' }]);
  const own = trust.vkey === undefined && trust.policy === undefined ? trustIn(document).log : undefined;
  const keys: LogTrust = own === undefined ? trust : { vkey: own };
  const summary = places.map(({ value }) => value).find(isReceipt);
  const checks = places.flatMap(({ at, value, piece }) =>
    placeChecks(value, keys, (receipt) =>
      piece === undefined ? ownRelease(document, receipt) : pieceChecks(piece, receipt, ownReceiptIn(document)),
    ).map((it) => (places.length === 1 ? it : { ...it, what: `${at}: ${it.what}` })),
  );
  const believed = own === undefined || ownKeys ? [] : [ownKeysCheck('that of the log')];
  const notCovered = notCoveredIn(document);
  const subject = {
    receipts: places.filter(({ value }) => isReceipt(value)).length,
    ...(summary !== undefined && { leaf: summary.log_index, tree_size: summary.tree_size }),
    ...(own !== undefined && { key_of_the_log: 'taken from the document itself' }),
    ...(notCovered.length > 0 && { not_covered: notCovered }),
  };
  return report(subject, [...checks, ...believed]);
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

/** Checks of what stands where a receipt belongs, and with `more` of what the receipt is for. */
function placeChecks(value: unknown, trust: LogTrust, more: (receipt: Receipt) => readonly Check[]): readonly Check[] {
  if (value === undefined) return [{ what: CONTAINS, state: 'unknown', detail: 'there is no receipt' }];
  if (!isReceipt(value)) return [check(CONTAINS, ['what stands there is no receipt'])];
  return [...receiptChecks(value, trust), ...more(value)];
}

function ownReceiptIn({ receipt }: JsonObject): Receipt | undefined {
  return isReceipt(receipt) ? receipt : undefined;
}

function ownRelease(document: JsonObject, { opening }: Receipt): readonly Check[] {
  const { caller } = opening;
  const about = 'exchange_id' in document ? { exchange_ref: document.exchange_id } : {};
  if (![...RELEASE_PARTS, 'release_salt'].some((name) => name in document))
    return 'exchange_id' in document ? [check(EXCHANGE, differences(caller, about))] : [];
  const release = releaseIn(document);
  if (release === undefined)
    return [{ what: RELEASED, state: 'unknown', detail: `it takes ${RELEASE_PARTS.join(', ')} and release_salt` }];
  const isEmpty = release.fields.length + release.evidence.length === 0;
  // What releases nothing has nothing to digest.
  const release_digest = isEmpty ? undefined : releaseDigestOf(release);
  const hasReasonsOnly = isEmpty && release.not_delivered.length > 0;
  // What waits for the decision of the person is no release yet (EGovG § 5 Abs. 5).
  const event = hasReasonsOnly && caller.event === 'retrieval.held' ? caller.event : 'exchange.closed';
  const faults = differences(caller, { event, release_digest, ...about });
  return hasReasonsOnly && faults.length === 0
    ? [{ what: RELEASED, state: 'unknown', detail: 'nothing was; why, the log did not record' }]
    : [check(RELEASED, faults)];
}
