import { type Finding, fails, holds } from './finding.js';
import type { DirectoryViews, EvidenceTables } from './register-config.js';
import type { SqlDatabase, TableFault } from './sql-database.js';

export type ExpectedView = Readonly<{ view: string; columns: readonly string[] }>;

const TODO: Readonly<Record<TableFault, string>> = {
  'has no such schema': 'create the schema, or correct "view"',
  'does not exist': 'create the view, or correct "view"',
  'lacks a configured column': 'add the column to the view, or correct its name in the file',
  'may not be read by the configured role': 'grant the role SELECT on the view, and USAGE on its schema',
};

const THERE = 'is there with its columns';
const READ_ONLY = 'may only be read';

/** Whether the views are there as configured, and only readable. */
export async function checkViews(database: SqlDatabase, views: readonly ExpectedView[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { view, columns } of views) {
    const about = `view ${view}`;
    const table = await database.describe(view, columns);
    if (typeof table === 'string') {
      const missing = table === 'lacks a configured column' ? await missingOf(database, view, columns) : [];
      const fault = missing.length === 0 ? table : `${table}: ${missing.join(', ')}`;
      findings.push(fails(THERE, about, fault, TODO[table]));
      continue;
    }
    findings.push(holds(THERE, about));
    const todo = 'use a role of its own that has SELECT on the views and nothing else';
    findings.push(
      table.mayWrite ? fails(READ_ONLY, about, 'may be changed by the configured role', todo) : holds(READ_ONLY, about),
    );
  }
  return findings;
}

async function missingOf(database: SqlDatabase, view: string, columns: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const column of new Set(columns))
    if ((await database.describe(view, [column])) === 'lacks a configured column') missing.push(column);
  return missing;
}

export function evidenceViews({ evidence = {}, persons }: EvidenceTables): readonly ExpectedView[] {
  const views = Object.values(evidence).map(
    ({ view, person, company, as_of, valid_from, valid_until, attributes }) => ({
      view,
      columns: [
        ...Object.values(person ?? company ?? {}),
        as_of,
        ...[valid_from, valid_until].filter((it) => it !== undefined),
        ...Object.values(attributes),
      ],
    }),
  );
  if (persons === undefined) return views;
  const { view, ...columns } = persons;
  return [...views, { view, columns: Object.values(columns) }];
}

export function directoryViews({ person, representative }: DirectoryViews): readonly ExpectedView[] {
  return [
    { view: person.view, columns: Object.values(person.columns) },
    { view: representative.view, columns: Object.values(representative.columns) },
  ];
}
