import { writeFile } from 'node:fs/promises';
import { connectAuthority } from '../src/client/authority-connection.js';
import { readProfile } from '../src/client/node-profile.js';

/**
 * One piece of register evidence for a task of an authority. Usage: node dist/examples/task-client.js <profile.json> [<verifier key of the log>]
 * `npm run demo -- --as authority` writes a profile for each authority of the demo.
 */
const node = await connectAuthority(await readProfile(process.argv[2] ?? 'data/demo/clients/ihk-bremen.json'));
try {
  // 1. What do the rules let us ask for, on which norm?
  for (const { evidence_type, purpose, norm, is_task } of await node.listPermitted())
    if (is_task) process.stderr.write(`${evidence_type} for ${purpose}: ${norm}\n`);

  // 2. Norm, file and official stand for the decision of a citizen. File and official go to the log alone, encrypted.
  const retrieved = await node.retrieve({
    purpose: 'gewerbeanzeige-aufgaben',
    evidenceType: 'gewerbeanzeige-anmeldung',
    subject: {
      role: 'trader',
      person: {
        family_name: 'von Mustermann-Søndergård',
        town: 'Bremen',
        postcode: '28195',
        birth_date: '1989-02-28',
      },
    },
    fileReference: 'GA-7-2026',
    actingOfficial: 'Sachbearbeitung 12',
    assurance: 'substantial',
    ars: '040110000000',
  });
  const { answer, norm } = retrieved;

  // 3. Signed evidence, or why not and what to do instead.
  for (const { evidence_type, register, as_of } of answer.evidence)
    process.stdout.write(`${evidence_type} from ${register} as of ${as_of}, ${norm}\n`);
  for (const { evidence_type, reason, manual } of answer.not_delivered)
    process.stdout.write(`${evidence_type} is missing (${reason}): ${manual}\n`);

  // 4. One file for the record: verifies in years, whatever became of keys and log. Whose log it is, you learned elsewhere.
  const logKey = process.argv[3];
  if (logKey !== undefined) await writeFile('answer.json', JSON.stringify(await node.archive(retrieved, logKey)));
} finally {
  node.close();
}
