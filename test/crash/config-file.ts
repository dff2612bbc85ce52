/** Where the harness leaves the configuration for its engines, in the workspace. */
export const CONFIG = 'config.json'
