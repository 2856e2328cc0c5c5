import { computed, effect } from '@preact/signals';
import { withFreeLock, shareLock } from '../locks.ts';
import { isUpdateWaiting, keepEngineOffline, onUpdate, registerOffline, takeOver } from '../offline.ts';
import { draft } from './draft.ts';
import { notify } from './notices.ts';
import { isOpening, session } from './session.ts';
import { storeJobs } from './stored.ts';

/** Held, shared, by each tab that is at work; a new version takes it exclusively, and only if that is possible at once. */
const WORK_LOCK = 'runs-here-work';

/** This tab is downloading, loading, generating or measuring, which a reload would break off. */
const isWorking = computed(() => session.value === 'busy' || isOpening.value || storeJobs.value > 0);

/** Keep the app for when there is no network, and bring in new versions of it without getting in anybody's way. */
export async function followUpdates(): Promise<void> {
  holdWhileWorking();
  if (!(await registerOffline(isUntouched))) return;
  if (isUpdateWaiting() && isUntouched() && (await replace(isUntouched))) return;
  if (isUpdateWaiting()) offer();
  onUpdate(offer);
  keepEngine();
}

/** From now on the work of this tab holds the lock. The browser frees it when the tab goes, however it goes. */
export function holdWhileWorking(): void {
  let held: Promise<() => void> | null = null;
  effect(() => {
    if (isWorking.value) held ??= shareLock(WORK_LOCK);
    else {
      void held?.then((release) => release());
      held = null;
    }
  });
}

/** Bring in the new version if nobody is at work in any tab; else it waits for the next start. */
export async function useNewVersion(): Promise<void> {
  if (await replace(() => !isWorking.value)) return;
  notify('A model is at work, here or in another tab. The new version comes when this page is opened next.');
}

function offer(): void {
  const action = { label: 'Use it', run: () => void useNewVersion() };
  notify('A new version of this page is ready.', { stayMs: null, action });
}

/** Reloads this tab, and no other, with the new version; resolves to false if this is not the time. */
async function replace(isFree: () => boolean): Promise<boolean> {
  if (!isFree()) return false;
  const done = await withFreeLock(WORK_LOCK, async () => {
    // Another tab may have let it take over before: then there is only the reload left to do.
    if (isUpdateWaiting() && !(await takeOver())) return false;
    if (!isFree()) return false;
    location.reload();
    return true;
  });
  return done === true;
}

/** A reload would take nothing away: no click, no key, nothing typed, nothing begun. Unknown counts as touched. */
function isUntouched(): boolean {
  const touched = navigator.userActivation?.hasBeenActive !== false;
  return !touched && draft.value === '' && (session.value === 'absent' || session.value === 'failed');
}

/** At once, unless the visitor wants to save data; then only when an engine is in use, and fetched, anyway. */
function keepEngine(): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  effect(() => {
    if (session.value === 'ready' || !connection?.saveData) void keepEngineOffline();
  });
}
