import { number, object, resourceRule, text } from "../../framework";
import { judge, judgeRanges } from "../shared/values";

interface Config {
    readonly alsoEnded: readonly string[];
}

/** The last version of each kind of runtime that has ended, with all before it. */
const ENDED: Readonly<Record<string, readonly [major: number, minor: number]>> = {
    "syn-": [1, 0],
    "syn-nodejs-": [2, 2],
    "syn-nodejs-puppeteer-": [7, 0],
    "syn-python-selenium-": [5, 1],
};

const DAYS_KEPT = { min: 1, max: 455 };

const RATE = /^rate\((?:([01]) (minute|hour)|(\d+) (minute|hour)s)\)$/;
const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60 };

/**
 * Sources: Amazon CloudWatch User Guide, "Runtime versions support policy"; CloudWatch Synthetics API Reference, CreateCanary,
 * CanaryRunConfigInput and CanaryScheduleInput.
 */
export const rule = resourceRule<Config>({
    id: "synthetics-canary",
    severity: "high",
    description:
        "Canaries have a runtime that AWS still makes canaries with, and a schedule, a timeout and a memory that it takes.",
    fix: "Take a newer runtimeVersion; a rate of 1 to 60 minutes or a cron expression; a timeout of 3 to 840 seconds that is no longer than the time between two runs; a multiple of 64 MB, 960 to 3008.",
    frameworks: { controls: ["F16.8"] },
    types: ["aws:synthetics/canary:Canary"],
    config: {
        alsoEnded: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Runtimes that have ended since the rule's list was made.",
        },
    },
    check: ({ props }, report, { alsoEnded }) => {
        const run = object(props.runConfig);
        const rate = (): number | undefined => secondsBetween(text(object(props.schedule).expression) ?? "");
        judge(
            () => {
                const runtime = text(props.runtimeVersion) ?? "";
                if (hasEnded(runtime) || alsoEnded.includes(runtime)) {
                    report(`has runtimeVersion "${runtime}", with which AWS makes no canaries any more.`);
                }
            },
            () => {
                const expression = text(object(props.schedule).expression) ?? "";
                const seconds = rate();
                const isCron = /^cron\(\S+(?: \S+){5}\)$/.test(expression);
                if (!isCron && (seconds === undefined || seconds > 3600)) {
                    report(`has schedule.expression "${expression}".`);
                }
            },
            () => {
                const timeout = number(run.timeoutInSeconds);
                const seconds = rate();
                if (timeout !== undefined && (timeout < 3 || timeout > 840)) {
                    report(`has runConfig.timeoutInSeconds ${timeout}; allowed: 3 to 840.`);
                } else if (
                    timeout !== undefined &&
                    seconds !== undefined &&
                    seconds > 0 &&
                    timeout > seconds
                ) {
                    report(`has runConfig.timeoutInSeconds ${timeout}, and runs every ${seconds} seconds.`);
                }
            },
            () => {
                const memory = number(run.memoryInMb);
                if (memory !== undefined && (memory < 960 || memory > 3008 || memory % 64 !== 0)) {
                    report(`has runConfig.memoryInMb ${memory}; allowed: multiples of 64 from 960 to 3008.`);
                }
            },
            () => {
                judgeRanges(
                    props,
                    { successRetentionPeriod: DAYS_KEPT, failureRetentionPeriod: DAYS_KEPT },
                    report,
                );
            },
            () => {
                const [, bucket = ""] = /^s3:\/\/([^/]+)/.exec(text(props.artifactS3Location) ?? "") ?? [];
                if (bucket.includes(".")) {
                    report(
                        `has the bucket "${bucket}" in artifactS3Location; allowed: names without periods.`,
                    );
                }
            },
        );
    },
});

/** Seconds between two runs; 0 for one that runs once; undefined for what is no rate. */
function secondsBetween(expression: string): number | undefined {
    const [whole, one, single = "", many, plural = ""] = RATE.exec(expression) ?? [];
    return whole === undefined
        ? undefined
        : Number(one ?? many) * 60 * (MINUTES[single] ?? MINUTES[plural] ?? 0);
}

function hasEnded(runtime: string): boolean {
    const [, kind = "", major, minor] = /^(.*-)(\d+)\.(\d+)(?:-beta)?$/.exec(runtime) ?? [];
    const last = ENDED[kind];
    return (
        last !== undefined &&
        (Number(major) < last[0] || (Number(major) === last[0] && Number(minor) <= last[1]))
    );
}
