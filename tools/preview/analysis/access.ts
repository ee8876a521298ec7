/** Who may do what with which data, computed from the policies of a stack's roles and the ARNs of what it keeps. */
import { matches } from "../../../policies/framework/patterns";
import { type Statement, statementsOf } from "../../../policies/framework/policyDocument";
import { put } from "../../../policies/framework/relations";
import { items } from "../render/inputs";
import { isRecord } from "../values";
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
const LIST = "aws:iam/policyAttachment:PolicyAttachment";
const POLICY = "aws:iam/policy:Policy";

/** What AWS's own policies allow on all that a service keeps. Source: AWS Managed Policy Reference. */
const OF_AWS: Readonly<Record<string, readonly string[]>> = {
    AdministratorAccess: ["*"],
    PowerUserAccess: ["*"],
    AmazonDynamoDBFullAccess: ["dynamodb:*"],
    AmazonDynamoDBFullAccess_v2: ["dynamodb:*"],
    AmazonDynamoDBReadOnlyAccess: ["dynamodb:Get*"],
    AmazonKinesisFullAccess: ["kinesis:*"],
    AmazonKinesisReadOnlyAccess: ["kinesis:Get*"],
    AmazonS3FullAccess: ["s3:*"],
    AmazonS3ReadOnlyAccess: ["s3:Get*"],
    AmazonSNSFullAccess: ["sns:*"],
    AmazonSNSReadOnlyAccess: ["sns:Get*"],
    AmazonSQSFullAccess: ["sqs:*"],
    AmazonSQSReadOnlyAccess: ["sqs:Get*"],
    AmazonSSMFullAccess: ["ssm:*"],
    AmazonSSMReadOnlyAccess: ["ssm:Get*"],
    SecretsManagerReadWrite: ["secretsmanager:*"],
};

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
        (/[*?]/.test(resource) ? matches(resource, arn) : resource === arn) ||
        // The part of an ARN after the thing's own.
        (resource.startsWith(arn) && /^[/:]/.test(resource.slice(arn.length)))
    );
}

function verbsOf(action: string): readonly Verb[] {
    const verb = action.slice(action.indexOf(":") + 1);
    if (CONNECTING.test(verb)) {
        return ["connect"];
    }
    if (verb.startsWith("*")) {
        return ["read", "write"];
    }
    return [READING.test(verb) ? "read" : "write"];
}

/** What a statement lets its bearer do. */
interface Grant extends Pick<Statement, "resources"> {
    readonly actions: readonly {
        readonly name: string;
        readonly service: string;
        readonly verbs: readonly Verb[];
    }[];
}

function grantOf({ actions, resources }: Statement): Grant {
    const meant = actions.filter((action) => !NAMING.includes(action));
    return {
        resources,
        actions: meant.map((name) => ({ name, service: name.split(":")[0] ?? "", verbs: verbsOf(name) })),
    };
}

/** Whether a statement takes an action on something away, whatever else allows it. What has a condition does so at times. */
function denies(
    { actions, notActions, resources, notResources, conditions }: Statement,
    action: string,
    arn: string,
): boolean {
    const isMeant = (patterns: readonly string[]): boolean =>
        patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
    // Of a part of what is in it, such as some objects, nothing is said here.
    const isCovered = resources.some((resource) => matches(resource, arn) || resource === `${arn}/*`);
    const isSpared = notResources.some((resource) => covers(resource, arn));
    return (
        Object.keys(conditions).length === 0 &&
        (actions.length > 0 ? isMeant(actions) : !isMeant(notActions)) &&
        (resources.length > 0 ? isCovered : !isSpared)
    );
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
    const documentsOf = documentsIn(resources);
    const stores = resources
        .filter(({ type }) => types.includes(type))
        .map((store) => ({
            store,
            arns: arnsOf(store).map((arn) => ({ arn, of: arn.split(":")[2] ?? "" })),
        }));
    const found: RoleAccess[] = [];
    for (const role of resources.filter(({ type }) => type === ROLE)) {
        const statements = documentsOf(role).flatMap((document) => statementsOf(document) ?? []);
        const grants = statements.filter(({ effect }) => effect === "Allow").map(grantOf);
        const denials = statements.filter(({ effect }) => effect === "Deny");
        for (const { store, arns } of stores) {
            const verbs = new Set(grants.flatMap((grant) => verbsOn(grant, denials, arns)));
            if (verbs.size > 0) {
                found.push({ role, store, verbs: VERBS.filter((verb) => verbs.has(verb)) });
            }
        }
    }
    return found;
}

/** The documents of a role: its own, those that are attached to it, and what is known of AWS's. */
function documentsIn(resources: readonly AnalyzedResource[]): (role: AnalyzedResource) => readonly unknown[] {
    const policies = new Map<unknown, unknown>(
        resources.flatMap(({ type, inputs, outputs }) =>
            type === POLICY ? [[outputs["arn"], inputs["policy"]] as const] : [],
        ),
    );
    const managed = (arn: unknown): unknown => {
        const name = /^arn:[^:]+:iam::aws:policy\/(.*)$/.exec(String(arn))?.[1] ?? "";
        const actions = OF_AWS[name];
        return actions === undefined
            ? policies.get(arn)
            : { Statement: { Effect: "Allow", Action: actions, Resource: "*" } };
    };
    const attached = new Map<unknown, unknown[]>();
    for (const { type, inputs } of resources) {
        if (type === ROLE_POLICY) {
            put(attached, inputs["role"], inputs["policy"]);
        } else if (type === ATTACHMENT) {
            put(attached, inputs["role"], managed(inputs["policyArn"]));
        } else if (type === LIST) {
            for (const role of items(inputs["roles"])) {
                put(attached, role, managed(inputs["policyArn"]));
            }
        }
    }
    return (role) => [
        ...items(role.inputs["inlinePolicies"]).flatMap((own) => (isRecord(own) ? [own["policy"]] : [])),
        ...items(role.inputs["managedPolicyArns"]).map(managed),
        ...[...new Set([role.id, role.outputs["name"], role.outputs["arn"]])].flatMap(
            (name) => attached.get(name) ?? [],
        ),
    ];
}

function verbsOn(
    { actions, resources }: Grant,
    denials: readonly Statement[],
    arns: readonly { readonly arn: string; readonly of: string }[],
): Verb[] {
    return arns.flatMap(({ arn, of }) => {
        const meant = actions.filter(({ service }) => isOfService(service, of));
        if (meant.length === 0 || !resources.some((resource) => covers(resource, arn))) {
            return [];
        }
        return meant
            .filter(({ name }) => !denials.some((denial) => denies(denial, name, arn)))
            .flatMap(({ verbs }) => verbs);
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
