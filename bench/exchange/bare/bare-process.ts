import { once } from 'node:events';
import {
  type Client,
  credentials,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type ServiceError,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { BROKER_PROTOS, loadProtos, REGISTER_PROTOS } from '../../../src/platform/proto.js';

/** What it is told: what it answers as a register, or whom it asks as the one that fans out. */
export type BareTask = Readonly<{ role: 'register'; answerBytes: number } | ({ role: 'fan-out' } & Asked)>;

/** Whom Einmal asks for the same exchange, as often: persons one after another, registers all at once. */
type Asked = Readonly<{ directory: string; lookups: number; registers: readonly string[] }>;

type Calls = Client &
  Record<string, (request: unknown, done: (error: ServiceError | null, answer: Answer) => void) => void>;
type Answer = Readonly<Record<string, unknown>>;
type Handler = (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => void;

const protos = loadPackageDefinition(loadProtos([...BROKER_PROTOS, ...REGISTER_PROTOS])) as never as {
  einmal: Record<
    string,
    Record<string, Record<string, { service: ServiceDefinition; new (...args: unknown[]): Calls }>>
  >;
};
const serviceOf = (part: 'broker' | 'register', name: string) => {
  const found = protos.einmal[part]?.v1?.[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
};

/** What Einmal states in a request, without what proves it. */
const STATED = {
  retrieval_id: '00000000-0000-4000-8000-000000000000',
  consumer: 'familienkasse-online',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
};
const PERSON = { family_name: 'Mustermann', town: 'Bremen', postcode: '28195', birth_date: '1970-01-01' };
const ABOUT = {
  evidence_type: 'meldedaten',
  fields: ['family_name', 'given_names', 'birth_date', 'street', 'house_number', 'postcode', 'town', 'country'],
  person: { idnr: '00000000000', birth_date: '1970-01-01' },
};

const [task] = (await once(process, 'message')) as [BareTask];
let answered = 0;
process.on('message', () => process.send?.({ answered }));

const server = new Server();
if (task.role === 'register') {
  const evidence_jwe = 'A'.repeat(task.answerBytes);
  server.addService(serviceOf('register', 'RegisterService').service, {
    RetrieveEvidence: answering(() => ({ evidence_jwe })),
  });
  server.addService(serviceOf('register', 'IdentityDirectoryService').service, {
    LookupPerson: answering(() => ({ idnr: '00000000000', birth_date: '1970-01-01' })),
  });
} else {
  const { directory, lookups, registers } = task;
  const lookUp = caller(serviceOf('register', 'IdentityDirectoryService'), directory, 'LookupPerson');
  const asks = registers.map((address) =>
    caller(serviceOf('register', 'RegisterService'), address, 'RetrieveEvidence'),
  );
  const fanOut: Handler = async ({ request }, done) => {
    try {
      const { request_id } = request as Readonly<Record<string, unknown>>;
      for (let n = 0; n < lookups; n += 1) await lookUp({ ...STATED, address_key: PERSON });
      const answers = await Promise.all(asks.map((ask) => ask({ ...STATED, ...ABOUT })));
      answered += 1;
      done(null, { exchange_id: request_id, evidence: answers.map((it) => ({ sd_jwt: it.evidence_jwe })) });
    } catch (error) {
      done(error as ServiceError);
    }
  };
  server.addService(serviceOf('broker', 'PrefillService').service, { PrefillForm: fanOut });
}
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.send?.({ port });
});
process.once('disconnect', () => process.exit());

function answering(answer: () => Answer): Handler {
  return (_call, done) => {
    answered += 1;
    done(null, answer());
  };
}

function caller(
  Service: new (...args: unknown[]) => Calls,
  address: string,
  method: string,
): (request: unknown) => Promise<Answer> {
  const client = new Service(address, credentials.createInsecure());
  return (request) =>
    new Promise((resolve, reject) =>
      client[method]?.(request, (error: ServiceError | null, answer: Answer) =>
        error === null ? resolve(answer) : reject(error),
      ),
    );
}
