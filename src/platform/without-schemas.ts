/** Fastify compiles schemas of routes. Ours have none: messages are checked where they are decoded. */
const none = (): never => {
  throw new Error('a route has a schema, which nobody compiles');
};

/** For `schemaController`: what Fastify would compile them with takes a tenth of a second to load. */
export const WITHOUT_SCHEMAS = { compilersFactory: { buildValidator: none, buildSerializer: none } } as const;
