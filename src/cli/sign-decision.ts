import { readFile } from 'node:fs/promises';
import { readVersion, versionFilesOf } from '../catalogue/load-catalogue.js';
import { ConfigFault } from '../platform/config.js';
import { type CatalogueDecision, parseDecision, signCatalogueAct } from '../tokens/catalogue-act.js';
import { importSigningKey, TokenFault } from '../tokens/jws.js';

export type SignDecisionOptions = Readonly<{ as: string; key: string; node: string; catalogue?: string }>;

/** An administrator signs what pages show: with their own key, where the pages do not reach, and told in words what it is. */
export async function signDecision(
  statement: string,
  { as: administrator, key, node, catalogue }: SignDecisionOptions,
): Promise<Readonly<{ says: string; signature: string }>> {
  const decision = decisionIn(statement);
  const { version } = decision.proposal;
  if (catalogue !== undefined && readVersion(versionFilesOf(catalogue), []).version !== version)
    throw new ConfigFault([`the files in ${catalogue} are not the version that would be decided on`]);
  const signingKey = await importSigningKey(JSON.parse(await readFile(key, 'utf8')));
  const by = { administrator, node, key: signingKey, nowMs: Date.now() };
  return { says: saidOf(decision), signature: await signCatalogueAct(decision, by) };
}

function decisionIn(statement: string): CatalogueDecision {
  try {
    return parseDecision(statement);
  } catch (error) {
    if (error instanceof TokenFault) throw new ConfigFault(['standard input holds no decision as the pages show it']);
    throw error;
  }
}

function saidOf({ act, proposal: { id, version, activate_at }, reason }: CatalogueDecision): string {
  const moment = activate_at === null ? 'at once' : new Date(activate_at).toISOString();
  return `Signed: ${act} version ${version} (proposal ${id}), for ${moment}, because: ${reason}\nIt counts for ten minutes.\n`;
}
