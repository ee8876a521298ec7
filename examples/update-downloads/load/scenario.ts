/** What happens when a version comes out. */
export interface Scenario {
    readonly devices: number;
    readonly hours: number;
    /** What each device asks for, how often, and in parts of how many bytes. */
    readonly asks: readonly Ask[];
    /** Instances behind the balancer. */
    readonly instances: number;
}

/** A file that each device asks for. */
export interface Ask {
    readonly path: string;
    readonly times: number;
    readonly bytes: number;
    /** A file that is larger is asked for in ranges of so many bytes. */
    readonly rangeBytes: number;
}

const MEGABYTE = 1_000_000;

/** A million devices within an hour: each looks twice what is new, and fetches 24 MB in ranges of 8 MB. */
export const RELEASE: Scenario = {
    devices: 1_000_000,
    hours: 1,
    asks: [
        { path: "/updates/manifest.json", times: 2, bytes: 2_000, rangeBytes: 8 * MEGABYTE },
        {
            path: "/updates/4.2.0/firmware.bin",
            times: 1,
            bytes: 24 * MEGABYTE,
            rangeBytes: 8 * MEGABYTE,
        },
    ],
    instances: 2,
};
