import fastify from 'fastify';

const HOST = '127.0.0.1';
const PATH = '/fault';
const LONGEST_DELAY_MS = 600_000;

/** How a simulator misbehaves from now on. */
export type Control<M extends string> = Readonly<{
  mode: M;
  /** Milliseconds, for the modes that are late. */
  delay_ms: number;
  /** Share of the requests that it falls on, from 0 to 1; the others are answered as without it. */
  share: number;
}>;

/** What one request meets. */
export type FaultSwitch<M extends string> = Readonly<{
  now(): Readonly<{ mode: M; delayMs: number }>;
  close(): Promise<void>;
}>;

/**
 * Admin port of a simulator, on loopback and without a login: `GET /fault` says how it misbehaves and in which ways it could,
 * `PUT /fault` changes it, for example to `{"mode": "hang"}`. Nothing that runs in production has one.
 */
export async function openFaultSwitch<M extends string>(
  port: number,
  modes: readonly M[],
  none: NoInfer<M>,
): Promise<FaultSwitch<M>> {
  let control: Control<M> = { mode: none, delay_ms: 0, share: 1 };
  const server = fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
  server.get(PATH, () => ({ ...control, modes }));
  server.put<{ Body: Control<M> }>(
    PATH,
    {
      schema: {
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['mode'],
          properties: {
            mode: { enum: modes },
            delay_ms: { type: 'integer', minimum: 0, maximum: LONGEST_DELAY_MS, default: 0 },
            share: { type: 'number', minimum: 0, maximum: 1, default: 1 },
          },
        },
      },
    },
    ({ body }) => {
      control = body;
      return control;
    },
  );
  await server.listen({ host: HOST, port });
  return {
    now: () => {
      const { mode, delay_ms, share } = control;
      return { mode: Math.random() < share ? mode : none, delayMs: delay_ms };
    },
    close: () => server.close(),
  };
}

/** Changes how the simulator with this admin port misbehaves. @throws Error where it does not take it */
export async function setFault<M extends string>(port: number, control: Partial<Control<M>>): Promise<void> {
  const response = await fetch(faultUrl(port), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(control),
  });
  if (!response.ok) throw new Error(`the simulator does not take ${JSON.stringify(control)}: ${response.status}`);
}

export function faultUrl(port: number): string {
  return `http://${HOST}:${port}${PATH}`;
}
