import { describe, expect, test } from '@jest/globals';
import type { Rule } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';

/**
 * Written down from the text of the ordinance by hand, cell by cell: x where the recipient gets the field of this number.
 * A row without crosses is a recipient that the ordinance does not name for this form.
 */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Anlage 1, 33 fields
  'gewerbeanzeige-anmeldung': {
    //                  1 ...... 10 11 ..... 20 21 ..... 30 31-33
    ihk: '              xxxxxxxxxx xx-xxxxxxx xxxxxx-x-- -x-',
    hwk: '              xxxxxxxxxx xx-xxxxxxx xxxxxx-xx- -x-',
    immissionsschutz: ' xxxxxxxxx- x--xxxxxxx xxxxxx---- -x-',
    arbeitsschutz: '    xxxxxxxxx- x--xxxxxxx xxxxxx---- -x-',
    eichbehoerde: '     x-xxx----- x--xx--x-x ---------- ---',
    bundesagentur: '    xxxxxxxxxx xx-xxxxxxx xxxxxx-xxx xx-',
    dguv: '             xxxxxxxxxx x-xxxxxxxx xxxxxxx-x- -x-',
    registergericht: '  ---------- ---------- ---------- ---',
    statistik: '        xxxxxx---x -x--xxxxxx xxxxx---x- -x-',
    lebensmittel: '     xxxxxxxxx- x--xxxxxxx xxxxxx---- -x-',
    knappschaft: '      xxxxxxxxxx x--xxx-x-x ---------- -x-',
    auslaenderbehoerde: 'xxxxxxxxxx x---xx-x-x x--------x xx-',
    finanzamt: '        xxxxx-xxxx x--xxxxx-x --xxxx---- -x-',
    erlaubnisbehoerde: 'xxxxxxxxxx xxxxxxxxxx xxxxxxxxxx xx-',
    zoll: '             xxxxxxxxxx xx-xxxxxxx xxxxxx-xxx xx-',
  },
  // Anlage 2, 30 fields
  'gewerbeanzeige-ummeldung': {
    ihk: '              xxxxxxxxxx xx-xxxxxxx xxxxx---x-',
    hwk: '              xxxxxxxxxx xx-xxxxxxx xxxxxx--x-',
    immissionsschutz: ' xxxxxxxxx- x--xxxxxxx xxxx----x-',
    arbeitsschutz: '    xxxxxxxxx- x--xxxxxxx xxxx----x-',
    eichbehoerde: '     x-xxx----- x--xx--xx- x---------',
    bundesagentur: '    xxxxxxxxxx xx-xxxxxxx xxxxxxxxx-',
    dguv: '             xxxxxxxxxx x-xxxxxxxx xxxx-x--x-',
    registergericht: '  ---------- ---------- ----------',
    statistik: '        xxxxxx---x -x--xxxxxx xxxx-x--x-',
    lebensmittel: '     xxxxxxxxx- x--xxxxxxx xxxx----x-',
    knappschaft: '      xxxxxxxxxx x--xxx-xxx x-------x-',
    auslaenderbehoerde: 'xxxxxxxxxx x---xx-xxx x-----xxx-',
    finanzamt: '        xxxxx-xxxx x--xxxxxxx x-xx----x-',
    erlaubnisbehoerde: 'xxxxxxxxxx xxxxxxxxxx xxxxxxxxx-',
    zoll: '             ---------- ---------- ----------',
  },
  // Anlage 3, 30 fields
  'gewerbeanzeige-abmeldung': {
    ihk: '              xxxxxxxxxx xx-xxxxxxx xxxxxxxxx-',
    hwk: '              xxxxxxxxxx xx-xxxxxxx xxxxxxxxx-',
    immissionsschutz: ' xxxxxxxxx- x--xxxxxxx xxxxxxx-x-',
    arbeitsschutz: '    xxxxxxxxx- x--xxxxxxx xxxxxxx-x-',
    eichbehoerde: '     x-xxx----- x--x-x-x-x ----------',
    bundesagentur: '    xxxxxxxxx- x--------x ----------',
    dguv: '             xxxxxxxxxx x-xxxxxxxx xxxxxxxxx-',
    registergericht: '  xxxxxxx--- x---x-xxxx --x-xxx---',
    statistik: '        xxxxxx---x -x--xxxxxx xxxxxx-xx-',
    lebensmittel: '     xxxxxxxxx- x--xxxxxxx xxxxxxx-x-',
    knappschaft: '      xxxxxxxxxx x--xxx-x-x --------x-',
    auslaenderbehoerde: 'xxxxxxxxxx x---xx-x-x --------x-',
    finanzamt: '        xxxxx-xxxx x--xxxxx-x --xxxx-xx-',
    erlaubnisbehoerde: 'xxxxxxxxxx xxxxxxxxxx xxxxxxxxx-',
    zoll: '             ---------- ---------- ----------',
  },
};

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });

/** What the recipient may get of a form if a rule allows all of it: one participant of its class asks. */
function received(evidenceType: string, recipient: string, waived = false): string {
  const attributes =
    catalogue.evidence_types.find(({ id }) => id === evidenceType)?.attributes.map(({ id }) => id) ?? [];
  const rule: Rule = {
    id: 'everything',
    effect: 'allow',
    consumer: 'any',
    provider: 'any',
    evidence_type: evidenceType,
    purpose: 'gewerbeanzeige-aufgaben',
    legal_basis: 'gewo-14-8',
    fields: attributes,
    attested_by: ['authority'],
    min_assurance: 'low',
    source: 'test',
    verified: false,
  };
  const lookup = new CatalogueLookup({
    ...catalogue,
    rules: [rule],
    participants: [...catalogue.participants, { id: 'asking', title: { de: 'x' }, kind: 'authority', area: 'inneres' }],
    registers: catalogue.registers.map((it) =>
      it.type === 'gewerberegister' ? { ...it, evidence_types: [evidenceType] } : it,
    ),
    recipient_matrices: catalogue.recipient_matrices.map((matrix) => ({
      ...matrix,
      recipients: matrix.recipients.map((it) => ({
        ...it,
        waived,
        participants: it.id === recipient ? ['asking'] : [],
      })),
    })),
  });
  const decision = decideTransfer(new RuleIndex(lookup), {
    consumer: 'asking',
    provider: 'gewerberegister-bremen',
    evidence_type: evidenceType,
    purpose: 'gewerbeanzeige-aufgaben',
    legal_basis: 'gewo-14-8',
  });
  const fields = decision.kind === 'allowed' ? decision.fields : [];
  return attributes.map((it) => (fields.includes(it) ? 'x' : '-')).join('');
}

describe.each(Object.entries(FORMS))('of a %s', (evidenceType, rows) => {
  test.each(Object.entries(rows))('%s gets exactly its fields (GewAnzV § 3)', (recipient, row) => {
    expect(received(evidenceType, recipient)).toBe(row.replaceAll(' ', ''));
  });

  test('no recipient is in the data that the ordinance does not name, and each that it names is', () => {
    const matrix = catalogue.recipient_matrices.find(({ evidence_type }) => evidence_type === evidenceType);
    const named = Object.keys(rows).filter((recipient) => rows[recipient]?.includes('x'));
    expect(matrix?.recipients.map(({ id }) => id).toSorted()).toEqual(named.toSorted());
    expect(matrix?.recipients.every(({ verified }) => verified)).toBe(true);
  });

  test('whoever is in no row gets nothing', () => {
    expect(received(evidenceType, 'nobody')).not.toContain('x');
  });

  test('who has waived gets nothing (GewAnzV § 3 Abs. 1)', () => {
    expect(received(evidenceType, 'ihk', true)).not.toContain('x');
  });
});

test('the signature field goes to nobody (GewAnzV § 2 Abs. 1: field 33)', () => {
  for (const recipient of Object.keys(FORMS['gewerbeanzeige-anmeldung'] ?? {}))
    expect(received('gewerbeanzeige-anmeldung', recipient).at(32)).toBe('-');
});
