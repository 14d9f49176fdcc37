import pg from 'pg';
import { ConfigFault } from '../platform/config.js';
import type { RegisterConfig } from './register-config.js';

type ExpectedView = Readonly<{ view: string; columns: readonly string[] }>;

/** Undefined table or column, no right to read. */
const DEFINITION_FAULTS: Readonly<Record<string, string>> = {
  '3F000': 'has no such schema',
  '42P01': 'does not exist',
  '42703': 'lacks a configured column',
  '42501': 'may not be read by the configured role',
};

/** Whether the views are there as configured, and only readable. @throws ConfigFault with every fault */
export async function checkViews(pool: pg.Pool, config: RegisterConfig): Promise<void> {
  const faults: string[] = [];
  for (const { view, columns } of viewsOf(config)) {
    const quoted = view.split('.').map(pg.escapeIdentifier).join('.');
    try {
      await pool.query(`select ${columns.map(pg.escapeIdentifier).join(', ')} from ${quoted} limit 0`);
      const { rows } = await pool.query<{ may_write: boolean }>(
        `select has_table_privilege($1, 'insert, update, delete, truncate') as may_write`,
        [quoted],
      );
      if (rows[0]?.may_write === true) faults.push(`view ${view} may be changed by the configured role`);
    } catch (error) {
      const known = error instanceof pg.DatabaseError ? DEFINITION_FAULTS[error.code ?? ''] : undefined;
      if (known === undefined) throw error;
      faults.push(`view ${view} ${known}`);
    }
  }
  if (faults.length > 0) throw new ConfigFault(faults);
}

function viewsOf({ evidence = {}, directory }: RegisterConfig): readonly ExpectedView[] {
  const views = Object.values(evidence).map(({ view, person, company, as_of, available_at, attributes }) => ({
    view,
    columns: [
      ...Object.values(person ?? company ?? {}),
      as_of,
      ...(available_at === undefined ? [] : [available_at]),
      ...Object.values(attributes),
    ],
  }));
  if (directory === undefined) return views;
  const { person, representative } = directory;
  return [
    ...views,
    { view: person.view, columns: Object.values(person.columns) },
    { view: representative.view, columns: Object.values(representative.columns) },
  ];
}
