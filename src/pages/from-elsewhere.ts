import type { FastifyRequest } from 'fastify';

/**
 * Whether another site had the browser come here (Fetch Metadata, Sec-Fetch-Site). Neighbours under the same domain are elsewhere, too;
 * the address bar is not.
 */
export function isFromElsewhere({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}
