import { randomUUID } from 'node:crypto';
import { connectToNode } from '../src/client/node-connection.js';
import { readProfile } from '../src/client/node-profile.js';

/**
 * From keys to a filled form. Usage: node dist/examples/prefill-client.js <profile.json>
 * The profile names the node and the folder with your keys; `npm run demo` writes one for each of its online services.
 */
const profile = await readProfile(process.argv[2] ?? 'data/demo/clients/familienkasse-online.json');
const node = await connectToNode(profile);
try {
  // 1. What does my service need, and what must the person read before they decide?
  const service = await node.describeService('kindergeld');
  for (const need of service.needs) process.stderr.write(`${need.norm}: ${need.decision_texts.de}\n`);

  // 2. Who is it about? The person is logged in (BundID); a birth date and one of three key sets find them in the registers.
  const applicants = [
    {
      role: 'parent',
      person: {
        family_name: 'von Mustermann-Søndergård',
        town: 'Bremen',
        postcode: '28195',
        birth_date: '1992-08-12',
      },
    },
    {
      role: 'child',
      person: { family_name: 'von Mustermann-Søndergård', given_names: 'Mia Łucja', birth_date: '2026-09-14' },
    },
  ];

  // 3. The person has decided, piece by piece. Sign what they decided and give it to the node.
  const decisions = await node.attest(service, applicants, { decider: randomUUID(), assurance: 'substantial' });
  const { triggerIds } = await node.grantTriggers(decisions);

  // 4. Fill the form.
  const form = await node.prefill({ service: 'kindergeld', applicants, triggerIds, ars: '040110000000' });
  for (const { label, value, source } of form.fields)
    process.stdout.write(`${label}: ${value} (${source.register}, ${source.as_of})\n`);
  for (const { evidence_type, reason, manual } of form.not_delivered)
    process.stdout.write(`${evidence_type} is missing (${reason}): ${manual}\n`);
} finally {
  node.close();
}
