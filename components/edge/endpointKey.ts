/** The key of the health check that is well as long as one endpoint is; no endpoint may have it. */
export const ANY_ENDPOINT = "any";
