import { describe, expect, it } from '@jest/globals';
import { describedFindings } from '../../src/register-edge/openapi-check.js';
import type { RestEvidence } from '../../src/register-edge/register-config.js';

const mapping: RestEvidence = {
  path: '/students/search',
  request: { idnr: '/person/idnr', birth_date: '/person/born', fields: '/fields' },
  records: '/students',
  person: { idnr: '/idnr', birth_date: '/born', blocked: '/blocked' },
  as_of: '/as_of',
  attributes: { family_name: '/name/family' },
};
const text = { type: 'string' };
const description = {
  openapi: '3.1.0',
  paths: {
    '/students/search': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                properties: { person: { $ref: '#/components/schemas/Key' }, fields: { type: 'array', items: text } },
              },
            },
          },
        },
        responses: { 200: { $ref: '#/components/responses/Students' } },
      },
    },
  },
  components: {
    responses: {
      Students: {
        content: {
          'application/json': {
            schema: { properties: { students: { type: 'array', items: { $ref: '#/components/schemas/Student' } } } },
          },
        },
      },
    },
    schemas: {
      Key: { properties: { idnr: text, born: text } },
      Student: {
        allOf: [
          { $ref: '#/components/schemas/Key' },
          { properties: { blocked: { type: 'boolean' }, as_of: text, name: { properties: { family: text } } } },
        ],
      },
      Circle: { $ref: '#/components/schemas/Circle' },
      Nested: { allOf: [{ $ref: '#/components/schemas/Nested' }] },
    },
  },
};
const faultsOf = (over: Partial<RestEvidence>) =>
  describedFindings(description, { x: { ...mapping, ...over } }).map(({ state, fault }) => fault ?? state);

describe('the description of an interface (OpenAPI 3)', () => {
  it('has everything that a file points at, through references and compositions', () => {
    expect(faultsOf({})).toEqual(['holds']);
  });

  it.each([
    ['no such operation', { path: '/students' }, 'has no operation POST'],
    ['a key that is not asked for there', { request: { ...mapping.request, idnr: '/idnr' } }, 'has no /idnr'],
    ['no such attribute', { attributes: { family_name: '/name/first' } }, 'has no /name/first'],
    ['no list', { records: '/found' }, 'has no /found (a list), /idnr, /born, /blocked, /as_of, /name/family'],
  ])('is faulty with %s', (_what, over, fault) => {
    expect(faultsOf(over)).toEqual([fault]);
  });

  it('that refers to itself ends', () => {
    const schemas = description.components.schemas;
    for (const circle of [schemas.Circle, schemas.Nested]) {
      const circular = {
        ...description,
        components: { ...description.components, schemas: { ...schemas, Student: circle } },
      };
      expect(describedFindings(circular, { x: mapping })[0]?.state).toBe('fails');
    }
    expect(describedFindings(null, { x: mapping })[0]?.state).toBe('fails');
  });
});
