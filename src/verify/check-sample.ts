import canonicalize from 'canonicalize';
import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import type { Checkpoint } from '#libs/tlog/checkpoint.js';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parseNote } from '#libs/tlog/signed-note.js';
import { isObject, isOpening, type JsonObject } from './document.js';
import { drawnAgain, steering } from './drawn-again.js';
import { leafOf, sha256 } from './leaf.js';
import { type LogTrust, openTrusted } from './log-trust.js';
import { type Check, check, type Report, report } from './report.js';
import {
  SAMPLE_FORMAT,
  type SampledEntry,
  type SampledItem,
  type SampleFile,
  type WitnessedEntry,
} from './sample-file.js';

const COSIGNED = 'each cosignature that steers the draw is of a witness whom you trust';
const TOLD_AFTER = 'the nonce was told after witnesses had signed the entry that fixed the cosignatures';
const NOT_COVERED = [
  'whether an earlier checkpoint after the commitment was cosigned: only the witnesses know',
  'whether the log has another entry that fixes this sample, by another checkpoint or other cosignatures: whoever runs the database could have added several and taken one',
  'whether somebody who fixed the cosignatures knew the nonce already: who runs the pages does, and an officer may have told it',
];
/** Of a population with hardly any retrieval no more is drawn. */
const DRAWS_PER_ITEM = 100;

type Commitment = Readonly<{ nonceHash: string; first: number; end: number; size: number }>;

/**
 * Verifies that a sample was drawn by what nobody knew when it was committed to (IDNrG § 8), with nothing but the file and the
 * keys of log and witnesses. That no cosigned checkpoint came between commitment and this one, and that nobody was told the nonce
 * before the cosignatures were fixed, no file can show.
 */
export function checkSample(document: JsonObject, trust: LogTrust): Report {
  const sample = sampleIn(document);
  if (sample === undefined)
    return report({}, [{ what: 'the file is whole and in the known form', state: 'unknown', detail: 'it is not' }]);
  const { checkpoint: note, commitment, items } = sample;
  const committed = committedIn(commitment.protected.part);
  const subject = {
    sample: commitment.log_index,
    drawn: items.length,
    counted: items.filter(({ counted }) => counted).length,
    ...(committed && { population: `${committed.first} to ${committed.end - 1}` }),
    not_covered: NOT_COVERED,
  };
  const opened = openTrusted(note, trust);
  if (!('checkpoint' in opened)) return report(subject, opened.checks);
  const { checkpoint } = opened;
  return report(subject, [
    ...opened.checks,
    cosignersCheck(note, checkpoint, trust),
    commitmentCheck(sample, checkpoint, committed),
    ...fixingChecks(sample, checkpoint, trust),
    ...(committed === undefined ? [] : [nonceCheck(sample, committed), drawCheck(sample, committed)]),
    ...itemChecks(items, checkpoint),
  ]);
}

/** Whoever could add a line that nobody verifies could try lines until the draw suits. */
function cosignersCheck(note: string, { origin }: Checkpoint, { policy }: LogTrust): Check {
  if (policy === undefined || policy.witnesses.length === 0)
    return { what: COSIGNED, state: 'unknown', detail: 'no policy that names the witnesses is given' };
  const known = new Set(policy.witnesses.map(({ vkey }) => vkey.split('+', 2).join('+')));
  const lines = parseNote(note)
    .signatures.filter(({ name }) => name !== origin)
    .map(({ name, keyId }) => `${name}+${keyId}`);
  const faults = lines.filter((it) => !known.has(it)).map((it) => `${it} is none of them`);
  if (new Set(lines).size !== lines.length) faults.push('a witness stands there twice');
  if (lines.length === 0) faults.push('nobody cosigned');
  return check(COSIGNED, faults);
}

function commitmentCheck({ commitment }: SampleFile, checkpoint: Checkpoint, committed: Commitment | undefined): Check {
  const { log_index } = commitment;
  const faults = entryFaults(commitment, 'sample.committed', checkpoint);
  if (committed === undefined) faults.push('it fixes no population, size and hash');
  else if (committed.end > log_index) faults.push('entries of the population came after it');
  return check('the log contains the commitment, to entries that were all there before', faults);
}

/** Of a choice that is made once the nonce is known, each is another seed: what steers the draw must have been fixed before. */
function fixingChecks(sample: SampleFile, drawnBy: Checkpoint, trust: LogTrust): readonly Check[] {
  const { commitment, fixing, reveal, checkpoint, nonce } = sample;
  const seen = openTrusted(fixing.checkpoint, trust);
  const closed = openTrusted(reveal.checkpoint, trust);
  if (!('checkpoint' in seen)) return of('of the entry that fixed the cosignatures', seen.checks);
  if (!('checkpoint' in closed)) return of('of the entry that told the nonce', closed.checks);
  // A policy may name several logs, and an index says nothing across them.
  const elsewhere = ({ origin }: Checkpoint) => (origin === drawnBy.origin ? [] : ['it is in another log']);
  const fixed = statementIn(fixing);
  const told = statementIn(reveal);

  const before = [...elsewhere(seen.checkpoint), ...entryFaults(fixing, 'sample.fixed', seen.checkpoint)];
  if (fixed.sample !== commitment.log_index) before.push('it is of another sample');
  if (fixing.log_index < drawnBy.size) before.push('it is older than the checkpoint');
  if (fixed.checkpoint_hash !== sha256(Buffer.from(steering(checkpoint))).toString('base64url'))
    before.push('it fixed another checkpoint or other cosignatures than those of the draw');

  const after = [...elsewhere(closed.checkpoint), ...entryFaults(reveal, 'sample.drawn', closed.checkpoint)];
  if (told.sample !== commitment.log_index) after.push('it is of another sample');
  if (told.fixed_index !== fixing.log_index) after.push('it names another entry that fixed the cosignatures');
  if (told.nonce !== decodeBase64(nonce)?.toString('base64url')) after.push('it told another nonce');
  if (reveal.log_index <= fixing.log_index) after.push('it lies before the entry that fixed the cosignatures');
  else if (reveal.log_index < seen.checkpoint.size)
    after.push('witnesses signed the entry that fixed the cosignatures only after it');
  return [
    check('an entry fixed checkpoint and cosignatures, and they are those of the draw', before),
    seen.isCosigned && closed.isCosigned
      ? check(TOLD_AFTER, after)
      : { what: TOLD_AFTER, state: 'unknown', detail: 'no witness signed them' },
  ];
}

function of(what: string, checks: readonly Check[]): readonly Check[] {
  return checks.map((it) => ({ ...it, what: `${it.what}, ${what}` }));
}

function statementIn({ protected: { part } }: WitnessedEntry): JsonObject {
  return isObject(part.sample) ? part.sample : {};
}

/** Of an entry with its protected half. */
function entryFaults(entry: SampleFile['commitment'], event: string, checkpoint: Checkpoint): string[] {
  const { opening, protected: hidden } = entry;
  const faults = [...inclusionFaults(entry, checkpoint)];
  if (opening.caller.event !== event) faults.push(`it is no entry ${event}`);
  const salt = decodeBase64(hidden.salt) ?? Buffer.alloc(0);
  const computed = sha256(salt, Buffer.from(canonicalize(hidden.part) ?? ''));
  // With another length, bytes could move from the salt into the part.
  if (salt.length !== 32 || !computed.equals(decodeBase64(opening.protected_hash) ?? Buffer.alloc(0)))
    faults.push('its protected half is not what the log recorded');
  return faults;
}

function nonceCheck({ nonce }: SampleFile, { nonceHash }: Commitment): Check {
  const hash = sha256(decodeBase64(nonce) ?? Buffer.alloc(0)).toString('base64url');
  return check('the nonce is the one that was committed to', hash === nonceHash ? [] : ['it has another hash']);
}

function drawCheck({ nonce, checkpoint, items }: SampleFile, { first, end, size }: Commitment): Check {
  const what = 'nonce and cosignatures draw these indices, no other and no fewer';
  const again = drawnAgain(decodeBase64(nonce) ?? Buffer.alloc(0), checkpoint, first, end);
  const faults: string[] = [];
  const wrong = items.findIndex(({ log_index }) => again.next().value !== log_index);
  if (wrong !== -1) faults.push(`at place ${wrong + 1} another index is drawn`);
  const counted = items.filter((it) => it.counted).length;
  const isExhausted = items.length === end - first || items.length === size * DRAWS_PER_ITEM;
  if (counted > size || (counted === size && !items.at(-1)?.counted))
    faults.push('more was drawn than was committed to');
  if (counted < size && !isExhausted) faults.push('the draw ended too early');
  return check(what, faults);
}

function itemChecks(items: readonly SampledItem[], checkpoint: Checkpoint): readonly Check[] {
  const what = 'what was passed over is no retrieval that ended, and what counts is one';
  const faults: string[] = [];
  let erased = 0;
  for (const { log_index, counted, inclusion_proof, opening } of items) {
    if (inclusion_proof === undefined || opening === undefined) {
      erased += 1;
      continue;
    }
    const wrong = inclusionFaults({ log_index, inclusion_proof, opening }, checkpoint);
    if (wrong.length > 0) faults.push(`entry ${log_index}: ${wrong.join(', ')}`);
    else if (counted !== (opening.caller.event === 'retrieval.closed'))
      faults.push(`entry ${log_index} is not what it is said to be`);
  }
  // A few say what is wrong; thousands say no more.
  if (faults.length > 0) return [check(what, faults.slice(0, 5))];
  if (erased === 0) return [check(what, [])];
  return [{ what, state: 'unknown', detail: `${erased} of ${items.length} are not proved: erased, or altered since` }];
}

function inclusionFaults(
  { log_index: index, inclusion_proof, opening }: SampledEntry,
  { size, root }: Checkpoint,
): readonly string[] {
  const proof = inclusion_proof.map((it) => decodeBase64(it) ?? Buffer.alloc(0));
  try {
    verifyInclusion({ index, size, leafHash: leafHash(leafOf(opening)), proof, root });
    return [];
  } catch (error) {
    if (error instanceof ProofFault) return [error.message];
    throw error;
  }
}

function sampleIn(document: JsonObject): SampleFile | undefined {
  const { format, checkpoint, nonce, commitment, fixing, reveal, items } = document;
  if (format !== SAMPLE_FORMAT || typeof checkpoint !== 'string' || decodeBase64(String(nonce))?.length !== 32)
    return undefined;
  if (![commitment, fixing, reveal].every(isOpened)) return undefined;
  if (![fixing, reveal].every((it) => isObject(it) && typeof it.checkpoint === 'string')) return undefined;
  if (!Array.isArray(items) || !items.every((it: unknown) => isObject(it) && isItem(it))) return undefined;
  try {
    parseNote(checkpoint);
  } catch (error) {
    if (error instanceof NoteFault) return undefined;
    throw error;
  }
  // Every member has just been looked at.
  return document as unknown as SampleFile;
}

function isEntry({ log_index, inclusion_proof, opening }: JsonObject): boolean {
  return (
    isIndex(log_index) &&
    Array.isArray(inclusion_proof) &&
    inclusion_proof.every((it) => typeof it === 'string') &&
    isOpening(opening)
  );
}

function isOpened(entry: unknown): boolean {
  if (!isObject(entry) || !isEntry(entry) || !isObject(entry.protected)) return false;
  return typeof entry.protected.salt === 'string' && isObject(entry.protected.part);
}

function isItem(item: JsonObject): boolean {
  if (typeof item.counted !== 'boolean' || !isIndex(item.log_index)) return false;
  return (item.inclusion_proof === undefined && item.opening === undefined) || isEntry(item);
}

function committedIn({ sample }: JsonObject): Commitment | undefined {
  if (!isObject(sample) || typeof sample.nonce_hash !== 'string') return undefined;
  const { nonce_hash: nonceHash, first_index: first, end_index: end, size } = sample;
  if (!isIndex(first) || !isIndex(end) || !isIndex(size) || end <= first || size === 0) return undefined;
  return { nonceHash, first, end, size };
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
