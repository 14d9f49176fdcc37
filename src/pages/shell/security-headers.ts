import type { FastifyInstance } from 'fastify';
import { keeping } from './assets.js';

/**
 * No script or style within a page, nothing from elsewhere, in nobody's frame. Icons of KERN are data: URLs in its style
 * sheet.
 */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: with it a browser sends forms with the origin "null". To others the path, which may hold a link, is not told.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'x-robots-tag': 'noindex',
};

export function addSecurityHeaders(server: FastifyInstance, isHttps: boolean): void {
  server.addHook('onSend', async (request, reply) => {
    reply.headers(HEADERS);
    if (isHttps) reply.header('strict-transport-security', 'max-age=31536000');
    reply.header('cache-control', keeping(request.originalUrl, reply.statusCode));
  });
}
