import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader';
import { protoFolder } from '../src/platform/paths.js';

/**
 * A register's own system, which its register edge reads over gRPC. Usage: node dist/examples/record-service.js <folder> <port>
 * The folder has ca.pem, cert.pem and key.pem: whom it lets ask, and what it shows.
 */
const [folder = '.', port = '50100'] = process.argv.slice(2);

// 1. The register as it is. Persons are synthetic.
type Student = Readonly<Record<string, string | null>>;
const STUDENTS: readonly Student[] = [
  {
    ...{ idnr: '02476291358', geboren: '2004-08-12', gesperrt: null, stand: '2026-10-05T06:00:00Z' },
    ...{ nachname: 'Musterfrau', vornamen: 'Erika', matrikel: '900001', hochschule: 'Hochschule Musterstadt' },
    ...{ studiengang: 'Informatik', abschluss: '1', fachsemester: '3', von: '2025-10-01', bis: null },
  },
  {
    ...{ idnr: '02293417683', geboren: '2003-01-31', gesperrt: '2024-05-01', stand: '2026-10-05T06:00:00Z' },
    ...{ nachname: 'Mustermann', vornamen: 'Max', matrikel: '900002', hochschule: 'Hochschule Musterstadt' },
    ...{ studiengang: 'Chemie', abschluss: '2', fachsemester: '7', von: '2023-10-01', bis: '2027-03-31' },
  },
];
const COLUMNS = Object.keys(STUDENTS[0] ?? {});

// 2. Found by both keys; of a record only what is asked for. Null is left out by the encoder: it says "no value".
type Asked = Readonly<{
  evidence_type?: string;
  key?: Readonly<{ person?: Readonly<{ idnr?: string; birth_date?: string }> }>;
  columns?: readonly string[];
}>;

function findRecords({ request }: ServerUnaryCall<Asked, object>, answer: sendUnaryData<object>): void {
  const { evidence_type, key, columns = [] } = request;
  if (evidence_type !== 'studienbescheinigung' || !columns.every((it) => COLUMNS.includes(it))) {
    answer({ code: status.INVALID_ARGUMENT });
    return;
  }
  const found = STUDENTS.filter((it) => it.idnr === key?.person?.idnr && it.geboren === key?.person?.birth_date);
  const records = found.map((it) => ({
    key: { person: { idnr: it.idnr, birth_date: it.geboren } },
    blocked: it.gesperrt !== null,
    as_of_time: { seconds: Date.parse(it.stand ?? '') / 1000 },
    values: columns.map((column) => ({ column, text: it[column] })),
  }));
  answer(null, { records });
}

// 3. Served to whoever shows a certificate of the authority.
const file = 'einmal/source/v1/record_service.proto';
const definition = loadSync(file, { keepCase: true, includeDirs: [protoFolder] });
const read = (name: string) => readFileSync(join(folder, `${name}.pem`));
const shown = { cert_chain: read('cert'), private_key: read('key') };
const server = new Server();
server.addService(definition['einmal.source.v1.RecordService'] as ServiceDefinition, { FindRecords: findRecords });
server.bindAsync(`localhost:${port}`, ServerCredentials.createSsl(read('ca'), [shown], true), (error) => {
  if (error !== null) throw error;
  process.stderr.write('serving\n');
});
