import type { FastifyRequest } from 'fastify';

/**
 * Whether a page of another site sent the browser here (Fetch Metadata, Sec-Fetch-Site). To look asks registers and is on record, and
 * cookies of the kind `Lax` come along with a link: no other site may have somebody ask.
 */
export function isFromElsewhere({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}
