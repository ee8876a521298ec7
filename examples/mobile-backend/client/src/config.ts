import { type Config } from "./backend";

export { type Config } from "./backend";

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
