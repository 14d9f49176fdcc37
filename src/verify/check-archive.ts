import { createHash } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import { calculateJwkThumbprint } from 'jose';
import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parseTlogProof } from '#libs/tlog/tlog-proof.js';
import type { Asked, KeySet, OwnDecision, PrefillAnswer, Receipt } from './answer.js';
import type { Archive, ArchivedDecision, ArchivedEntry, ArchivedEvidence } from './archive.js';
import { ARCHIVE_SCHEMA } from './archive-schema.js';
import { isObject, type JsonObject } from './document.js';
import { leafOf } from './leaf.js';
import { type DocumentTrust, type LogTrust, openTrusted } from './log-trust.js';
import { type Check, check, ownKeysCheck, type Report, report } from './report.js';
import { type Verification, verifyAnswer } from './verify-answer.js';

const FORM = 'the archive is whole and in the known form';
const PARTS: Readonly<Record<Exclude<keyof Verification, 'faults'>, string>> = {
  evidence: 'each piece of evidence is signed by its register and undamaged',
  permission: 'each is for this authority, its purpose and its norm, and holds nothing else',
  trigger: 'each rests on one decision of the authority that the log recorded before',
  inclusion: 'what was released is what the log recorded',
};

/** An entry whose proof holds. */
type Proven = Readonly<{ check: Check; receipt?: Receipt }>;

/**
 * Verifies an archive with nothing but itself and the key of the log: neither the keys that are in use today nor the
 * records of the log are asked. The checks come in the order of the file; the first that fails names the member.
 */
export async function checkArchive(document: JsonObject, { ownKeys, ...trust }: DocumentTrust): Promise<Report> {
  const misshapen = formFault(document);
  if (misshapen !== undefined) return report({}, [{ what: FORM, state: 'unknown', detail: misshapen }]);
  // Every member has just been looked at.
  const archive = document as unknown as Archive;
  const isOwnKey = trust.vkey === undefined && trust.policy === undefined;
  const trusted: LogTrust = isOwnKey ? { vkey: archive.log } : trust;
  const prove = (at: string, entry: ArchivedEntry) => proven(at, entry, trusted, archive.log);

  const summary = prove('entry', archive.entry);
  const pieces = archive.evidence.map((piece, i) => {
    const at = `evidence ${i + 1}`;
    return {
      at,
      piece,
      closed: prove(`${at}, entry`, piece.entry),
      granted: prove(`${at}, decision`, piece.decision),
      keyEntries: piece.issuer_key.entries.map((entry, k) => prove(`${at}, issuer_key, entry ${k + 1}`, entry)),
    };
  });
  const checks: Check[] = [{ what: FORM, state: 'holds' }, summary.check];
  for (const { at, piece, closed, granted, keyEntries } of pieces) {
    checks.push(
      closed.check,
      granted.check,
      decisionCheck(at, archive, piece, [granted, closed]),
      ...keyEntries.map((it) => it.check),
    );
    checks.push(await keyCheck(at, piece), validityCheck(at, piece, closed, keyEntries));
  }
  checks.push(exchangeCheck(archive));
  const receipts = [summary, ...pieces.map(({ closed }) => closed)].map(({ receipt }) => receipt);
  if (receipts.every((it) => it !== undefined)) checks.push(...(await answerChecks(archive, receipts)));
  if (isOwnKey && !ownKeys) checks.push(ownKeysCheck('that of the log'));
  const failed = checks.find(({ state }) => state === 'fails');
  return report(
    {
      evidence: archive.evidence.length,
      consumer: archive.consumer,
      ...(isOwnKey && { key_of_the_log: 'taken from the archive itself' }),
      ...(failed !== undefined && { first_that_does_not_hold: failed.what }),
    },
    checks,
  );
}

const isArchive = new Ajv2020({ strictTypes: false }).compile<Archive>(ARCHIVE_SCHEMA);

/** Names the member, never a value. */
function formFault(document: JsonObject): string | undefined {
  if (isArchive(document)) return undefined;
  const [error] = (isArchive.errors ?? []) as readonly ErrorObject[];
  const where = error?.instancePath === '' ? 'the archive' : error?.instancePath;
  const extra = error?.params.additionalProperty;
  return `${where} ${error?.message}${typeof extra === 'string' ? `: ${extra}` : ''}`;
}

function proven(at: string, { opening, tlog_proof }: ArchivedEntry, trust: LogTrust, named: string): Proven {
  const what = `${at}: the log contains it as it stands here`;
  const fault = (detail: string): Proven => ({ check: { what, state: 'fails', detail } });
  try {
    const { index, proof, checkpoint: note, extra } = parseTlogProof(tlog_proof);
    const opened = openTrusted(note, trust);
    const [broken] = opened.checks.filter(({ state }) => state !== 'holds');
    if (!('checkpoint' in opened)) return { check: { ...broken, what, state: broken?.state ?? 'unknown' } };
    if (opened.vkey !== named) return fault('the archive names another log');
    if (extra !== undefined) return fault('the proof carries something that nobody signed');
    const { size, root } = opened.checkpoint;
    const entry = leafOf(opening);
    verifyInclusion({ index, size, leafHash: leafHash(entry), proof, root });
    const receipt = {
      ...{ log_index: index, tree_size: size, root_hash: root.toString('base64'), checkpoint: note, opening },
      ...{ inclusion_proof: proof.map((hash) => hash.toString('base64')), entry: entry.toString('base64') },
    };
    return { receipt, check: { what, state: 'holds', leaf: index } };
  } catch (error) {
    if (error instanceof NoteFault || error instanceof ProofFault) return fault(error.message);
    throw error;
  }
}

/** The half that the authority wrote itself: norm, file, official. */
function decisionCheck(
  at: string,
  { consumer }: Archive,
  { decision }: ArchivedEvidence,
  [granted, closed]: readonly [Proven, Proven],
): Check {
  const { caller, protected_hash } = decision.opening;
  const faults: string[] = [];
  if (!protectedHash(decision).equals(Buffer.from(protected_hash, 'base64')))
    faults.push('attributes, file reference or official are not what the log recorded');
  if (caller.event !== 'trigger.granted') faults.push('the entry is not about a decision');
  if (caller.consumer !== consumer) faults.push('somebody else decided');
  if (granted.receipt && closed.receipt && granted.receipt.log_index >= closed.receipt.log_index)
    faults.push('it was made after the evidence came');
  return check(`${at}, decision: norm, file reference and official are what the log recorded`, faults);
}

function protectedHash({ protected: { salt, part } }: ArchivedDecision): Buffer {
  return createHash('sha256')
    .update(Buffer.from(salt, 'base64'))
    .update(canonicalize(part) ?? '')
    .digest();
}

async function keyCheck(at: string, { entry, issuer_key }: ArchivedEvidence): Promise<Check> {
  const what = `${at}, issuer_key: it is the key that the log named when the evidence came`;
  const recorded = entry.opening.caller.key_thumbprint;
  const thumbprint = await calculateJwkThumbprint({ ...issuer_key.jwk }).catch(() => undefined);
  if (thumbprint === undefined) return check(what, ['it is no public key']);
  return check(what, recorded === thumbprint ? [] : ['the log named another key']);
}

/**
 * The entry of the retrieval names the key itself; the entries about the key say since when. Nothing says that none was left out:
 * where none is before the evidence, it cannot be told.
 */
function validityCheck(
  at: string,
  { entry, issuer_key }: ArchivedEvidence,
  closed: Proven,
  proofs: readonly Proven[],
): Check {
  const what = `${at}, issuer_key: it was in force when the evidence came`;
  if (closed.receipt === undefined || proofs.some(({ receipt }) => receipt === undefined))
    return { what, state: 'unknown', detail: 'an entry of the log is not proven' };
  const came = closed.receipt.log_index;
  const faults: string[] = [];
  for (const { opening } of issuer_key.entries) {
    if (opening.caller.key_thumbprint !== entry.opening.caller.key_thumbprint)
      faults.push('an entry is about another key');
    if (opening.caller.event !== 'key.added' && opening.caller.event !== 'key.removed')
      faults.push('an entry is not about a key');
  }
  const changes = proofs.flatMap(({ receipt }) => receipt ?? []);
  if (changes.some(({ log_index }, i) => log_index <= (changes[i - 1]?.log_index ?? -1)))
    faults.push('the entries are not in order');
  const before = changes.filter(({ log_index }) => log_index < came).at(-1);
  // What was added only afterwards was not there, or had gone.
  const isOut = before === undefined ? changes[0]?.opening.caller.event === 'key.added' : isRemoval(before);
  if (isOut) faults.push('it was not in force then');
  if (faults.length > 0) return check(what, faults);
  if (before === undefined)
    return { what, state: 'unknown', detail: 'named by the log then; no entry here says since when' };
  return { what, state: 'holds', detail: `since ${before.opening.caller.log_time}` };
}

function isRemoval({ opening }: Receipt): boolean {
  return opening.caller.event === 'key.removed';
}

function exchangeCheck({ exchange_id, entry, evidence }: Archive): Check {
  const refs = [entry, ...evidence.map((piece) => piece.entry)].map(({ opening }) => opening.caller.exchange_ref);
  const faults = refs.every((it) => it === exchange_id) ? [] : ['an entry belongs to another exchange'];
  return check('exchange_id: all of it is one exchange', faults);
}

async function answerChecks(archive: Archive, [summary, ...closed]: readonly Receipt[]): Promise<readonly Check[]> {
  if (summary === undefined) return [];
  const { consumer, exchange_id, fields, not_delivered, release_salt } = archive;
  const evidence = archive.evidence.flatMap((piece, i) => {
    const receipt = closed[i];
    return receipt === undefined ? [] : [{ ...piece, receipt }];
  });
  const items = not_delivered.map((it) => ({ ...it, state: '', manual: '' }));
  const answer: PrefillAnswer = {
    ...{ exchange_id, fields, evidence, release_salt },
    ...{ state: 'INCOMPLETE', not_delivered: items, receipt: summary },
  };
  const registers: Record<string, KeySet> = {};
  for (const { register, issuer_key } of archive.evidence)
    registers[register] = { keys: [...(registers[register]?.keys ?? []), issuer_key.jwk] };
  const asked: Asked = { consumer, decisions: archive.evidence.map(decisionOf) };
  const verified = await verifyAnswer(answer, asked, { registers, node: { keys: [] }, log: archive.log });
  return Object.entries(PARTS).map(([part, what]) =>
    check(
      what,
      verified.faults.flatMap((it) => (it.startsWith(`${part}: `) ? [it.slice(part.length + 2)] : [])),
    ),
  );
}

/** What the log recorded of the decision; the version of the purpose stands in the evidence alone, signed by the register. */
function decisionOf({ decision, sd_jwt }: ArchivedEvidence): OwnDecision {
  const { trigger_id, evidence_type, subject_role, legal_basis, purpose } = decision.opening.caller;
  return {
    trigger_id: String(trigger_id),
    evidence_type: String(evidence_type),
    subject_role: String(subject_role),
    fields: decision.protected.part.attributes,
    legal_basis: String(legal_basis),
    purpose: String(purpose),
    purpose_hash: purposeHash(sd_jwt),
  };
}

function purposeHash(sdJwt: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return isObject(claims) ? String(claims.purpose_hash) : '';
  } catch {
    return '';
  }
}
