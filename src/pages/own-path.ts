import { PageFault } from './page-fault.js';

/** Characters of a path that waits in a session until a sign-in ends: anybody may begin one, and no form or link here needs more. */
const LONGEST_KEPT = 4000;

/** The path with query that a link names, if it is one of these pages; else the first page: nobody is sent elsewhere from here. */
export function ownPath(given: unknown): string {
  const base = 'http://pages.invalid';
  if (typeof given !== 'string' || !given.startsWith('/')) return '/';
  // A browser reads a backslash as a slash, and drops control characters before it does.
  if (/[\\\p{Cc}]/u.test(given) || !URL.canParse(given, base)) return '/';
  const url = new URL(given, base);
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}

/** The same, to be kept. @throws PageFault REQUEST_NOT_VALID where it is too long: whoever signs in would come back to another page */
export function ownPathToKeep(given: unknown): string {
  const path = ownPath(given);
  if (path.length > LONGEST_KEPT) throw new PageFault('REQUEST_NOT_VALID');
  return path;
}
