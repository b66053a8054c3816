/** RFC 9110, 5.6.2 and 5.6.4. */
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`[ \\t]*;[ \\t]*(?:(${token})=(${token}|"(?:[^"\\\\]|\\\\.)*"))?`, 'y');

/**
 * Whether a Content-Type is JSON in UTF-8, as RFC 9110, 8.3.1 writes media types: in any letter case, with any
 * parameters. JSON has no charset parameter, so one that is sent must say what JSON is (RFC 8259, 8.1).
 */
export function isJsonInUtf8(contentType: string): boolean {
  // What almost every client sends.
  if (contentType === 'application/json') return true;
  const type = /^[ \t]*application\/json/i.exec(contentType)?.[0];
  if (type === undefined) return false;
  for (parameter.lastIndex = type.length; ; ) {
    const at = parameter.lastIndex;
    const found = parameter.exec(contentType);
    if (!found) return contentType.slice(at).trim() === '';
    const [, name = '', value = ''] = found;
    // In a quoted string a backslash quotes the next character.
    const plain = value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
    if (name.toLowerCase() === 'charset' && !/^utf-?8$/i.test(plain)) return false;
  }
}

/** Whether a Content-Encoding leaves the body as it is: a list of codings, in any letter case (RFC 9110, 8.4). */
export function isUnencoded(contentEncoding: string): boolean {
  return contentEncoding === '' || contentEncoding.split(',').every((coding) => /^\s*(identity)?\s*$/i.test(coding));
}
