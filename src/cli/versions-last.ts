/** A version of the catalogue that begins like an option; no option is as long. */
const LIKE_AN_OPTION = /^-[\w-]{42}$/;

/** One version in 64 begins with "-" (base64url): such an argument goes behind "--", where nothing is taken for an option. */
export function versionsLast(given: readonly string[]): string[] {
  if (given.includes('--')) return [...given];
  const isVersion = (it: string, at: number) => LIKE_AN_OPTION.test(it) && given[at - 1]?.startsWith('--') !== true;
  const versions = given.filter(isVersion);
  const others = given.filter((it, at) => !isVersion(it, at));
  return versions.length === 0 ? others : [...others, '--', ...versions];
}
