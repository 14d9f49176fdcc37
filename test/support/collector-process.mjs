// A collector as a process of its own: takes OTLP over HTTP and writes each message to a file, one JSON line with its path and
// headers, before it confirms. Arguments: port, file, and optionally "reject" to confirm no line.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, file, wish] = process.argv.slice(2);
const rejecting = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'no' } });

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { url, headers } = request;
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (wish !== 'reject') appendFileSync(file, `${JSON.stringify({ url, headers, body })}\n`);
    response.setHeader('content-type', 'application/json');
    response.end(wish === 'reject' ? rejecting : '{}');
  });
});
server.listen(Number(port), 'localhost', () => process.stdout.write('ready\n'));
