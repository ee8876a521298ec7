/** The port that domains listen on, whatever their settings. */
export const SEARCH_PORT = 443;
