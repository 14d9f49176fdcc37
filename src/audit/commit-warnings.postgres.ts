import type { PoolClient } from 'pg';

/**
 * Watches a connection while it commits. A synchronous standby that is missing, and a cancelled wait for it, answer
 * success with a warning: then the commit is not as durable as promised.
 */
export function watchCommit(client: PoolClient): Readonly<{ demandDurable(): void; unwatch(): void }> {
  const warnings: string[] = [];
  const listen = (notice: { severity: string | undefined; code: string | undefined }): void => {
    if (notice.severity === 'WARNING') warnings.push(notice.code ?? '');
  };
  client.on('notice', listen);
  return {
    demandDurable() {
      if (warnings.length > 0) throw new Error(`the commit succeeded with a warning ${warnings.join(' ')}`);
    },
    unwatch: () => void client.off('notice', listen),
  };
}
