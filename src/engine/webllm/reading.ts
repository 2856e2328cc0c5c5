/**
 * Tells how long each file that web-llm reads from the store is waited for, until the returned function is called. Reading
 * and copying onto the GPU alternate within one phase of a load, and only this tells them apart.
 */
export async function watchReading(onWaited: (ms: number) => void): Promise<() => void> {
  // The store has one face for all of web-llm's caches (`weights/caches.ts`).
  const face = await caches.open('webllm/model');
  const match = face.match.bind(face);
  const watched = async (...asked: Parameters<Cache['match']>) => {
    const response = await match(...asked);
    return response && watchBody(response, onWaited);
  };
  Object.defineProperty(face, 'match', { configurable: true, value: watched });
  return () => void Reflect.deleteProperty(face, 'match');
}

function watchBody(response: Response, onWaited: (ms: number) => void): Response {
  const read = response.arrayBuffer.bind(response);
  const watched = async () => {
    const beganMs = performance.now();
    const bytes = await read();
    onWaited(performance.now() - beganMs);
    return bytes;
  };
  Object.defineProperty(response, 'arrayBuffer', { value: watched });
  return response;
}
