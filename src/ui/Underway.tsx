import type { DownloadProgress } from '../weights/weights.ts';
import { Button } from './parts/Button.tsx';
import { fractionOf, Progress } from './parts/Progress.tsx';
import css from './Underway.module.css';
import { progressWords } from './words.ts';

interface Props {
  /** What is done to what. */
  name: string;
  /** What is done, as it is shown. */
  words: string;
  progress: DownloadProgress | null;
  stopWord: string;
  stopName: string;
  onStop: () => void;
}

/** Work on stored files: how far it is, and the way to stop it. */
export function Underway({ name, words, progress, stopWord, stopName, onStop }: Props) {
  return (
    <div class={css.work}>
      <Progress label={name} fraction={fractionOf(progress)} />
      <p>
        {words}
        {progress?.totalBytes ? ` · ${progressWords(progress)}` : ''}
      </p>
      <Button look="quiet" name={stopName} onClick={onStop}>
        {stopWord}
      </Button>
    </div>
  );
}
