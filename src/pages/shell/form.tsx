import type { Visit } from '../visit.js';

/** Belongs into every form that is sent by POST. */
export function CsrfField({ visit }: Readonly<{ visit: Visit }>) {
  return visit.account === undefined ? null : <input type="hidden" name="csrf" value={visit.account.csrf} />;
}
