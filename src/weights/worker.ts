import { expose } from 'comlink';
import { Keeper } from './keeper.ts';
import { serve } from './remote.ts';
import { IdbStore } from './store.ts';

const store = new IdbStore();
store.sweep().catch(() => undefined); // without storage there is nothing to sweep, and the next call says so
expose(serve(new Keeper(store)));
