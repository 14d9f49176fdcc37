import type { NodeIdentity } from '../access/node-identity.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Fault } from '../catalogue/catalogue-fault.js';

type Self = Pick<NodeIdentity, 'participant' | 'certificate' | 'accessTokenKey' | 'triggerKey'>;

/** What a version must leave a node: with less it could not work, and nobody could change it again. */
export function ownPlaceFaults({ participants, keys, administrators }: Catalogue, self: Self): readonly Fault[] {
  const fault = (file: string, message: string): Fault => ({ file, line: 0, message });
  const own = keys.find(({ participant }) => participant === self.participant);
  const named = [self.accessTokenKey.kid, self.triggerKey.kid];
  return [
    ...(participants.some(({ id, kind }) => id === self.participant && kind === 'node')
      ? []
      : [fault('participants.yaml', `has no node "${self.participant}", which would have to work with it`)]),
    ...(participants.some(({ kind }) => kind === 'intermediary')
      ? []
      : [fault('participants.yaml', 'has no intermediary')]),
    ...(own?.certificates.includes(self.certificate)
      ? []
      : [fault('keys.yaml', `does not name the certificate that "${self.participant}" works with`)]),
    ...named
      .filter((kid) => !own?.keys.some((it) => it.kid === kid))
      .map((kid) => fault('keys.yaml', `does not name key "${kid}" that "${self.participant}" works with`)),
    ...(administrators.length >= 2
      ? []
      : [fault('administrators.yaml', 'has fewer than two administrators: nobody could change it again')]),
  ];
}
