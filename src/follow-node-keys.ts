import { NodeIdentity } from './access/node-identity.js';
import type { KeyUse } from './catalogue/catalogue.js';
import { CurrentCatalogue } from './catalogue/current-catalogue.js';
import { FollowedKeys, LOOK_FOR_KEYS_EVERY_MS } from './catalogue/followed-keys.js';
import { DecryptionKeys, readDecryptionKeys } from './evidence/decryption-keys.js';
import { ConsumerNotice } from './exchange/notify-consumer.js';
import type { Governing } from './governance/start-governance.js';
import type { NodeConfig } from './node-config.js';
import { OperationalLog } from './platform/operational-log.js';
import type { Opened } from './platform/run-process.js';
import type { Seal } from './platform/secrets.js';
import { type TlsIdentity, thumbprintOfPem } from './platform/tls.js';
import { IssuerKey } from './tokens/issuer-key.js';
import type { SigningKey } from './tokens/jws.js';

type Grounds = Readonly<{
  current: CurrentCatalogue;
  node: NodeIdentity;
  governing: Governing;
  receiptKey: IssuerKey;
  decryption: DecryptionKeys;
  notice: ConsumerNotice;
  tls: TlsIdentity;
  seal: Seal;
  log: OperationalLog;
}>;

/** Lets a node work with what its key folder holds at any moment: a key of its own once the log says so. */
export async function followKeys(
  { participant, keyFolder: folder }: Pick<NodeConfig, 'participant' | 'keyFolder'>,
  { current, node, governing, receiptKey, decryption, notice, tls, seal, log }: Grounds,
  opened: Opened,
  show: (next: TlsIdentity) => void,
): Promise<void> {
  const keys = new FollowedKeys({ participant, folder, current, log });
  const logged = (use: KeyUse, rotate: (next: SigningKey) => void) => async (next: SigningKey) => {
    await governing.takeOver.useKey(use, next.kid);
    rotate(next);
  };
  keys.certificate(tls, (next) => {
    show(next);
    node.rotate({ certificate: thumbprintOfPem(next.cert) });
    notice.rotate({ tls: next });
  });
  const trigger = logged('trigger', (triggerKey) => node.rotate({ triggerKey }));
  keys.signing('trigger', node.triggerKey, trigger);
  const access = logged('access-token', (accessTokenKey) => node.rotate({ accessTokenKey }));
  keys.signing('access-token', node.accessTokenKey, access);
  const receipt = logged('receipt', (next) => receiptKey.rotate(next));
  keys.signing('receipt', receiptKey.key, receipt);
  const notices = logged('notice', (key) => notice.rotate({ key }));
  keys.signing('notice', notice.key, notices);
  keys.seal(seal, ({ id }) => governing.takeOver.useKey('seal', id));
  keys.decryption(async () => decryption.rotate(await readDecryptionKeys(folder)));
  await keys.begin();
  opened.repeat(LOOK_FOR_KEYS_EVERY_MS, () => keys.look());
}
