import { errorFields } from '../../../service/src/telemetry/log.ts';

class DatabaseError extends Error {
  readonly code = '23505';
  readonly detail = 'Key (patient_id)=(MRN-1) already exists.';
}

test('names the class and the code of an error, and nothing else', () => {
  expect(errorFields(new DatabaseError('duplicate key MRN-1'))).toEqual({
    error_class: 'DatabaseError',
    error_code: '23505',
  });
});

test('names the code of a system error', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });

  expect(errorFields(error)).toEqual({ error_class: 'Error', error_code: 'ECONNREFUSED' });
});

test('gives the name of an error that has no string code, where it differs from the class', () => {
  expect(errorFields(AbortSignal.abort().reason)).toEqual({ error_class: 'DOMException', error_code: 'AbortError' });
  expect(errorFields(Object.assign(new Error('x'), { name: 'ThrottlingException' }))).toEqual({
    error_class: 'Error',
    error_code: 'ThrottlingException',
  });
});

test('withholds names and codes that are no identifiers', () => {
  const error = Object.assign(new Error('x'), { name: 'Jane Doe', code: 'MRN 12/345' });

  expect(errorFields(error)).toEqual({ error_class: 'Error', error_code: undefined });
  expect(errorFields(Object.assign(new Error('x'), { code: 'x'.repeat(41) })).error_code).toBeUndefined();
});

test('says of a thrown value that is no error only that it is none', () => {
  for (const thrown of ['Jane Doe', undefined, null, 7, { name: 'JaneDoe', code: 'JaneDoe' }]) {
    expect(errorFields(thrown)).toEqual({ error_class: 'NotAnError', error_code: undefined });
  }
});

test('survives an error without a constructor', () => {
  const error = new Error('x');
  Object.setPrototypeOf(error, Object.create(Error.prototype, { constructor: { value: undefined } }));

  expect(errorFields(error)).toMatchObject({ error_class: 'Error' });
});
