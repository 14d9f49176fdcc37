import { describe, expect, it } from '@jest/globals';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { demandNamedCertificate } from '../../src/catalogue/named-certificate.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { ConfigFault } from '../../src/platform/config.js';
import { thumbprintOfPem } from '../../src/platform/tls.js';

const base = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const authority = await createAuthority('test');
const issued = (participant: string) => issueLeaf(authority, { commonName: participant, participant });
const [own, renewed, foreign] = [await issued('zfzr'), await issued('zfzr'), await issued('node')];

const current = new CurrentCatalogue({
  ...base,
  keys: [
    { participant: 'zfzr', certificates: [thumbprintOfPem(own.cert)], keys: [] },
    { participant: 'node', certificates: [thumbprintOfPem(foreign.cert)], keys: [] },
  ],
});

describe('a certificate with which a process starts', () => {
  it('is one that the own catalogue names', () => {
    expect(() => demandNamedCertificate(current, 'zfzr', own)).not.toThrow();
  });

  it('is refused with its thumbprint where it was renewed before the own catalogue names it (ADR 81)', () => {
    expect(() => demandNamedCertificate(current, 'zfzr', renewed)).toThrow(ConfigFault);
    expect(() => demandNamedCertificate(current, 'zfzr', renewed)).toThrow(thumbprintOfPem(renewed.cert));
  });

  it('is refused where it is that of another participant, or the catalogue names none', () => {
    expect(() => demandNamedCertificate(current, 'zfzr', foreign)).toThrow(ConfigFault);
    expect(() => demandNamedCertificate(current, 'pages', own)).toThrow(ConfigFault);
  });
});
