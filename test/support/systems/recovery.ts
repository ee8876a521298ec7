/** What watches a system from outside, and what is tried out with it. */
import { type RegisteredResource } from "../preview";

/** One thing of it. */
interface Watch {
    readonly what: "AWS Health" | "canary" | "experiment";
    readonly of: string;
}

const WATCHES: Readonly<Record<string, (inputs: RegisteredResource["inputs"]) => Watch | undefined>> = {
    "aws:cloudwatch/eventRule:EventRule": ({ eventPattern, region }) => {
        const { source, detail } = JSON.parse((eventPattern as string | undefined) ?? "{}") as {
            readonly source?: readonly string[];
            readonly detail?: { readonly eventRegion?: readonly string[] };
        };
        return source?.includes("aws.health") === true
            ? {
                  what: "AWS Health",
                  of: `${detail?.eventRegion?.join(" and ") ?? "every region"}, heard in ${String(region)}`,
              }
            : undefined;
    },
    "aws:synthetics/canary:Canary": ({ region, runConfig, schedule }) => {
        const { environmentVariables: asked } = runConfig as {
            readonly environmentVariables: { readonly WATCHED_HOST: string; readonly WATCHED_PATHS: string };
        };
        const paths = JSON.parse(asked.WATCHED_PATHS) as readonly string[];
        return {
            what: "canary",
            of:
                `${paths.map((path) => `https://${asked.WATCHED_HOST}${path}`).join(", ")} from ${String(region)}, ` +
                (schedule as { readonly expression: string }).expression,
        };
    },
    "aws:fis/experimentTemplate:ExperimentTemplate": ({ description, stopConditions }) => ({
        what: "experiment",
        of: `${String(description)}; alarms that end it: ${(stopConditions as readonly unknown[]).length}`,
    }),
};

/** All of it in a stack. */
export function watchesIn(resources: readonly RegisteredResource[]): Watch[] {
    return resources.flatMap(({ inputs, type }) => WATCHES[type]?.(inputs) ?? []);
}
