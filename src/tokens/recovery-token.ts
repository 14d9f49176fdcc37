import { claimNumber, claimObject, claimOneOf, claimText } from './claims.js';
import { canonicalBytes } from './digest.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';

export const RECOVERY_TYP = 'einmal-recovery+jwt';
/** Two persons may be a day apart; what the database looked like then must not be decided on much later. */
const RECOVERY_LIFETIME_S = 86_400;

const IDENTIFIER = /^[a-z][a-z0-9-]{0,62}$/;
/** C2SP signed-note, Verifier keys; names of visible ASCII. */
const VERIFIER_KEY = /^[!-*,-~]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{1,200}={0,2}$/;
const HASH = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Size and root of a tree; base64, as in a checkpoint. */
export type TreeState = Readonly<{ size: number; root: string }>;

export const RECOVERY_CAUSES = ['BEHIND', 'FORKED', 'HEAD_INVALID'] as const;
export type RecoveryCause = (typeof RECOVERY_CAUSES)[number];

/** What two persons decide: a part of a log is lost for good, and another log goes on. */
export type RecoveryStatement = Readonly<{
  /** Participant that runs both logs. */
  node: string;
  /** C2SP verifier keys: they name the origins, too. */
  old_log: string;
  new_log: string;
  cause: RecoveryCause;
  /** What was acknowledged, by the checkpoint outside the database; absent where that was lost too. */
  kept?: TreeState;
  /** What the head of the database says. */
  database: TreeState;
  /** Entries that are lost: from an index to before another one, if it is known. */
  lost: Readonly<{ from: number; to?: number }>;
}>;

/** One person's signature. */
export async function signRecovery(
  statement: RecoveryStatement,
  by: { administrator: string; key: SigningKey; nowMs: number },
): Promise<string> {
  const { token } = await signToken(
    { iss: by.administrator, aud: statement.node, statement },
    { typ: RECOVERY_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: RECOVERY_LIFETIME_S },
  );
  return token;
}

/** @throws TokenFault */
export async function verifyRecovery(
  token: string,
  trust: { administrator: string; node: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<RecoveryStatement> {
  const claims = await verifyToken(token, {
    typ: RECOVERY_TYP,
    issuer: trust.administrator,
    audience: trust.node,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: RECOVERY_LIFETIME_S,
  });
  const statement = readStatement(claimObject(claims, 'statement'));
  if (statement.node !== trust.node) throw new TokenFault('BINDING');
  return statement;
}

/** Reads a statement; members that it does not know make it another one. @throws TokenFault */
export function readStatement(given: Readonly<Record<string, unknown>>): RecoveryStatement {
  const lost = claimObject(given, 'lost');
  const statement: RecoveryStatement = {
    node: matching(given, 'node', IDENTIFIER),
    old_log: matching(given, 'old_log', VERIFIER_KEY),
    new_log: matching(given, 'new_log', VERIFIER_KEY),
    cause: claimOneOf(given, 'cause', RECOVERY_CAUSES),
    ...(given.kept !== undefined && { kept: treeState(claimObject(given, 'kept')) }),
    database: treeState(claimObject(given, 'database')),
    lost: { from: count(lost, 'from'), ...(lost.to !== undefined && { to: count(lost, 'to') }) },
  };
  // What somebody signed and this program does not understand must not be taken as agreed.
  if (!canonicalBytes(statement).equals(canonicalBytes(given))) throw new TokenFault('CLAIM');
  return statement;
}

function treeState(given: Readonly<Record<string, unknown>>): TreeState {
  return { size: count(given, 'size'), root: matching(given, 'root', HASH) };
}

// Persons read these before they sign: nothing in them may steer a terminal, or look like another one.
function matching(given: Readonly<Record<string, unknown>>, name: string, pattern: RegExp): string {
  const text = claimText(given, name);
  if (!pattern.test(text)) throw new TokenFault('CLAIM');
  return text;
}

function count(given: Readonly<Record<string, unknown>>, name: string): number {
  const number = claimNumber(given, name);
  if (!Number.isSafeInteger(number) || number < 0) throw new TokenFault('CLAIM');
  return number;
}
