import type { EvidenceType } from '../catalogue/catalogue.js';
import { type Finding, unknown } from './finding.js';
import type { EvidenceTables, EvidenceView } from './register-config.js';
import { codeOf, lookupFinding, NOBODY, SAMPLE_SIZE, sampleFindings, twiceFinding } from './sample.js';
import type { SqlDatabase } from './sql-database.js';
import { countTwice, selectOf, selectSome } from './sql-select.js';

const NO_COMPANY = { set: 'register-number', kind: 'HRB', court: 'none', number: 'none' } as const;

/** What records of the views say, and how long one takes to find. */
export async function sampleViews(
  database: SqlDatabase,
  { evidence = {}, persons }: EvidenceTables,
  types: readonly EvidenceType[],
  today: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [id, view] of Object.entries(evidence)) {
    const reads = { view, persons, today };
    const { dialect, reading } = database;
    const run = ({ text, values }: Readonly<{ text: string; values: readonly string[] }>) =>
      database.query(text, values);
    const orUnknown = async (rule: string, find: () => Promise<readonly Finding[]>) => {
      try {
        findings.push(...(await find()));
      } catch (error) {
        findings.push(unknown(rule, id, `cannot be told (${codeOf(error)})`, 'run the query of the view by hand'));
      }
    };
    await orUnknown('has records', async () =>
      sampleFindings(id, view, types, await run(selectSome(reads, dialect, SAMPLE_SIZE)), reading),
    );
    await orUnknown('has one record for each subject', async () => {
      const [counted] = await run(countTwice(reads, dialect));
      return [twiceFinding(id, Number(counted?.n ?? 0))];
    });
    const lookup = selectOf(reads, nobodyOf(view), Object.keys(view.attributes), dialect);
    if (lookup !== undefined) findings.push(await lookupFinding(id, () => run(lookup)));
  }
  return findings;
}

function nobodyOf({ company }: EvidenceView) {
  return company === undefined ? NOBODY : { company: NO_COMPANY, representative: null };
}
