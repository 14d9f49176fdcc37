/** Also after failed tests; a killed run ends its processes by itself. */
export default async function teardown() {
  await globalThis.__EINMAL_TEST_SYSTEM__?.stop();
}
