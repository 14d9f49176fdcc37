import { parseCompanyKey } from '../identity/company-key.js';
import { parsePersonKey } from '../identity/person-key.js';
import type { Decoder } from '../platform/decode.js';
import type { AddressKey__Output } from '../platform/rpc-types/einmal/broker/v1/AddressKey.js';
import type { Subject, Subject__Output } from '../platform/rpc-types/einmal/broker/v1/Subject.js';
import type { AskedPerson, Attested } from './decision-request.js';
import type { DecisionSettings } from './decision-settings.js';

/** Natural persons by their keys, since a token would say nothing that can be held against who signs in; companies by theirs. */
export function decodePersons(
  decoder: Decoder,
  given: readonly Subject__Output[] | undefined,
  settings: DecisionSettings,
): readonly AskedPerson[] {
  const persons = decoder.list('subjects', given, { min: 1, max: 16 }).flatMap((subject, at): AskedPerson[] => {
    const path = `subjects[${at}]`;
    const role = decoder.identifier(`${path}.role`, subject.role);
    const { natural_person: person, legal_person: company } = subject;
    if (company) {
      const parsed = parseCompanyKey(company, `${path}.legal_person`);
      if (parsed.ok) return [{ role, key: parsed.key }];
      decoder.add(parsed.violations);
      return [];
    }
    if (!person || person.subject_token !== undefined) {
      decoder.refuse(`${path}.natural_person`, 'is required, given by a key, or a legal person');
      return [];
    }
    const parsed = parsePersonKey(person, `${path}.natural_person`, settings);
    if (parsed.ok) return [{ role, key: parsed.key }];
    decoder.add(parsed.violations);
    return [];
  });
  if (new Set(persons.map(({ role }) => role)).size !== persons.length)
    decoder.refuse('subjects', 'must have each role once');
  return persons;
}

export function decodeAttested(
  decoder: Decoder,
  given: AddressKey__Output | null | undefined,
  settings: DecisionSettings,
): Omit<Attested, 'idnr'> {
  const parsed = parsePersonKey({ address_key: given ?? {} }, 'attested', settings);
  if (!parsed.ok) decoder.add(parsed.violations);
  const { family_name = '', town = '', postcode = '', birth_date = '' } = given ?? {};
  return { family_name, town, postcode, birth_date };
}

/** Persons who are decided for, each by the lookup that found them represented. */
export function decodeRepresented(
  decoder: Decoder,
  given: readonly Subject__Output[] | undefined,
): ReadonlyMap<string, string> {
  const represented = decoder.list('represented', given, { min: 0, max: 16 }).map((subject, at) => {
    const path = `represented[${at}]`;
    const token = subject.natural_person?.subject_token;
    return [
      decoder.identifier(`${path}.role`, subject.role),
      decoder.token(`${path}.natural_person.subject_token`, token),
    ] as const;
  });
  return new Map(represented);
}

export function personToWire({ role, key }: AskedPerson): Subject {
  switch (key.set) {
    case 'address': {
      const { set: _, ...address_key } = key;
      return { role, natural_person: { address_key } };
    }
    case 'name': {
      const { set: _, ...name_key } = key;
      return { role, natural_person: { name_key } };
    }
    case 'idnr': {
      const { set: _, ...idnr_key } = key;
      return { role, natural_person: { idnr_key } };
    }
    case 'business-number':
      return { role, legal_person: { business_number: key.business_number } };
    case 'register-number': {
      const { set: _, ...register_number_key } = key;
      return { role, legal_person: { register_number_key } };
    }
  }
}
