import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { segmentOf, segmentPath } from '@healthcare-ai/audit-trail/segments/segment-store';
import {
  type FakeAnswer,
  FakeAws,
  type FakeRequest,
  jsonAnswer,
  jsonError,
  xmlError,
} from '../../../service/support/fake-aws.ts';

/** Log streams, a bucket and a signing key, in the shapes in which AWS answers. */
export class FakeTrail {
  /** Lines of each stream. */
  readonly streams = new Map<string, string[]>();
  readonly objects = new Map<string, string>();
  publicKey: Buffer = Buffer.alloc(0);
  /** Where the CloudTrail of the stage writes; none without it. */
  trailBucket: string | undefined = 'audit-bucket';
  /** Answers to be given before all others. */
  readonly troubles: (FakeAnswer | 'hang up')[] = [];
  /** Keys that a list of objects has at most: small, so that there are several. */
  keysPerPage = 2;
  /** Events a page: small, so that there are many. */
  pageSize = 7;
  #aws: FakeAws | undefined;

  async start(): Promise<string> {
    this.#aws = await FakeAws.start((request) => this.troubles.shift() ?? this.#answer(request));
    return this.#aws.endpoint;
  }

  get requests(): readonly FakeRequest[] {
    return this.#aws?.requests ?? [];
  }

  async stop(): Promise<void> {
    await this.#aws?.stop();
  }

  keep(trail: string, { record, statement }: Checkpoint): void {
    this.objects.set(`audit/checkpoints/${trail}/${String(statement.number).padStart(12, '0')}.json`, record);
  }

  /** The segment of a checkpoint, as the service's sink writes it. */
  keepSegment(trail: string, { record, statement }: Checkpoint, events: readonly string[]): void {
    this.objects.set(`audit/${segmentPath(trail, statement.number)}`, segmentOf(record, events.join('\n')));
  }

  #answer(request: FakeRequest): FakeAnswer {
    const { operation, body } = request;
    if (operation === 'DescribeLogStreams') return this.#describe(JSON.parse(body));
    if (operation === 'GetLogEvents') return this.#get(JSON.parse(body));
    if (operation === 'CreateLogStream') return this.#create(JSON.parse(body));
    if (operation === 'PutLogEvents') return this.#put(JSON.parse(body));
    if (operation === 'GetPublicKey') {
      const PublicKey = this.publicKey.toString('base64');
      return jsonAnswer(200, {
        KeyId: 'k',
        PublicKey,
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: ['ED25519_SHA_512'],
      });
    }
    if (operation === 'GetTrail') return this.#trail(JSON.parse(body).Name);
    if (operation !== '') return jsonError('UnknownOperationException', operation);
    const url = new URL(request.path, 'http://s3');
    return request.method === 'PUT' ? this.#keep(url, request) : this.#object(url);
  }

  #create({ logStreamName }: { logStreamName: string }): FakeAnswer {
    this.streams.set(logStreamName, this.streams.get(logStreamName) ?? []);
    return jsonAnswer(200, {});
  }

  #put(input: { logStreamName: string; logEvents: readonly { message: string }[] }): FakeAnswer {
    this.streams.get(input.logStreamName)!.push(...input.logEvents.map(({ message }) => message));
    return jsonAnswer(200, {});
  }

  /** If-None-Match: what stands there stays. */
  #keep({ pathname }: URL, { body }: FakeRequest): FakeAnswer {
    const name = decodeURIComponent(pathname.slice('/audit-bucket/'.length));
    if (this.objects.has(name)) return xmlError('PreconditionFailed', 412);
    this.objects.set(name, body);
    return { status: 200, body: '' };
  }

  #trail(name: string): FakeAnswer {
    if (name !== 'healthcare-ai-dev-us-east-1' || this.trailBucket === undefined) {
      return jsonError('TrailNotFoundException', `Unknown trail: ${name}`);
    }
    return jsonAnswer(200, { Trail: { Name: name, S3BucketName: this.trailBucket } });
  }

  #describe(input: { logGroupName: string; logStreamNamePrefix?: string; nextToken?: string }): FakeAnswer {
    if (input.logGroupName !== '/healthcare-ai/dev/audit') {
      return jsonError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    const names = [...this.streams.keys()].filter((name) => name.startsWith(input.logStreamNamePrefix ?? '')).sort();
    const from = Number(input.nextToken ?? 0);
    return jsonAnswer(200, {
      logStreams: names.slice(from, from + 2).map((logStreamName) => ({ logStreamName })),
      nextToken: from + 2 < names.length ? String(from + 2) : undefined,
    });
  }

  /** A page may be empty before the end, and at the end the token comes back as it was given. */
  #get(input: { logStreamName: string; nextToken?: string }): FakeAnswer {
    const lines = this.streams.get(input.logStreamName) ?? [];
    const [, at = '0', empty = ''] = /^f\/(\d+)(e?)$/.exec(input.nextToken ?? '') ?? [];
    const from = Number(at);
    if (from === this.pageSize && empty === '') return jsonAnswer(200, { events: [], nextForwardToken: `f/${from}e` });
    const events = lines.slice(from, from + this.pageSize);
    const next = events.length === 0 ? (input.nextToken ?? 'f/0') : `f/${from + events.length}`;
    return jsonAnswer(200, {
      events: events.map((message, index) => ({ message, timestamp: 1_700_000_000_000, ingestionTime: index })),
      nextForwardToken: next,
      nextBackwardToken: 'b/0',
    });
  }

  #object({ pathname, searchParams }: URL): FakeAnswer {
    const [, bucket, ...rest] = pathname.split('/');
    if (bucket !== 'audit-bucket') return xmlError('NoSuchBucket', 404);
    const name = rest.join('/');
    if (searchParams.get('list-type') === '2') {
      const prefix = searchParams.get('prefix') ?? '';
      const after = searchParams.get('start-after') ?? '';
      const most = Number(searchParams.get('max-keys') ?? this.keysPerPage);
      const from = searchParams.get('continuation-token') ?? after;
      const keys = [...this.objects.keys()].sort().filter((one) => one.startsWith(prefix) && one > from);
      const delimiter = searchParams.get('delimiter');
      if (delimiter !== null) return listing(foldersOf(keys, prefix, delimiter));
      const page = keys.slice(0, most);
      const more = keys.length > most ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
      const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
      return listing(`<KeyCount>${page.length}</KeyCount><IsTruncated>${more !== ''}</IsTruncated>${more}${contents}`);
    }
    const body = this.objects.get(decodeURIComponent(name));
    return body === undefined ? xmlError('NoSuchKey', 404) : { status: 200, body };
  }
}

const listing = (content: string): FakeAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>audit-bucket</Name>${content}</ListBucketResult>`,
});

const foldersOf = (keys: readonly string[], prefix: string, delimiter: string): string =>
  [...new Set(keys.map((key) => key.slice(0, key.indexOf(delimiter, prefix.length) + 1)))]
    .map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`)
    .join('');
