import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { signer } from '../libs/tlog/keys.js';
import { DeskWitness } from './desk-witness.js';
import { witnessContract } from './witness.contract.js';

const log = signer(1);

witnessContract(signer(9, 'stranger.example'), async () => {
  const witness = new DeskWitness(2, [ed25519Verifier(log.vkey)]);
  return {
    witness,
    log,
    stop: async () => {
      witness.isDown = true;
    },
  };
});
