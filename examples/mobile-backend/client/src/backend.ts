/** What the page is told of the backend: outputs of its stack, as config.json beside the page. */
export interface Config {
    region: string;
    userPoolId: string;
    clientId: string;
    identityPoolId: string;
    /** What the identity pool calls the user pool. */
    providerName: string;
    apiUrl: string;
    bucketName: string;
    /** Where AWS is, in place of its own addresses: an emulator. */
    endpoint?: string;
}
