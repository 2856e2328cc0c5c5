/**
 * How tabs and workers agree about one model, by Web Locks:
 *
 *     runs-here-weights:write:<id>   exclusive, while files of the model are fetched, checked or deleted
 *     runs-here-weights:use:<id>     shared by the engines that have it open; exclusive for deleting it
 *     runs-here-weights:memory:<id>  shared by those that have in memory what did not fit on the disk
 */
export function writeLock(id: string): string {
  return `runs-here-weights:write:${id}`;
}

export function useLock(id: string): string {
  return `runs-here-weights:use:${id}`;
}

export function memoryLock(id: string): string {
  return `runs-here-weights:memory:${id}`;
}
