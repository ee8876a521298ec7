/** What a reviewer wants to know of a component before reading its rows: pure logic on the plan. */
import { STORE_TYPES } from "../../../policies/framework/stores";
import { type InvokeRecord, type Properties, type StackPreview, type Step } from "../types";
import { isProvider, nameOf } from "../urn";
import { holds, isRecord, MASK } from "../values";
import { className, displayType } from "./plan";
import { entrances } from "./entrances";
import { items, textOf } from "./inputs";
import { plural } from "./text";

/** What a note is about, and its heading. */
export const NOTE_KINDS = [
    "internet",
    "data",
    "capacity",
    "secrets",
    "access",
    "elsewhere",
    "makes",
] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** Something notable of a component, in one line. */
export interface Note {
    readonly kind: NoteKind;
    readonly text: string;
    /** Whether it is what a reviewer should stop at. */
    readonly warning: boolean;
}

/** What is known of the stack around a component. */
export interface StackFacts {
    /** The region of the stack's own provider; undefined where it has none. */
    readonly region: string | undefined;
    /** Names of managed prefix lists by id, such as CloudFront's. */
    readonly prefixLists: ReadonlyMap<string, string>;
}

/**
 * What holds something that no update brings back: the stores, and beside them keys, images, archives, users, and what
 * ties a global database together. The policy `stateful-protected` asks for the same types to be protected.
 */
export const STATEFUL_TYPES: ReadonlySet<string> = new Set([
    ...STORE_TYPES,
    "aws-native:cognito:UserPool",
    "aws-native:cognito:UserPoolReplica",
    "aws:backup/vault:Vault",
    "aws:cloudtrail/trail:Trail",
    "aws:cognito/userPool:UserPool",
    "aws:docdb/globalCluster:GlobalCluster",
    "aws:ebs/volume:Volume",
    "aws:ecr/repository:Repository",
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:neptune/globalCluster:GlobalCluster",
    "aws:rds/globalCluster:GlobalCluster",
]);

/** The facts of a stack that its components' notes need. */
export function factsOf(preview: StackPreview): StackFacts {
    const provider = preview.steps.find(({ newState }) => newState.type === "pulumi:providers:aws");
    return { region: textOf(provider?.newState.inputs["region"]), prefixLists: prefixLists(preview.invokes) };
}

/** What is notable of a component's steps, the most important first. */
export function notesOf(steps: readonly Step[], facts: StackFacts): Note[] {
    const resources = steps.filter(({ newState }) => newState.custom);
    return [
        ...internetNotes(resources, facts),
        ...dataNotes(resources),
        ...capacityNotes(resources),
        ...secretNotes(resources),
        ...accessNotes(resources),
        ...elsewhereNotes(resources, facts),
    ];
}

function internetNotes(resources: readonly Step[], { prefixLists: lists }: StackFacts): Note[] {
    const found = resources.flatMap((step) => entrances(step, lists));
    if (found.length === 0) {
        return [];
    }
    const text = [...counted(found.map((entrance) => entrance.text))].map(([what, count]) =>
        count === 1 ? what : `${what} (${count} times)`,
    );
    return [
        note(
            "internet",
            text.join(", "),
            found.some(({ open }) => open),
        ),
    ];
}

function dataNotes(resources: readonly Step[]): Note[] {
    const stateful = resources.filter(
        ({ op, newState }) => op === "create" && STATEFUL_TYPES.has(newState.type),
    );
    if (stateful.length === 0) {
        return [];
    }
    const open = stateful.filter(({ newState }) => !newState.protect);
    const verdict =
        open.length === 0
            ? "protected"
            : open.length === stateful.length
              ? "not protected"
              : `not protected: ${open.map(({ urn }) => nameOf(urn)).join(", ")}`;
    return [note("data", `${countedKinds(stateful)}; ${verdict}`, open.length > 0)];
}

function capacityNotes(resources: readonly Step[]): Note[] {
    const of = (type: string): Step[] => resources.filter(({ newState }) => newState.type === type);
    const parts: string[] = [];
    const gateways = of("aws:ec2/natGateway:NatGateway").length;
    if (gateways > 0) {
        parts.push(plural(gateways, "NAT gateway"));
    }
    const endpoints = of("aws:ec2/vpcEndpoint:VpcEndpoint").filter(
        ({ newState }) => newState.inputs["vpcEndpointType"] === "Interface",
    );
    if (endpoints.length > 0) {
        const zones = Math.max(
            ...endpoints.map(({ newState }) => items(newState.inputs["subnetIds"]).length),
        );
        parts.push(`${plural(endpoints.length, "interface endpoint")} in ${plural(zones, "zone")}`);
    }
    for (const [text, count] of counted(of("aws:autoscaling/group:Group").map(groupSize))) {
        parts.push(count === 1 ? text : `${count} groups of ${text}`);
    }
    for (const [text, count] of counted(
        of("aws:ec2/instance:Instance").map(({ newState }) => typeOfInstance(newState.inputs)),
    )) {
        parts.push(`${plural(count, "instance")} of ${text}`);
    }
    const members = [...of("aws:rds/clusterInstance:ClusterInstance"), ...of("aws:rds/instance:Instance")];
    const capacities = of("aws:rds/cluster:Cluster").flatMap(acus);
    for (const [text, count] of counted(
        members.map(({ newState }) => textOf(newState.inputs["instanceClass"]) ?? "a class not known yet"),
    )) {
        const range =
            text === "db.serverless" && capacities.length > 0
                ? ` (${[...new Set(capacities)].join("; ")})`
                : "";
        parts.push(`${plural(count, "database instance")} of ${text}${range}`);
    }
    return parts.length === 0 ? [] : [note("capacity", parts.join(", "))];
}

function groupSize({ newState }: Step): string {
    const { minSize, maxSize } = newState.inputs;
    return `${String(minSize)} to ${String(maxSize)} instances`;
}

function typeOfInstance(inputs: Properties): string {
    return textOf(inputs["instanceType"]) ?? "a type not known yet";
}

function acus({ newState }: Step): string[] {
    const scaling = newState.inputs["serverlessv2ScalingConfiguration"];
    return isRecord(scaling)
        ? [`${String(scaling["minCapacity"])} to ${String(scaling["maxCapacity"])} ACU`]
        : [];
}

function secretNotes(resources: readonly Step[]): Note[] {
    const made = resources.filter(({ newState }) =>
        [
            "aws:secretsmanager/secret:Secret",
            "random:index/randomPassword:RandomPassword",
            "tls:index/privateKey:PrivateKey",
            "aws:iam/accessKey:AccessKey",
        ].includes(newState.type),
    );
    const told = resources.filter(({ newState }) => holds(newState.inputs, (value) => value === MASK));
    const parts = [
        ...(made.length === 0 ? [] : [countedKinds(made)]),
        ...(told.length === 0 ? [] : [`secret values in ${told.map(({ urn }) => nameOf(urn)).join(", ")}`]),
    ];
    return parts.length === 0 ? [] : [note("secrets", parts.join("; "))];
}

function accessNotes(resources: readonly Step[]): Note[] {
    const roles = resources.filter(({ newState }) => newState.type === "aws:iam/role:Role");
    const users = resources.filter(({ newState }) => newState.type === "aws:iam/user:User");
    if (roles.length + users.length === 0) {
        return [];
    }
    const others = roles.filter(({ newState }) => !trustsServicesAlone(newState.inputs["assumeRolePolicy"]));
    const text = [
        ...(roles.length > 0 ? [plural(roles.length, "role")] : []),
        ...(users.length > 0 ? [plural(users.length, "user")] : []),
    ].join(", ");
    const trust =
        others.length === 0
            ? ""
            : `; assumed by others than AWS services: ${others.map(({ urn }) => nameOf(urn)).join(", ")}`;
    return [note("access", `${text}${trust}`, others.length + users.length > 0)];
}

/** Whether a trust policy names AWS services and nobody else. One that is not known yet does not say so. */
function trustsServicesAlone(policy: unknown): boolean {
    try {
        const document: unknown = typeof policy === "string" ? JSON.parse(policy) : policy;
        const statements = isRecord(document) ? items(document["Statement"]) : [];
        return (
            statements.length > 0 &&
            statements.every(
                (statement) =>
                    isRecord(statement) &&
                    (statement["Effect"] === "Deny" ||
                        (isRecord(statement["Principal"]) &&
                            Object.keys(statement["Principal"]).every((kind) => kind === "Service"))),
            )
        );
    } catch {
        return false;
    }
}

function elsewhereNotes(resources: readonly Step[], { region: home }: StackFacts): Note[] {
    const byRegion = new Map<string, Step[]>();
    for (const step of resources) {
        const region = textOf(step.newState.outputs["region"]) ?? textOf(step.newState.inputs["region"]);
        if (
            region !== undefined &&
            home !== undefined &&
            region !== home &&
            !isProvider(step.newState.type)
        ) {
            byRegion.set(region, [...(byRegion.get(region) ?? []), step]);
        }
    }
    return [...byRegion]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([region, steps]) => {
            const stateful = steps.filter(({ newState }) => STATEFUL_TYPES.has(newState.type));
            const holding = stateful.length === 0 ? "" : `, among them ${countedKinds(stateful)}`;
            return note("elsewhere", `${plural(steps.length, "resource")} in ${region}${holding}`);
        });
}

/** `2 Key, Bucket`: what there is by class, in the order of its first. */
export function countedKinds(steps: readonly Step[]): string {
    return [...counted(steps.map(({ newState }) => className(displayType(newState.type))))]
        .map(([name, count]) => (count === 1 ? name : `${count} ${name}`))
        .join(", ");
}

function counted(texts: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const text of texts) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return counts;
}

function prefixLists(invokes: readonly InvokeRecord[]): Map<string, string> {
    const names = new Map<string, string>();
    for (const { token, result } of invokes) {
        if (token === "aws:ec2/getManagedPrefixList:getManagedPrefixList") {
            const [id, name] = [textOf(result["id"]), textOf(result["name"])];
            if (id !== undefined && name !== undefined) {
                names.set(id, name);
            }
        }
    }
    return names;
}

function note(kind: NoteKind, text: string, warning = false): Note {
    return { kind, text, warning };
}
