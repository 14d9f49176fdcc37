import type { Administrator } from '../catalogue/catalogue.js';
import { StartFault } from '../platform/run-process.js';
import { canonicalBytes } from '../tokens/digest.js';
import { importVerificationKey, TokenFault, unverifiedIssuer } from '../tokens/jws.js';
import { RECOVERY_TYP, type RecoveryStatement, verifyRecovery } from '../tokens/recovery-token.js';

/** The log is not opened: says what is missing or differs. */
export class RecoveryRefused extends StartFault {
  override readonly name = 'RecoveryRefused';
}

/** What two persons decided, who they are, and their signatures. */
export type Agreed = Readonly<{ statement: RecoveryStatement; by: readonly string[]; signed: readonly string[] }>;

type Trust = Readonly<{ administrators: readonly Administrator[]; node: string; nowMs: number }>;

/** Two different administrators, each with a key that the catalogue names, signed the very same. @throws RecoveryRefused */
export async function agreedStatement(signed: readonly string[], trust: Trust): Promise<Agreed> {
  if (signed.length !== 2) throw new RecoveryRefused('it takes the signatures of exactly two administrators');
  const decisions = [];
  for (const token of signed) decisions.push(await decisionOf(token, trust));
  const [one, other] = decisions;
  if (one === undefined || other === undefined) throw new TypeError('two decisions for two signatures');
  if (one.by === other.by) throw new RecoveryRefused(`both signatures are of ${one.by}: it takes two persons`);
  if (!canonicalBytes(one.statement).equals(canonicalBytes(other.statement)))
    throw new RecoveryRefused('the two signed different statements');
  return { statement: one.statement, by: [one.by, other.by], signed };
}

async function decisionOf(token: string, { administrators, node, nowMs }: Trust) {
  try {
    const by = unverifiedIssuer(token, RECOVERY_TYP);
    const administrator = administrators.find(({ id }) => id === by);
    if (administrator === undefined) throw new RecoveryRefused('a signature is of nobody whom the catalogue names');
    const keys = await Promise.all(administrator.keys.map((key) => importVerificationKey(key)));
    return { by, statement: await verifyRecovery(token, { administrator: by, node, keys, nowMs }) };
  } catch (error) {
    if (error instanceof TokenFault) throw new RecoveryRefused(`a signature is refused: ${error.code}`);
    throw error;
  }
}
