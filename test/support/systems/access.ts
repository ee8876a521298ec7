/** Who may do what with which data, computed from the policies of a stack's roles and the ARNs of what it keeps. */
import { matches } from "../../../policies/framework/patterns";
import { type RegisteredResource } from "../preview";

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

/** What holds data, or lets somebody in to it. */
const STORES = [
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

interface Statement {
    readonly Effect: string;
    readonly Action?: string | string[];
    readonly Resource?: string | string[];
}

const list = <T>(value: T | T[] | undefined): T[] =>
    value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Whether a policy's resource is the thing, or something in it: a table's index, a bucket's objects. */
function covers(resource: string, arn: string): boolean {
    return (
        matches(resource, arn) ||
        // The part of an ARN after the thing's own.
        (resource.startsWith(arn) && /^[/:]/.test(resource.slice(arn.length)))
    );
}

function verbOf(action: string): "read" | "write" | "connect" {
    const verb = action.slice(action.indexOf(":") + 1);
    if (CONNECTING.test(verb)) {
        return "connect";
    }
    return READING.test(verb) ? "read" : "write";
}

/** The services whose actions reach a store of a type, by the part of the ARN that names the service. */
function isOfService(action: string, arn: string): boolean {
    const service = action.split(":")[0] ?? "";
    const of = arn.split(":")[2] ?? "";
    return service === "*" || service === of || (of === "rds" && service === "rds-db");
}

/** ARNs that a store is known by: its own, and for a database the one that users sign in by. */
function arnsOf({ type, outputs }: RegisteredResource): string[] {
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

/**
 * What every role of a stack may do with what the stack keeps.
 *
 * @param resources What the stack registered, with values for all that is known only later.
 */
export function accessIn(resources: readonly RegisteredResource[]): Access[] {
    const roles = resources.filter(({ type }) => type === ROLE);
    const policies = new Map(
        resources.filter(({ type }) => type === POLICY).map((policy) => [policy.outputs["arn"], policy]),
    );
    const stores = resources
        .filter(({ type }) => STORES.includes(type))
        .map((store) => ({ name: store.name, arns: arnsOf(store) }));
    const found = new Map<string, Set<string>>();
    for (const role of roles) {
        const isRole = (given: unknown): boolean =>
            given === role.id || given === role.outputs["name"] || given === role.outputs["arn"];
        const documents = resources.flatMap(({ type, inputs }) => {
            if (type === ROLE_POLICY && isRole(inputs["role"])) {
                return [inputs["policy"]];
            }
            const attached =
                type === ATTACHMENT && isRole(inputs["role"]) ? policies.get(inputs["policyArn"]) : undefined;
            return attached === undefined ? [] : [attached.inputs["policy"]];
        });
        for (const { Effect, Action, Resource } of documents.flatMap(statementsOf)) {
            if (Effect !== "Allow") {
                continue;
            }
            for (const { name, arns } of stores) {
                const verbs = list(Action).flatMap((action) =>
                    !NAMING.includes(action) &&
                    arns.some(
                        (arn) =>
                            isOfService(action, arn) &&
                            list(Resource).some((resource) => covers(resource, arn)),
                    )
                        ? [verbOf(action)]
                        : [],
                );
                const key = JSON.stringify([role.name, name]);
                const known = found.get(key) ?? new Set();
                verbs.forEach((verb) => known.add(verb));
                if (known.size > 0) {
                    found.set(key, known);
                }
            }
        }
    }
    return [...found.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, verbs]) => {
            const [role = "", store = ""] = JSON.parse(key) as string[];
            return {
                role,
                store,
                may: ["read", "write", "connect"].filter((verb) => verbs.has(verb)).join(", "),
            };
        });
}

function statementsOf(document: unknown): Statement[] {
    const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
    return list((parsed as { Statement?: Statement | Statement[] } | undefined)?.Statement);
}
