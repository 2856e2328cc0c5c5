import { effect } from '@preact/signals';
import { answerTabs, showOnGpu } from './gpu-lock.ts';
import { open } from './launch.ts';
import { notify } from './notices.ts';
import { closeModel, session, target } from './session.ts';

/** From now on, other tabs see which model is on the GPU here, and may have the GPU when it is idle. */
export function shareGpu(): void {
  effect(() => {
    const isOnGpu = session.value === 'loading' || session.value === 'ready' || session.value === 'busy';
    showOnGpu(isOnGpu ? (target.value?.model.name ?? null) : null);
  });
  answerTabs(leaveGpu);
}

async function leaveGpu(): Promise<boolean> {
  const left = target.value;
  if (session.value !== 'ready' || !left) return false;
  await closeModel();
  notify(`${left.model.name} was unloaded here: another tab took over the GPU.`, {
    stayMs: null,
    action: { label: 'Load it again', run: () => void open(left) },
  });
  return true;
}
