import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { e2eSystem, named } from '../support/e2e-system.js';

const run = promisify(execFile);

it('einmal audit purge runs beside a node, with a login of its own, and erases nothing of a young log (IDNrG § 9 Abs. 3)', async () => {
  const { catalogue, dataFolder, keys, logins, trust } = e2eSystem();
  const environment = {
    PATH: process.env.PATH,
    EINMAL_PARTICIPANT: 'node',
    EINMAL_CATALOGUE: catalogue,
    EINMAL_KEYS: named(keys, 'node'),
    EINMAL_LOG_ORIGIN: trust.log.split('+')[0],
    EINMAL_CHECKPOINT_FILE: join(dataFolder, 'state', 'checkpoint'),
    DATABASE_URL: named(logins, 'node'),
    EINMAL_PURGE_DATABASE_URL: named(logins, 'purge'),
  };
  const { stdout, stderr } = await run(process.execPath, ['dist/src/cli/main.js', 'audit', 'purge'], {
    env: environment,
  });
  expect([stdout, stderr]).toEqual(['', '0 erasures stated in the log\n']);
});
