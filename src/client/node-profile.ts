import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** What an online service gets at onboarding, beside its keys: where its node is and how it proves to be it. */
export type NodeProfile = Readonly<{
  /** Participant id of the online service. */
  client: string;
  /** Holds `tls/` and `signing/`. Relative to the profile's own folder. */
  keys: string;
  node: Readonly<{
    participant: string;
    /** host:port */
    grpc: string;
    server_name: string;
    /** OAuth issuer, an https URL. */
    issuer: string;
    /** base64url SHA-256 of each certificate that the node may show (`x5t#S256`, RFC 8705 § 3.1). */
    certificates: readonly string[];
  }>;
}>;

export async function readProfile(file: string): Promise<NodeProfile> {
  const profile: NodeProfile = JSON.parse(await readFile(file, 'utf8'));
  return { ...profile, keys: resolve(dirname(file), profile.keys) };
}
