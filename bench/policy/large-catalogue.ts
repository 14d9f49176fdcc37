import { once } from 'node:events';
import { cpSync, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { contentDigest } from '../../src/catalogue/content-digest.js';
import { packageRoot } from '../../src/platform/paths.js';

const CONSUMERS = 1000;
const FIELDS = ['family_name', 'given_names', 'birth_date', 'street', 'house_number', 'postcode', 'town', 'country'];

/** Names of the n-th rule: no two rules of up to 100,000 name the same consumer and purpose. */
export function namesOfRule(n: number): Readonly<{ id: string; consumer: string; purpose: string }> {
  return {
    id: `amt-${n % CONSUMERS}-meldedaten-${Math.floor(n / CONSUMERS)}`,
    consumer: `amt-${n % CONSUMERS}-online`,
    purpose: `verfahren-${Math.floor(n / CONSUMERS)}`,
  };
}

/** Writes the catalogue of this repository with `count` rules more, written out as people write them. */
export async function writeLargeCatalogue(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(join(packageRoot, 'catalogue'), folder, { recursive: true, filter: (path) => !path.includes('schema') });
  for (const file of ['keys', 'administrators', 'agreements', 'endpoints'])
    writeFileSync(join(folder, `${file}.yaml`), `${file}: []\n`);
  await append(join(folder, 'participants.yaml'), Math.min(count, CONSUMERS), (n) => {
    const { consumer } = namesOfRule(n);
    return `  - id: ${consumer}
    title: { de: Onlinedienst ${n} (Messung), en: Online service ${n} (measurement) }
    kind: online-service
    area: arbeit-soziales
`;
  });
  await append(join(folder, 'purposes.yaml'), Math.ceil(count / CONSUMERS), (n) => {
    const purpose = {
      id: namesOfRule(n * CONSUMERS).purpose,
      version: 1,
      title: { de: `Verfahren ${n} (Messung)`, en: `Procedure ${n} (measurement)` },
      dpv: 'https://w3id.org/dpv#RequestedServiceProvision',
      norm: 'Messung',
      necessary: { meldedaten: FIELDS },
    };
    return `  - id: ${purpose.id}
    version: 1
    title: { de: ${purpose.title.de}, en: ${purpose.title.en} }
    dpv: ${purpose.dpv}
    norm: ${purpose.norm}
    necessary: { meldedaten: [${FIELDS.join(', ')}] }
    hash: ${contentDigest(purpose)}
`;
  });
  await append(join(folder, 'rules.yaml'), count, (n) => {
    const { id, consumer, purpose } = namesOfRule(n);
    return `
  - id: ${id}
    effect: allow
    consumer: ${consumer}
    provider: type:melderegister
    evidence_type: meldedaten
    purpose: ${purpose}
    legal_basis: egovg-5-1-1
    fields: [${FIELDS.join(', ')}]
    attested_by: [online-service, pages]
    min_assurance: substantial
    limits: { requests: { max: 10000, per: hour }, use_days: 90 }
    source: EGovG § 5 Abs. 1; BMG § 34 Abs. 1 Satz 1 Nr. 1, 3, 6, 9
    verified: false
`;
  });
}

async function append(file: string, count: number, entry: (n: number) => string): Promise<void> {
  const stream = createWriteStream(file, { flags: 'a' });
  for (let n = 0; n < count; n++) if (!stream.write(entry(n))) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}
