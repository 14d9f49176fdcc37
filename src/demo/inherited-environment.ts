const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT'];

/** What a child process needs of the surroundings; settings and passwords of others do not reach it. */
export function inheritedEnvironment(): Readonly<Record<string, string>> {
  // biome-ignore lint/style/noProcessEnv: passed on, not read
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
