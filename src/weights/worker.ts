import { expose } from 'comlink';
import { Keeper } from './keeper.ts';
import { openStore } from './open.ts';
import { serve } from './remote.ts';

expose(serve(openStore().then((store) => new Keeper(store))));
