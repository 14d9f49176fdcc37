import type { Law } from '../load-catalogue.js';
import { lawPart } from './law-part.js';
import { blocks, code, table } from './markdown.js';
import { matrixPart } from './matrix-part.js';
import { registerPart } from './register-part.js';
import { servicePart } from './service-part.js';

const PARTS = [
  '[Online services](#online-services)',
  '[Bundles](#bundles)',
  '[Recipients](#recipients)',
  '[Purposes](#purposes)',
  '[Legal bases](#legal-bases)',
  '[Rules](#rules)',
  '[Registers](#registers)',
  '[Evidence types](#evidence-types)',
  '[Areas and participants](#areas-and-participants)',
].join(' · ');

const HEAD = `# The catalogue, to read

${PARTS}

What may be asked of whom for which purpose: the content of [catalogue/](../catalogue/README.md) as a page. Written by
\`npm run gen:catalogue-docs\`, held against the data by a test; change the data, never this page. All participants are those
of the demo. **⚠ not verified** marks what nobody compared with its source, or what is our own assumption.

What leaves a register is what *all* of these let through: what the person decided on, what the purpose needs, what a rule
allows, what the recipient may get, and what the form needs (GDPR Art. 5 (1) c). Each side of an exchange computes that again
from its own copy; the evidence names what was withheld, and the norm.

Kinds of decision: ${code('CHOICE')} the person chooses retrieval instead of handing it in; ${code('CONSENT')} can be withdrawn;
${code('EXPLICIT_REQUEST')} the person asks for it; ${code('STATUTORY_TASK')} a norm, a file and an official, no act of the person.`;

/** The whole catalogue as Markdown. The same data give the same page. */
export function cataloguePage(law: Law): string {
  return `${blocks(
    HEAD,
    '## Online services',
    ...law.services.map((service) => servicePart(law, service)),
    '## Bundles',
    'Offered together; each is chosen, decided on and answered by itself.',
    table(
      ['Bundle', 'Services', 'Source'],
      law.bundles.map(({ title, services, source, verified }) => [
        title.de,
        services.map(code).join(', '),
        `${source}${verified ? '' : ' (⚠ not verified)'}`,
      ]),
    ),
    '## Recipients',
    ...law.recipient_matrices.map((matrix) => matrixPart(law, matrix)),
    lawPart(law),
    registerPart(law),
  )}\n`;
}
