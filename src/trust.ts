/**
 * The page runs under `require-trusted-types-for 'script'`: strings do not reach script sinks unless a policy lets
 * them. The one sink we use is a script URL (workers, the service worker), and only our own origin passes.
 * Imported first by `main.tsx`. Browsers without Trusted Types do not enforce the directive either.
 * https://developer.mozilla.org/docs/Web/API/Trusted_Types_API
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy('default', { createScriptURL: ownOrigin });

/** @throws TypeError for a script from any other origin. */
function ownOrigin(url: string): string {
  const target = new URL(url, location.href);
  if (target.origin !== location.origin) throw new TypeError(`A script from ${target.origin} is refused.`);
  return url;
}
