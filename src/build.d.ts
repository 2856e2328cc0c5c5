/** Set by vite.config.ts at build time. */
declare const APP_VERSION: string;
declare const APP_COMMIT: string;
declare const ENGINE_VERSION: string;
