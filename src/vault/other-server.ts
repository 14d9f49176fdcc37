import type { Pool } from 'pg';
import { ConfigFault } from '../platform/config.js';

/**
 * A base backup is of a whole server: a vault on the one of the log would be restored with it, and remember nothing
 * that the log has forgotten. @throws ConfigFault
 */
export async function demandOtherServer(log: Pool, vault: Pool): Promise<void> {
  const [one, other] = await Promise.all([log, vault].map(identify));
  if (one === other)
    throw new ConfigFault([
      'EINMAL_VAULT_DATABASE_URL must be on another server than DATABASE_URL: a backup holds both',
    ]);
}

async function identify(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>('select system_identifier::text as id from pg_control_system()');
  return rows[0]?.id;
}
