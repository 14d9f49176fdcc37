import { ConfigFault } from '../platform/config.js';
import { type TlsIdentity, thumbprintOfPem } from '../platform/tls.js';
import type { CurrentCatalogue } from './current-catalogue.js';

/** Whether the own catalogue says that this certificate is the participant's: nobody accepts another one. */
export function isNamedCertificate(
  { lookup }: Pick<CurrentCatalogue, 'lookup'>,
  participant: string,
  { cert }: Pick<TlsIdentity, 'cert'>,
): boolean {
  return lookup.keysOf(participant)?.certificates.includes(thumbprintOfPem(cert)) === true;
}

/**
 * Refuses to start with a certificate that nobody would accept, as where it was renewed before the catalogues name it.
 * @throws ConfigFault
 */
export function demandNamedCertificate(
  current: Pick<CurrentCatalogue, 'lookup'>,
  participant: string,
  identity: Pick<TlsIdentity, 'cert'>,
): void {
  if (isNamedCertificate(current, participant, identity)) return;
  const thumbprint = thumbprintOfPem(identity.cert);
  throw new ConfigFault([
    `the catalogue does not name the certificate "${thumbprint}" of "${participant}" (tls/cert.pem)`,
  ]);
}
