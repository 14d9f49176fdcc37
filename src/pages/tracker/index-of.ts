import { PageFault } from '../page-fault.js';

/** Index of an entry, from the path of a page. @throws PageFault NOT_FOUND */
export function indexOf(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new PageFault('NOT_FOUND');
  return Number(given);
}
