import { type DownloadContent } from "../../components/edge";

/** For how long each kind of download is kept, in seconds. */
export interface Lifetimes {
    readonly manifestSeconds: number;
    readonly latestSeconds: number;
    readonly versionSeconds: number;
}

/** What is kept, of which paths: the program and the model of its load go by this alone. */
export function contentsOf({ manifestSeconds, latestSeconds, versionSeconds }: Lifetimes): DownloadContent[] {
    return [
        {
            name: "manifests",
            pathPatterns: ["/updates/*.json", "/downloads/*.json"],
            lifetimeSeconds: manifestSeconds,
        },
        {
            name: "latest",
            pathPatterns: ["/updates/latest/*", "/downloads/latest/*"],
            lifetimeSeconds: latestSeconds,
        },
        {
            name: "versions",
            pathPatterns: ["/updates/*", "/downloads/*"],
            lifetimeSeconds: versionSeconds,
        },
    ];
}
