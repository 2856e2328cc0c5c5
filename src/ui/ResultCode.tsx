import { useMemo } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { codeOf } from '../share/code.ts';
import { isOnlyHere, linkOf } from '../state/shared.ts';
import { paintCode } from './drawing.ts';
import { Dialog } from './parts/Dialog.tsx';
import { usePicture } from './picture.ts';
import css from './ResultCard.module.css';

/** The link of a result for a camera: from this screen to a phone. */
export function ResultCode({ result, onClose }: { result: Result; onClose: () => void }) {
  const link = linkOf(result);
  const code = useMemo(() => codeOf(link), [link]);
  const picture = usePicture(paintCode, code);
  return (
    <Dialog title="Open it on a phone" onClose={onClose}>
      <div class={css.card}>
        {picture.failed && <p role="alert">This browser could not draw the code. Copy the link instead.</p>}
        {picture.url && <img class={css.code} src={picture.url} alt="QR code of this result’s link" />}
        <p class={css.note}>
          Point a phone’s camera at it. The code holds the whole result, so nothing is sent anywhere.
          {isOnlyHere(link) && ' This page is served by this machine alone, so no other device reaches it.'}
        </p>
      </div>
    </Dialog>
  );
}
