import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { AccessRefused, AccessTokens } from '../../src/client/access-tokens.js';
import { type Applicant, toSubject } from '../../src/client/applicant.js';
import { attestDecisions } from '../../src/client/attest-decisions.js';
import type { NodeProfile } from '../../src/client/node-profile.js';
import type { ServiceDescription } from '../../src/client/service-description.js';
import { freePort } from '../../src/demo/free-port.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { verifyClientAssertion } from '../../src/tokens/access-token.js';
import { verifyAttestation } from '../../src/tokens/attestation.js';
import { importVerificationKey, readSigningKey, type VerificationKey } from '../../src/tokens/jws.js';
import { subjectCommitment } from '../../src/tokens/subject-commitment.js';

const CLIENT = 'familienkasse-online';
const NOW = Date.parse('2026-11-23T10:00:00Z');
const NOBODY_ELSE = { may_be_represented_by: undefined, representations: [] } as const;
const participants: readonly Participant[] = [
  { id: CLIENT, title: { de: 'Onlinedienst' }, kind: 'online-service', area: 'wirtschaft-finanzen' },
  { id: 'node', title: { de: 'Knoten' }, kind: 'node', area: 'inneres' },
];

let folder: string;
let pki: Pki;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-client-'));
  pki = await createPki(folder, participants);
});

afterAll(() => rm(folder, { recursive: true }));

async function publicKeys(use: string): Promise<readonly VerificationKey[]> {
  const own = pki.keys.find(({ participant }) => participant === CLIENT)?.keys ?? [];
  return Promise.all(own.filter((it) => it.use === use).map(importVerificationKey));
}

describe('access tokens of a client (RFC 7523bis, RFC 8705)', () => {
  let server: Server;
  let profile: NodeProfile;
  const asked: URLSearchParams[] = [];
  let answer: { status: number; body: string } = { status: 500, body: '' };

  beforeAll(async () => {
    const port = await freePort();
    server = createServer(
      { ...readTlsIdentity(pki.folderOf('node')), requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
      (request, reply) => {
        let form = '';
        request.on('data', (chunk: Buffer) => {
          form += chunk.toString();
        });
        request.on('end', () => {
          asked.push(new URLSearchParams(form));
          reply.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
        });
      },
    ).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const certificates = pki.keys.find(({ participant }) => participant === 'node')?.certificates ?? [];
    profile = {
      client: CLIENT,
      keys: pki.folderOf(CLIENT),
      node: {
        participant: 'node',
        grpc: 'localhost:1',
        server_name: 'localhost',
        issuer: `https://localhost:${port}`,
        certificates,
      },
    };
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const tokensFor = async (own: NodeProfile = profile) =>
    new AccessTokens(own, readTlsIdentity(own.keys), await readSigningKey(own.keys, 'client-assertion'));
  const grant = (token: string, expires_in: number) => {
    answer = { status: 200, body: JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in }) };
  };

  it('asks with a signed assertion for the issuer alone, and keeps the token while it lasts', async () => {
    const tokens = await tokensFor();
    asked.length = 0;
    grant('first', 600);
    expect([await tokens.current(), await tokens.current()]).toEqual(['first', 'first']);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.get('grant_type')).toBe('client_credentials');
    await expect(
      verifyClientAssertion(asked[0]?.get('client_assertion') ?? '', {
        client: CLIENT,
        issuer: profile.node.issuer,
        keys: await publicKeys('client-assertion'),
        nowMs: Date.now(),
      }),
    ).resolves.toMatchObject({ jti: expect.any(String) });
  });

  it('asks again before the token ends, with another assertion', async () => {
    const tokens = await tokensFor();
    asked.length = 0;
    grant('short', 10);
    await tokens.current();
    grant('next', 600);
    expect(await tokens.current()).toBe('next');
    expect(asked[0]?.get('client_assertion')).not.toBe(asked[1]?.get('client_assertion'));
  });

  it('tells a refusal by the code of RFC 6749 § 5.2, and tries again afterwards', async () => {
    const tokens = await tokensFor();
    answer = { status: 401, body: '{"error":"invalid_client"}' };
    await expect(tokens.current()).rejects.toEqual(new AccessRefused(401, 'invalid_client'));
    grant('later', 600);
    expect(await tokens.current()).toBe('later');
  });

  it('says of a node that is not reachable what every call says of it', async () => {
    const issuer = `https://localhost:${await freePort()}`;
    const tokens = await tokensFor({ ...profile, node: { ...profile.node, issuer } });
    await expect(tokens.current()).rejects.toMatchObject({ name: 'RpcFailure', isOutage: true });
  });

  it('sends nothing to a server whose certificate is not the one of the profile', async () => {
    asked.length = 0;
    const tokens = await tokensFor({ ...profile, node: { ...profile.node, certificates: ['x'.repeat(43)] } });
    await expect(tokens.current()).rejects.toThrow('not the expected node');
    expect(asked).toHaveLength(0);
  });
});

describe('attested decisions of a person', () => {
  const need = {
    evidence_type: 'geburt',
    subject_role: 'child',
    legal_basis: 'egovg-5-1-1',
    norm: 'EGovG § 5 Abs. 1 Nr. 1',
    trigger_kind: 'CHOICE',
    fields: ['birth_place', 'birth_date'],
    decision_texts: { de: 'Ich wähle den Abruf.' },
    decision_text_hashes: { de: 'h'.repeat(43) },
    manual: '',
    manual_texts: {},
    preview_granted: true,
  } as const;
  const service: ServiceDescription = {
    service: 'kindergeld',
    title: 'Kindergeld',
    consumer: CLIENT,
    purpose: 'kindergeld-antrag',
    purpose_hash: 'p'.repeat(43),
    min_assurance: 'substantial',
    subjects: [
      { role: 'parent', title: 'Elternteil', represented_by: undefined, ...NOBODY_ELSE },
      { role: 'child', title: 'Kind', represented_by: 'parent', ...NOBODY_ELSE },
    ],
    needs: [{ ...need, evidence_type: 'meldedaten', subject_role: 'parent' }, need],
    mapping: [],
  };
  const applicants: readonly Applicant[] = [
    {
      role: 'parent',
      person: { family_name: 'Mu\u0308ster', town: 'Bremen', postcode: '28195', birth_date: '1992-08-12' },
    },
    { role: 'child', person: { idnr: '02476291358', birth_date: '2026-09-14' } },
  ];
  const person = { decider: 'pseudonym', assurance: 'substantial' } as const;

  const attested = async (decides: Parameters<typeof attestDecisions>[2] = person) => {
    const key = await readSigningKey(pki.folderOf(CLIENT), 'attestation');
    return attestDecisions(service, applicants, decides, { attester: CLIENT, node: 'node', key, nowMs: NOW });
  };

  it('signs one decision per piece of evidence, with sorted fields and the text that was shown (EGovG § 5 Abs. 1)', async () => {
    const keys = await publicKeys('attestation');
    const trust = { attester: CLIENT, node: 'node', keys, nowMs: NOW };
    const [own, ofChild] = await attested();
    const verified = await verifyAttestation(ofChild?.attestation ?? '', trust);
    expect(verified).toMatchObject({
      jti: ofChild?.trigger_id,
      kind: 'CHOICE',
      requester: CLIENT,
      evidence_type: 'geburt',
      fields: ['birth_date', 'birth_place'],
      acting: 'REPRESENTATIVE',
      decider_role: 'parent',
      subject: { role: 'child' },
      text_hash: 'h'.repeat(43),
      preview: 'WAIVED',
    });
    expect(await verifyAttestation(own?.attestation ?? '', trust)).toMatchObject({
      acting: 'SELF',
      decider_role: 'parent',
    });
  });

  it('binds each decision to its person by a salted commitment that names nobody', async () => {
    const [own, ofChild] = await attested();
    expect(own?.decision.subject.commitment).toBe(
      subjectCommitment({
        role: 'parent',
        salt: own?.commitment_salt ?? '',
        birth_date: '1992-08-12',
        family_name: 'Müster',
        idnr: null,
      }),
    );
    expect(ofChild?.decision.subject.commitment).toBe(
      subjectCommitment({
        role: 'child',
        salt: ofChild?.commitment_salt ?? '',
        birth_date: '2026-09-14',
        family_name: null,
        idnr: '02476291358',
      }),
    );
    expect(JSON.stringify([own, ofChild])).not.toMatch(/M(ü|u\u0308)ster|02476291358|2026-09-14/);
    expect((await attested())[0]?.commitment_salt).not.toBe(own?.commitment_salt);
  });

  it('offers a preview only where the law grants one (EGovG § 5 Abs. 5)', async () => {
    const previewOf = async (preview_granted: boolean, preview?: 'WANTED') => {
      const key = await readSigningKey(pki.folderOf(CLIENT), 'attestation');
      const own = { ...service, needs: [{ ...need, preview_granted }] };
      const decides = { ...person, ...(preview === undefined ? {} : { preview }) };
      const [made] = await attestDecisions(own, applicants, decides, {
        attester: CLIENT,
        node: 'node',
        key,
        nowMs: NOW,
      });
      return made?.decision.preview;
    };
    expect(await previewOf(true)).toBe('WAIVED');
    expect(await previewOf(true, 'WANTED')).toBe('WANTED');
    expect(await previewOf(false, 'WANTED')).toBe('NOT_GRANTED');
  });

  it('leaves out what the person did not choose, and refuses a text that does not exist', async () => {
    const chosen = await attested({ ...person, chosen: ({ evidence_type }) => evidence_type === 'geburt' });
    expect(chosen.map(({ decision }) => decision.evidence_type)).toEqual(['geburt']);
    await expect(attested({ ...person, language: 'en' })).rejects.toThrow('no text in en');
  });

  it('sends exactly one of the lawful key sets (IDNrG § 6 Abs. 3)', () => {
    const [parent, child] = applicants.map(toSubject);
    expect(Object.keys(parent?.natural_person ?? {})).toEqual(['address_key']);
    expect(child?.natural_person).toEqual({ idnr_key: { idnr: '02476291358', birth_date: '2026-09-14' } });
    const named = { family_name: 'A', given_names: 'B', birth_date: '2000' };
    expect(toSubject({ role: 'parent', person: named }).natural_person).toEqual({ name_key: named });
  });
});

it('keeps the example short enough to read in one go', async () => {
  const lines = (await readFile('examples/prefill-client.ts', 'utf8')).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
});
