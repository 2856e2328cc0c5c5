import { useMemo } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { cardOf, cardText } from '../state/card.ts';
import { fileName } from '../state/report-files.ts';
import { paintCard } from './drawing.ts';
import { Button } from './parts/Button.tsx';
import { Dialog } from './parts/Dialog.tsx';
import css from './ResultCard.module.css';
import { canSendFiles, copyImage, saveBlob, sendImage } from './sending.ts';
import { usePicture } from './picture.ts';

interface Props {
  result: Result;
  elsewhere: boolean;
  onClose: () => void;
}

/** A result as a picture, to look at, keep and send. */
export function ResultCard({ result, elsewhere, onClose }: Props) {
  const facts = useMemo(() => cardOf(result, elsewhere), [result, elsewhere]);
  const picture = usePicture(paintCard, facts);
  const name = fileName(result, 'png');
  return (
    <Dialog title="A picture of this result" onClose={onClose}>
      <div class={css.card}>
        {picture.failed && (
          <p role="alert">This browser could not draw the picture. The link says the same.</p>
        )}
        {picture.url && <img src={picture.url} width={1200} height={630} alt={cardText(facts)} />}
        {picture.blob && (
          <div class={css.actions}>
            {canSendFiles && (
              <Button look="primary" onClick={() => void sendImage(result, picture.blob!, name)}>
                Share…
              </Button>
            )}
            <Button onClick={() => saveBlob(picture.blob!, name)}>Save image</Button>
            <Button onClick={() => void copyImage(picture.blob!)}>Copy image</Button>
          </div>
        )}
        <p class={css.note}>
          The code in it is the link, with every run. The picture is drawn here and sent nowhere.
        </p>
      </div>
    </Dialog>
  );
}
