/** Changes of configuration on the real engine, against what the documents say of them. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Stack } from "@pulumi/pulumi/automation";
import { CONFIG_CHANGES, type ConfigChange, type StackChange } from "../../../tools/docs/configChanges";
import { nameOf, STACK_TYPE, typeOf } from "../../../tools/preview/urn";
import { type Outcome } from "./workspace";

/** Changes that are made together. */
export function changesOf(group: number): readonly ConfigChange[] {
    return CONFIG_CHANGES.filter((change) => change.group === group);
}

/** Which part of a change is about a stack. */
export type StackKind = "region" | "global";

/** What the global stack's file must not have: it has no network and no balancers. */
export const NOT_GLOBAL: readonly string[] = [
    "availabilityZones",
    "cidrBlock",
    "elasticDisasterRecovery",
    "elasticDisasterRecoverySources",
    "webCertificateArn",
];

/** Sets the keys of changes in a stack's configuration. @returns What makes it what it was. */
export async function setAll(
    stack: Stack,
    changes: readonly ConfigChange[],
    kind: StackKind,
): Promise<() => void> {
    const entries = changes
        .flatMap(({ after }) => Object.entries(after ?? {}))
        .filter(([key]) => kind === "region" || !NOT_GLOBAL.includes(key))
        .map(([key, value]) => [`meridian:${key}`, value] as const);
    const isList = ([, value]: readonly [string, string]): boolean => value.startsWith("[");
    const single = entries.filter((entry) => !isList(entry)).map(([key, value]) => [key, { value }] as const);
    // A list is set element by element.
    const lists = entries
        .filter(isList)
        .flatMap(([key, value]) =>
            (JSON.parse(value) as string[]).map(
                (item, index) => [`${key}[${index}]`, { value: item }] as const,
            ),
        );
    const file = path.join(stack.workspace.workDir, `Pulumi.${path.basename(stack.name)}.yaml`);
    const before = fs.readFileSync(file);
    await stack.setAllConfig(Object.fromEntries(single));
    if (lists.length > 0) {
        await stack.setAllConfig(Object.fromEntries(lists), true);
    }
    return () => {
        fs.writeFileSync(file, before);
    };
}

/**
 * Has a region's stack say in its outputs that it was told the changes, as it does once it is updated with them: the
 * global stack refuses what its regions were told otherwise.
 *
 * @returns What makes it what it was.
 */
export async function sayTold(stack: Stack, changes: readonly ConfigChange[]): Promise<() => Promise<void>> {
    const told = Object.fromEntries(changes.flatMap(({ after = {} }) => Object.entries(after)));
    const before = await stack.exportStack();
    const after = structuredClone(before);
    const { resources } = after.deployment as { readonly resources: readonly StackResource[] };
    const own = resources.find(({ type }) => type === STACK_TYPE);
    for (const said of [own?.outputs["settings"], own?.outputs["roles"]]) {
        for (const key of Object.keys(said ?? {})) {
            Object.assign(said ?? {}, key in told ? { [key]: told[key] } : {});
        }
    }
    if (told["eventsApi"] === "true") {
        // What a region without it does not even speak of.
        Object.assign(own?.outputs["settings"] ?? {}, { eventsApi: "true" });
        Object.assign(own?.outputs ?? {}, { eventsApi: { target: EVENTS_TARGET } });
    }
    if (told["regionSwitchPlan"] === "true") {
        Object.assign(own?.outputs["settings"] ?? {}, { regionSwitchPlan: "true" });
        Object.assign(own?.outputs ?? {}, PLAN_OUTPUTS);
    }
    await stack.importStack(after);
    return () => stack.importStack(before);
}

const GROUP =
    "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:00000000-1111-2222-3333-444444444444";

/** What a plan of Region switch needs of a region. */
const PLAN_OUTPUTS = {
    autoScalingGroupArns: {
        web: `${GROUP}:autoScalingGroupName/web`,
        api: `${GROUP}:autoScalingGroupName/api`,
    },
    regionSwitchReports: {
        bucketName: "shop-switch-reports-bucket",
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/00000000-1111-2222-3333-444444444444",
    },
    canaryAlarmArn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:shop-world-failing",
};

/** Where the world-wide name for events leads to in a region. */
const EVENTS_TARGET = {
    "events.origin.shop.example.com": {
        domainName: "d-abc1234567.execute-api.us-east-1.amazonaws.com",
        zoneId: "Z1UJRXOUMOOFQ8",
    },
};

interface StackResource {
    readonly type: string;
    readonly outputs: Readonly<Record<string, object | undefined>>;
}

const VERBS = ["replaces", "makes", "deletes"] as const;

/** What the documents say that changes do to a stack, a line for each resource that does not stay. */
export function documented(changes: readonly ConfigChange[], kind: StackKind): readonly string[] {
    return [...new Set(changes.flatMap((change) => linesOf(change[kind] ?? {})))].sort();
}

function linesOf(change: StackChange): string[] {
    return VERBS.flatMap((verb) =>
        Object.entries(change[verb] ?? {}).flatMap(([type, names = []]) =>
            names.map((name) => `${verb} ${type} ${name}`),
        ),
    );
}

/** What the engine plans, in the same words. */
export function planned({ steps }: Outcome): readonly string[] {
    return [...steps]
        .flatMap(([urn, ops]) => {
            const verb = verbOf(ops);
            return verb === undefined ? [] : [`${verb} ${typeOf(urn)} ${nameOf(urn)}`];
        })
        .sort();
}

function verbOf(ops: readonly string[]): (typeof VERBS)[number] | undefined {
    if (ops.some((op) => op.includes("replace"))) {
        return "replaces";
    }
    return ops.includes("create") ? "makes" : ops.includes("delete") ? "deletes" : undefined;
}
