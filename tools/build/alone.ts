import { build, type InlineConfig } from 'vite';

/**
 * Builds one entry apart from the app and returns its code, without writing anything.
 * @throws Error when it does not come out as exactly one file
 */
export async function buildAlone(
  config: InlineConfig['build'],
  define: Record<string, string> = {},
): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: { ...config, write: false, target: 'es2022' },
  });
  const outputs = Array.isArray(result)
    ? result.flatMap((r) => r.output)
    : 'output' in result
      ? result.output
      : [];
  const chunks = outputs.filter((o) => o.type === 'chunk');
  const [only] = chunks;
  if (!only || chunks.length !== 1) throw new Error(`one file was expected, not ${chunks.length}`);
  return only.code;
}
