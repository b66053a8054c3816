import { contract } from '@healthcare-ai/contract';
import { crsExceptions, wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import { attacks } from './attacks.ts';
import { type Client, clientOf } from './client.ts';
import { type Firewall, lacking, modSecurityRules, startFirewall } from './modsecurity.ts';
import { hasNotes, realTexts } from './notes.ts';

const missing = lacking();
const withFirewall = missing.length === 0 ? describe : describe.skip;
const withNotes = hasNotes ? test : test.skip;
if (missing.length > 0) {
  console.warn(
    `SKIPPED: the WAF against real text. Install nginx, libnginx-mod-http-modsecurity, modsecurity-crs (no ${missing[0]})`,
  );
}
if (!hasNotes) console.warn('SKIPPED: real notes against the WAF. No ../shared/notes');

withFirewall('ModSecurity with the OWASP core rules and the exceptions of the web ACL', () => {
  let firewall: Firewall;
  let client: Client;

  beforeAll(async () => {
    firewall = await startFirewall();
    client = clientOf(firewall.port);
  });
  afterAll(async () => {
    client.close();
    await firewall.stop();
  });

  const note = (text: string) => ({ patient_id: 'PT-10231', note_text: text });
  const refusals = async (
    bodies: readonly { readonly name: string; readonly path: string; readonly body: unknown }[],
  ) => {
    const statuses = await Promise.all(bodies.map(async (sent) => ({ ...sent, status: await client.send(sent) })));
    return statuses.filter(({ status }) => status !== 200).map(({ name, status }) => `${name}: ${status}`);
  };

  withNotes('every real note passes on the ingest route', async () => {
    const texts = realTexts();
    const before = firewall.passed();

    const refused = await refusals(
      texts.map(({ file, id, text }) => ({ name: `${file} ${id}`, path: '/ingest', body: note(text) })),
    );

    expect(texts.length).toBeGreaterThan(2600);
    expect(refused).toEqual([]);
    expect(firewall.passed() - before).toBe(texts.length);
  });

  withNotes('a note of 10,000 characters passes on every note route', async () => {
    const text = realTexts()
      .map((item) => item.text)
      .join('\n')
      .slice(0, contract.maxNoteLength);

    const refused = await refusals(wafExceptionPaths.map((path) => ({ name: path, path, body: note(text) })));

    expect(text).toHaveLength(10_000);
    expect(refused).toEqual([]);
  });

  withNotes('the same note is refused elsewhere, by its size', async () => {
    const text = realTexts()[0]!.text.padEnd(10_000, ' stable.');

    expect(await client.send({ path: '/audit/search', body: note(text) })).toBe(403);
  });

  test('[Input sanitization verified] prose that looks like code passes on every note route', async () => {
    const prose = [
      'BP <120/80 and >90 systolic; SELECT the left arm from now on. 1=1 bolus OR hold; -- see plan',
      "Pt's mother said 'nothing helps' or 'it's worse'; drop table salt. UNION of fracture select views obtained",
      'Image at http://10.1.2.3/pacs/study?id=7; referral in ../documents/letter.pdf. <b>Allergies</b>: none',
      'Labs; cat scan of head | more than 2 cm; echo normal; id band checked; `who` criteria met',
    ];

    const refused = await refusals(
      wafExceptionPaths.flatMap((path) =>
        prose.map((text, index) => ({ name: `${path} ${index}`, path, body: note(text) })),
      ),
    );

    expect(refused).toEqual([]);
  });

  test.each(attacks)(
    '$name is refused in path, query and header, on note routes too',
    async ({ path, query, header }) => {
      const routes = ['/ingest', '/notes/search', '/audit/search', '/'];
      const before = firewall.passed();

      const statuses = await Promise.all([
        ...(path === undefined ? [] : [client.send({ method: 'GET', path })]),
        ...routes.flatMap((route) => [
          client.send({ method: 'GET', path: `${route}?q=${query}` }),
          client.send({ path: `${route}?q=${query}`, body: note('Stable.') }),
          client.send({ path: route, body: note('Stable.'), headers: header }),
        ]),
      ]);

      expect(statuses.filter((status) => status !== 403 && status !== 400)).toEqual([]);
      expect(firewall.passed()).toBe(before);
    },
  );

  test.each(attacks)(
    '[Input sanitization verified] $name is refused in the body of every route that is no note route',
    async ({ body }) => {
      const routes = [
        '/audit/search',
        '/',
        '/keys',
        '/notes',
        '/notes/search/x',
        '/health',
        '/ingest/',
        '/INGEST',
        '/ingest;x',
        '/v1/ingest',
      ];

      const statuses = await Promise.all(
        routes.map((path) => client.send({ path, body: { note_text: body, patient_id: 'PT-1' } })),
      );

      expect(statuses.map((status, index) => `${routes[index]} ${status}`)).toEqual(
        routes.map((route) => `${route} 403`),
      );
    },
  );

  test.each(attacks)('$name is refused in the patient id of a note route', async ({ body }) => {
    expect(await client.send({ path: '/ingest', body: { patient_id: body, note_text: 'Stable.' } })).toBe(403);
  });

  test('the health check passes', async () => {
    expect(await client.send({ method: 'GET', path: contract.paths.health })).toBe(200);
  });
});

describe('the rules for ModSecurity', () => {
  test('set aside exactly the attack classes of the exceptions, for the text of a note alone', () => {
    const rules = modSecurityRules('/tmp');
    const removed = [...rules.matchAll(/ruleRemoveTargetByTag=([\w-]+);(\S+?)[,"]/g)].map(
      ([, tag, target]) => `${tag} ${target}`,
    );

    expect(removed.sort()).toEqual(
      [...new Set([...wafExceptions.flatMap(({ crsTags }) => crsTags), ...crsExceptions.map(({ tag }) => tag)])]
        .map((tag) => `${tag} ARGS:json.note_text`)
        .sort(),
    );
  });

  test('name only rules of AWS that look at the body, each with a reason', () => {
    expect(wafExceptions.filter(({ rule, label }) => !rule.endsWith('_BODY') || !/_BODY$/i.test(label))).toEqual([]);
    expect(wafExceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});
