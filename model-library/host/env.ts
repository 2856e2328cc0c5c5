/** What the engine offers to this module. The file's name is the import's module name. */

/** Calls JavaScript callback number `js`; 0 if it returned, -1 if it threw. */
export declare function TVMFFIWasmSafeCall(js: usize, args: usize, count: i32, out: usize): i32;

/** Tells the engine that nobody holds callback number `js` any more. */
export declare function TVMFFIWasmFunctionDeleter(js: usize): void;
