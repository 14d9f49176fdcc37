/** The path with query that a link names, if it is one of these pages; else the first page: nobody is sent elsewhere from here. */
export function ownPath(given: unknown, longest = 500): string {
  const base = 'http://pages.invalid';
  if (typeof given !== 'string' || given.length > longest || !given.startsWith('/')) return '/';
  // A browser reads a backslash as a slash, and drops control characters before it does.
  if (/[\\\p{Cc}]/u.test(given) || !URL.canParse(given, base)) return '/';
  const url = new URL(given, base);
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
