import { expose } from 'comlink';
import { Keeper } from './keeper.ts';
import { serve } from './remote.ts';
import { IdbStore } from './store.ts';

expose(serve(new Keeper(new IdbStore())));
