import { useEffect, useState } from 'preact/hooks';

export interface Picture {
  blob: Blob | null;
  /** For `img`, so that a long press or a right click offers to keep it. */
  url: string | null;
  failed: boolean;
}

const NONE: Picture = { blob: null, url: null, failed: false };

/** A picture that is drawn once, and again when what it shows changes. */
export function usePicture<T>(paint: (of: T) => Promise<Blob>, of: T): Picture {
  const [picture, setPicture] = useState(NONE);
  useEffect(() => {
    let url: string | null = null;
    const draw = async () => {
      const blob = await paint(of);
      url = URL.createObjectURL(blob);
      setPicture({ blob, url, failed: false });
    };
    draw().catch(() => setPicture({ ...NONE, failed: true }));
    return () => {
      if (url) URL.revokeObjectURL(url);
    };
  }, [paint, of]);
  return picture;
}
