import { useState } from 'preact/hooks';
import { Dialog } from './parts/Dialog.tsx';
import { Later } from './parts/Later.tsx';
import css from './SettingsPanel.module.css';

const loadSettings = () => import('./SettingsForm.tsx').then(({ Settings }) => Settings);

/** The settings and the button that opens them. Every change counts at once, so there is nothing to confirm. */
export function SettingsPanel() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class={css.open} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Settings
      </button>
      {isOpen && (
        <Dialog title="Settings" beside onClose={() => setOpen(false)}>
          <Later load={loadSettings} give={{}} />
        </Dialog>
      )}
    </>
  );
}
