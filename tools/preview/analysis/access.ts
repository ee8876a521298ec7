/** Who may do what with which data, computed from the policies of a stack's roles and the ARNs of what it keeps. */
import { matches } from "../../../policies/framework/patterns";
import { type Statement, statementsOf } from "../../../policies/framework/policyDocument";
import { type AnalyzedResource } from "./resource";

/** What a role may do with something. */
export interface Access {
    /** The role's logical name. */
    readonly role: string;
    /** The logical name of what it may use. */
    readonly store: string;
    /** `read`, `write`, `connect`, or several of them in this order, parted by commas. */
    readonly may: string;
}

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const POLICY = "aws:iam/policy:Policy";

const VERBS = ["read", "write", "connect"] as const;
/** What may be done with something. */
export type Verb = (typeof VERBS)[number];

/** What holds data, or lets somebody in to it. */
export const STORES: readonly string[] = [
    "aws:dynamodb/table:Table",
    "aws:s3/bucket:Bucket",
    "aws:secretsmanager/secret:Secret",
    "aws:ssm/parameter:Parameter",
    "aws:sqs/queue:Queue",
    "aws:sns/topic:Topic",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    "aws:kinesis/stream:Stream",
    "aws:opensearch/domain:Domain",
    "aws:elasticache/serverlessCache:ServerlessCache",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/user:User",
    "aws:dax/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:docdb/cluster:Cluster",
    "aws:ecr/repository:Repository",
    "aws:sesv2/emailIdentity:EmailIdentity",
];

const READING =
    /^(?:Get|BatchGet|List|Describe|Query|Scan|Select|Receive|Head|ESHttpGet|ESHttpHead|ConditionCheck|BatchCheck|View)/;
const CONNECTING = /[Cc]onnect/;

/** Actions that tell names, or what is made up, and no content, and know no resources: each policy with them says `*`. */
const NAMING = [
    "dynamodb:ListStreams",
    "dynamodb:ListTables",
    "s3:ListAllMyBuckets",
    "secretsmanager:GetRandomPassword",
];

/** Whether a policy's resource is the thing, or something in it: a table's index, a bucket's objects. */
function covers(resource: string, arn: string): boolean {
    return (
        matches(resource, arn) ||
        // The part of an ARN after the thing's own.
        (resource.startsWith(arn) && /^[/:]/.test(resource.slice(arn.length)))
    );
}

function verbOf(action: string): Verb {
    const verb = action.slice(action.indexOf(":") + 1);
    if (CONNECTING.test(verb)) {
        return "connect";
    }
    return READING.test(verb) ? "read" : "write";
}

/** What a statement lets its bearer do. */
interface Grant {
    readonly resources: readonly string[];
    readonly actions: readonly { readonly service: string; readonly verb: Verb }[];
}

function grantOf({ actions, resources }: Statement): Grant {
    const meant = actions.filter((action) => !NAMING.includes(action));
    return {
        resources,
        actions: meant.map((action) => ({ service: action.split(":")[0] ?? "", verb: verbOf(action) })),
    };
}

/** Whether the actions of a service reach what has the ARN, a part of which names its service. */
function isOfService(service: string, of: string): boolean {
    return service === "*" || service === of || (of === "rds" && service === "rds-db");
}

/** ARNs that a store is known by: its own, and for a database the one that users sign in by. */
function arnsOf({ type, outputs }: AnalyzedResource): string[] {
    const arn = outputs["arn"];
    if (typeof arn !== "string") {
        return [];
    }
    const resourceId = outputs["clusterResourceId"] ?? outputs["resourceId"];
    const signIn =
        type.startsWith("aws:rds/") && typeof resourceId === "string"
            ? [arn.replace(/^(arn:[^:]+):rds:([^:]+:[^:]+):.*$/, `$1:rds-db:$2:dbuser:${resourceId}`)]
            : [];
    return [arn, ...signIn];
}

/** A role, what it may use, and how. */
export interface RoleAccess {
    readonly role: AnalyzedResource;
    readonly store: AnalyzedResource;
    readonly verbs: readonly Verb[];
}

/**
 * What every role may do with what is kept.
 *
 * @param resources What the stacks registered, with values for all that is known only later.
 * @param types What is asked about: stores where it is left out.
 */
export function roleAccess(
    resources: readonly AnalyzedResource[],
    types: readonly string[] = STORES,
): RoleAccess[] {
    const policies = new Map(
        resources.filter(({ type }) => type === POLICY).map((policy) => [policy.outputs["arn"], policy]),
    );
    const documents = new Map<unknown, unknown[]>();
    for (const { type, inputs } of resources) {
        const document =
            type === ROLE_POLICY
                ? inputs["policy"]
                : type === ATTACHMENT
                  ? policies.get(inputs["policyArn"])?.inputs["policy"]
                  : undefined;
        if (document !== undefined) {
            documents.set(inputs["role"], [...(documents.get(inputs["role"]) ?? []), document]);
        }
    }
    const stores = resources
        .filter(({ type }) => types.includes(type))
        .map((store) => ({ store, arns: arnsOf(store) }));
    const found: RoleAccess[] = [];
    for (const role of resources.filter(({ type }) => type === ROLE)) {
        const names = new Set([role.id, role.outputs["name"], role.outputs["arn"]]);
        const statements = [...names]
            .flatMap((name) => documents.get(name) ?? [])
            .flatMap((document) => statementsOf(document) ?? [])
            .filter(({ effect }) => effect === "Allow")
            .map(grantOf);
        for (const { store, arns } of stores) {
            const verbs = new Set(statements.flatMap((statement) => verbsOn(statement, arns)));
            if (verbs.size > 0) {
                found.push({ role, store, verbs: VERBS.filter((verb) => verbs.has(verb)) });
            }
        }
    }
    return found;
}

function verbsOn({ actions, resources }: Grant, arns: readonly string[]): Verb[] {
    return arns.flatMap((arn) => {
        const of = arn.split(":")[2] ?? "";
        const meant = actions.filter(({ service }) => isOfService(service, of));
        return meant.length > 0 && resources.some((resource) => covers(resource, arn))
            ? meant.map(({ verb }) => verb)
            : [];
    });
}

/** The same by names, each once. */
export function accessIn(resources: readonly AnalyzedResource[]): Access[] {
    const found = new Map<string, Access & { readonly verbs: Set<Verb> }>();
    for (const { role, store, verbs } of roleAccess(resources)) {
        const key = JSON.stringify([role.name, store.name]);
        const all = new Set([...(found.get(key)?.verbs ?? []), ...verbs]);
        const may = VERBS.filter((verb) => all.has(verb)).join(", ");
        found.set(key, { role: role.name, store: store.name, may, verbs: all });
    }
    return [...found.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, { role, store, may }]) => ({ role, store, may }));
}
