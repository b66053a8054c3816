import { types } from 'node:util';
import type { LogFields } from './log-fields.ts';

const NAME = /^[A-Za-z0-9_]{1,40}$/;

const admitted = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && NAME.test(String(value)) ? String(value) : undefined;

// Not `instanceof Error` alone: an error may come from another realm (a vm context, a worker).
const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || types.isNativeError(thrown) || thrown instanceof DOMException;

/**
 * What may be said of an error in a log line: its class and its code (`ECONNREFUSED`, SQLSTATE `23505`).
 *
 * Never its message: the message of an unknown error may quote a row, a header or a note. Where an error has no
 * string code its own name is used when that differs from the class (`AbortError` of a DOMException, the exception
 * name of an AWS service).
 */
export function errorFields(error: unknown): Pick<LogFields, 'error_class' | 'error_code'> {
  if (!isError(error)) return { error_class: 'NotAnError', error_code: undefined };
  const name = admitted(error.name);
  const errorClass = admitted(error.constructor?.name) ?? 'Error';
  const code: unknown = 'code' in error ? error.code : undefined;
  const otherName = name === errorClass ? undefined : name;
  return {
    error_class: errorClass,
    error_code: typeof code === 'string' ? admitted(code) : (otherName ?? admitted(code)),
  };
}
