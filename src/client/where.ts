/** Where the evidence is, as far as a route needs it. */
export type Where = Readonly<{
  /** Official region key, 12 digits. */
  ars?: string;
  /** Number of the register. */
  registerNumber?: string;
  /** Day on which that key was in use, ISO 8601; today, if absent. */
  keyDate?: string;
}>;

type WhereMessage = { ars?: string; register_number?: string; key_date?: string };

export function whereToWire({ ars, registerNumber, keyDate }: Where): WhereMessage {
  return {
    ...(ars === undefined ? {} : { ars }),
    ...(registerNumber === undefined ? {} : { register_number: registerNumber }),
    ...(keyDate === undefined ? {} : { key_date: keyDate }),
  };
}
