import type { Address } from './person.js';

export const bremen: Address = {
  street: 'Musterstraße',
  houseNumber: '11a',
  postcode: '28195',
  town: 'Bremen',
  ars: '040110000000',
  country: 'DE',
};
export const hamburg: Address = {
  ...bremen,
  street: 'Übungsallee',
  houseNumber: '7',
  postcode: '20095',
  town: 'Hamburg',
  ars: '020000000000',
};
export const kiel: Address = {
  ...bremen,
  street: 'Modellufer',
  houseNumber: '3',
  postcode: '24103',
  town: 'Kiel',
  ars: '010020000000',
};
export const flensburg: Address = {
  ...bremen,
  street: 'Probegasse',
  houseNumber: '28',
  postcode: '24937',
  town: 'Flensburg',
  ars: '010010000000',
};
export const halle: Address = {
  ...bremen,
  street: 'Größenmaßweg',
  houseNumber: '5',
  postcode: '06108',
  town: 'Halle (Saale)',
  ars: '150020000000',
};
export const magdeburg: Address = {
  ...bremen,
  street: 'An der Attrappe',
  houseNumber: '64',
  postcode: '39104',
  town: 'Magdeburg',
  ars: '150030000000',
};
export const aabenraa: Address = {
  ...bremen,
  street: 'Prøvegade',
  houseNumber: '9',
  postcode: '6200',
  town: 'Aabenraa',
  ars: null,
  country: 'DK',
};
