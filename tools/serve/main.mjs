// node tools/serve/main.mjs [--root dist] [--port N] [--host H]: serve a folder until told to stop.
import { parseArgs } from 'node:util';
import { listen, serveFolder } from './static.mjs';

const string = { type: 'string' };
const { values } = parseArgs({ options: { root: string, port: string, host: string } });
const server = await listen(serveFolder(values.root ?? 'dist'), {
  port: Number(values.port ?? 0),
  host: values.host,
});
console.log(server.url);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
