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

const NEEDED: readonly (keyof Config)[] = [
    "region",
    "userPoolId",
    "clientId",
    "identityPoolId",
    "providerName",
    "apiUrl",
    "bucketName",
];

/** Reads the page's configuration. */
export async function readConfig(): Promise<Config> {
    const answer = await fetch("./config.json", { cache: "no-store" });
    const config = (answer.ok ? await answer.json() : {}) as Partial<Config>;
    const missing = NEEDED.filter((key) => typeof config[key] !== "string");
    if (missing.length > 0) {
        throw new Error(`config.json lacks ${missing.join(", ")}`);
    }
    return config as Config;
}
