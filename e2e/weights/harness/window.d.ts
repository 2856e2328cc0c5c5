import type { Room } from './main.ts';

declare global {
  interface Window {
    room: Room;
  }
}
