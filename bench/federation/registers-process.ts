import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadPackageDefinition, Server, type ServiceDefinition, type sendUnaryData } from '@grpc/grpc-js';
import { loadProtos, REGISTER_PROTOS } from '../../src/platform/proto.js';
import { MutualTlsServer, type TlsIdentity } from '../../src/platform/tls.js';

/** What it is told: how many registers it is, and what each answers after how long. */
export type RegistersTask = Readonly<{ count: number; tls: TlsIdentity; delayMs: number; answerBytes: number }>;

// Many registers in one process: real wire, mutual TLS and connection each, and nothing behind it.
const [{ count, tls, delayMs, answerBytes }] = (await once(process, 'message')) as [RegistersTask];
const jwe = 'A'.repeat(answerBytes);
let hanging: number | null = null;
process.on('message', (message: Readonly<{ hanging: number | null }>) => {
  hanging = message.hanging;
  process.send?.({ hanging });
});

const loaded = loadPackageDefinition(loadProtos(REGISTER_PROTOS)) as never as {
  einmal: { register: { v1: { RegisterService: { service: ServiceDefinition } } } };
};
const ports = await Promise.all(
  Array.from({ length: count }, async (_, index) => {
    const server = new Server();
    server.addService(loaded.einmal.register.v1.RegisterService.service, {
      RetrieveEvidence: async (_call: unknown, done: sendUnaryData<Readonly<{ evidence_jwe: string }>>) => {
        if (hanging === index) return;
        await sleep(delayMs);
        done(null, { evidence_jwe: jwe });
      },
    });
    return new Promise<number>((resolve, reject) =>
      server.bindAsync('localhost:0', new MutualTlsServer(tls), (error, port) =>
        error === null ? resolve(port) : reject(error),
      ),
    );
  }),
);
process.send?.({ ports });
process.once('disconnect', () => process.exit());
