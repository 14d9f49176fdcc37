import { rm } from 'node:fs/promises';

export default async function teardown() {
  const started = globalThis.__EINMAL_TEST_PG__;
  if (started === undefined) return;
  await started.server.stop();
  for (const folder of started.folders) await rm(folder, { recursive: true, force: true });
}
