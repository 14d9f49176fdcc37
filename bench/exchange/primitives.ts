import {
  createCipheriv,
  createHash,
  createHmac,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

const BATCHES = 15;
const BATCH_MS = 8;

/** What the protocol needs of one primitive: how often in one exchange, and what for. */
type Need = Readonly<{ times: number; why: string; once: () => void }>;

/**
 * The floor of cryptography: an exchange of two lookups and two retrievals, hence R = 4 requests to registers, and nine
 * entries. What TLS, gRPC, the database and the bare fan-out need is not in it.
 */
function needs(): readonly Need[] {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const data = randomBytes(900);
  const small = randomBytes(64);
  const ecSign = () => sign('sha256', data, ec.privateKey);
  const ecSigned = ecSign();
  const key = createSecretKey(randomBytes(32));
  const seal = () => {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
    cipher.update(data);
    cipher.final();
  };
  return [
    { times: 4, why: 'permission for each request, signed by the intermediary', once: ecSign },
    { times: 4, why: 'trigger for each request, signed by the node', once: ecSign },
    { times: 2, why: 'evidence, signed by the register', once: ecSign },
    {
      times: 4 * 3 + 2,
      why: 'permission, trigger and attestation at each register; evidence at the node',
      once: () => verify('sha256', data, ec.publicKey, ecSigned),
    },
    {
      times: 2,
      why: 'a fresh key for each encryption to the consumer (ECDH-ES)',
      once: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    },
    {
      times: 2 * 2,
      why: 'agreement at register and node',
      once: () => diffieHellman({ privateKey: ec.privateKey, publicKey: ec.publicKey }),
    },
    // One batch for each step that must be durable before the next: before each lookup, before the registers, before the answer.
    { times: 4, why: 'checkpoint of each batch (Ed25519)', once: () => sign(null, data, ed.privateKey) },
    { times: 2 * 2 + 9 * 2, why: 'evidence sealed and opened; record and data key of each entry', once: seal },
    {
      times: 9 * (4 + 2) + 40 * 2 + 30,
      why: 'leaf, salted halves, tree of each entry; disclosures at both ends; digests, commitments',
      once: () => createHash('sha256').update(small).digest(),
    },
    {
      times: 9 * 3 + 8,
      why: 'index of persons in each entry; pseudonyms',
      once: () => createHmac('sha256', key).update(small).digest(),
    },
  ];
}

/** Milliseconds of processor time for what one exchange needs at least. */
export function primitivesMs(log: (line: string) => void): number {
  let total = 0;
  for (const { times, why, once } of needs()) {
    const each = costMs(once);
    total += times * each;
    log(`${times} × ${(each * 1000).toFixed(1)} µs: ${why}`);
  }
  return total;
}

/** Of the batches the one in the middle. */
function costMs(once: () => void): number {
  for (let n = 0; n < 200; n += 1) once();
  const costs = Array.from({ length: BATCHES }, () => {
    const began = process.cpuUsage();
    const until = performance.now() + BATCH_MS;
    let done = 0;
    while (performance.now() < until) {
      for (let n = 0; n < 8; n += 1) once();
      done += 8;
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000 / done;
  });
  return costs.sort((a, b) => a - b)[Math.floor(BATCHES / 2)] ?? 0;
}
