import { computed, signal } from '@preact/signals';
import type { Probe } from '../gpu/probe.ts';
import { doors } from './doors.ts';

/** What the browser says of the GPU; null while it has not answered. */
export const gpu = signal<Probe | null>(null);

export const adapter = computed(() => gpu.value?.adapter ?? null);

/** Models can run here at all. False until the browser has answered. */
export const canRun = computed(() => gpu.value?.usable ?? false);

export async function lookAtGpu(): Promise<void> {
  gpu.value = await doors.probe();
}
