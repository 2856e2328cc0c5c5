/** All limits of the adapter that the engine would get; null where there is none. */
export async function readLimits(
  gpu: GPU | undefined = globalThis.navigator?.gpu,
): Promise<Record<string, number> | null> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return null;
  const found: Record<string, number> = {};
  // The names are getters on the prototype, which only this kind of loop sees.
  for (const name in adapter.limits) found[name] = adapter.limits[name as keyof GPUSupportedLimits] as number;
  return found;
}
