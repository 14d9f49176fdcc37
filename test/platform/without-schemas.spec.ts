import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { WITHOUT_SCHEMAS } from '../../src/platform/without-schemas.js';

describe('a server without compilers for schemas', () => {
  it('serves routes that have none', async () => {
    const server = fastify({ schemaController: WITHOUT_SCHEMAS });
    server.post('/echo', async ({ body }) => ({ body }));
    const { statusCode, body } = await server.inject({ method: 'POST', url: '/echo', payload: { a: 1 } });
    expect([statusCode, body]).toEqual([200, '{"body":{"a":1}}']);
    expect((await server.inject({ url: '/nowhere' })).statusCode).toBe(404);
  });

  it.each([
    ['a request', { body: { type: 'object' } }],
    ['an answer', { response: { 200: { type: 'object' } } }],
  ])('does not start with a schema of %s', async (_what, schema) => {
    const server = fastify({ schemaController: WITHOUT_SCHEMAS });
    server.post('/echo', { schema }, async () => ({}));
    await expect(server.ready()).rejects.toThrow('a route has a schema');
  });
});
