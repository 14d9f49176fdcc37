import type { Purpose } from './catalogue.js';

/**
 * The retention class of records about something that was done for a purpose, as members of an entry: that which the
 * purpose names, else none, which is `standard`.
 */
export function retentionClassOf(
  purpose: Pick<Purpose, 'retention'> | undefined,
): Readonly<{ retentionClass?: string }> {
  return purpose?.retention === undefined ? {} : { retentionClass: purpose.retention };
}
