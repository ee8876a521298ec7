/** What follows from what is replaced: for those that refer to it, and for the order in which things go. */
import { type ResourceState } from "../types";
import { STATEFUL_TYPES } from "../render/notable";
import { nameOf } from "../urn";
import { holds, isRecord } from "../values";
import { type Consequence, type PropertyChange, type Verdict } from "./changes";
import { isAutomaticName, referredTo, type Side } from "./side";
import { judge, type Judgement } from "./verdicts";

/** What is known of a resource's change while it is followed. */
export interface Draft {
    readonly before: ResourceState;
    readonly after: ResourceState;
    readonly properties: PropertyChange[];
    /** URNs of those whose replacement leads to this one's change. */
    readonly because: Set<string>;
    readonly dependents: Set<string>;
}

/** How grave a verdict is. */
const GRAVITY: Readonly<Record<Verdict, number>> = { ignored: 0, updates: 1, mayReplace: 2, replaces: 3 };

/** The gravest verdict of some changes; undefined where there is none. */
export function gravest(properties: readonly PropertyChange[]): Verdict | undefined {
    return properties.reduce<Verdict | undefined>(
        (worst, { verdict }) => (worst === undefined || GRAVITY[verdict] > GRAVITY[worst] ? verdict : worst),
        undefined,
    );
}

/**
 * Follows replacements through what refers to them: a property that holds another resource's id holds another value
 * once that one is made anew. Drafts are changed, in as many rounds as there are links in the longest chain.
 */
export function followReplacements(drafts: ReadonlyMap<string, Draft>, side: Side): void {
    const waiting = [...drafts.keys()].filter((urn) => isReplaced(drafts.get(urn)));
    const users = usersOf(drafts);
    const done = new Map<string, Verdict>();
    for (let urn = waiting.shift(); urn !== undefined; urn = waiting.shift()) {
        const draft = drafts.get(urn);
        const verdict = draft === undefined ? undefined : gravest(draft.properties);
        if (draft === undefined || verdict === undefined || done.get(urn) === verdict) {
            continue;
        }
        done.set(urn, verdict);
        for (const [user, property] of users.get(urn) ?? []) {
            const follower = drafts.get(user);
            const change =
                follower === undefined
                    ? undefined
                    : followingChange(follower, property, draft, verdict, side);
            if (follower !== undefined && change !== undefined) {
                addFollowing(follower, change);
                follower.because.add(urn);
                draft.dependents.add(user);
                if (isReplaced(follower)) {
                    waiting.push(user);
                }
            }
        }
    }
}

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const FLEET = "aws:autoscaling/group:Group";
/** Changes of these make no new version of a launch template. */
const NO_VERSION = ["tags", "tagsAll", "updateDefaultVersion", "defaultVersion"];

/** A launch template that changes has a new version, and whoever names its version starts from another one. */
export function followVersions(drafts: ReadonlyMap<string, Draft>): void {
    const users = usersOf(drafts);
    for (const [urn, { after, properties, dependents }] of drafts) {
        const changes = properties.some(
            ({ property, verdict }) => verdict === "updates" && !NO_VERSION.includes(property),
        );
        for (const [user, property] of after.type === TEMPLATE && changes ? (users.get(urn) ?? []) : []) {
            const follower = drafts.get(user);
            if (
                follower !== undefined &&
                !holds(follower.after.inputs[property], (text) => text === "$Latest") &&
                updateWith(
                    follower,
                    property,
                    urn,
                    `refers to the version of ${nameOf(urn)}, which is a new one`,
                )
            ) {
                dependents.add(user);
            }
        }
    }
}

/**
 * A property that holds another resource's output changes with it, where that one changes in place.
 *
 * @param carried The properties that hold outputs, by the URNs of whose they are.
 */
export function followUpdates(
    drafts: ReadonlyMap<string, Draft>,
    carried: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): void {
    for (const [urn, properties] of carried) {
        const draft = drafts.get(urn);
        for (const [property, sources] of properties) {
            const source = sources.find(
                (each) => each !== urn && (drafts.get(each)?.properties.length ?? 0) > 0,
            );
            if (
                draft !== undefined &&
                source !== undefined &&
                updateWith(draft, property, source, `follows ${nameOf(source)}, which changes`)
            ) {
                drafts.get(source)?.dependents.add(urn);
            }
        }
    }
}

/** Adds the update that another resource's change brings, unless the property is known to change; says whether it has. */
function updateWith(draft: Draft, property: string, because: string, meaning: string): boolean {
    if (draft.properties.some((change) => change.property === property)) {
        return false;
    }
    draft.properties.push(following(property, because, meaning, { verdict: "updates", sources: [] }));
    draft.because.add(because);
    return true;
}

/** The change of a property that another resource's change brings. */
function following(
    property: string,
    because: string,
    meaning: string,
    { verdict, sources }: Judgement,
): PropertyChange {
    return {
        path: property,
        property,
        op: "change",
        kind: "unknown",
        meaning: [meaning],
        verdict,
        sources,
        because,
    };
}

/** What follows for the instances of a group that starts from another template. */
export function rolloutOf({ after, properties }: Draft): Consequence[] {
    const starts = ["launchTemplate", "mixedInstancesPolicy"];
    return after.type === FLEET &&
        after.inputs["instanceRefresh"] !== undefined &&
        properties.some(({ property }) => starts.includes(property))
        ? [{ kind: "rolls", text: "an instance refresh replaces its instances, some at a time" }]
        : [];
}

function addFollowing({ properties }: Draft, change: PropertyChange): void {
    const place = properties.findIndex(
        ({ property, because }) => property === change.property && because !== undefined,
    );
    const known = properties[place];
    if (known === undefined) {
        properties.push(change);
    } else if (GRAVITY[change.verdict] > GRAVITY[known.verdict]) {
        properties[place] = change;
    }
}

function isReplaced(draft: Draft | undefined): boolean {
    const verdict = draft === undefined ? undefined : gravest(draft.properties);
    return verdict === "replaces" || verdict === "mayReplace";
}

/** Who refers to a resource, and in which property. */
function usersOf(drafts: ReadonlyMap<string, Draft>): Map<string, [user: string, property: string][]> {
    const users = new Map<string, [string, string][]>();
    for (const [urn, { after }] of drafts) {
        for (const [property, dependencies] of Object.entries(after.propertyDependencies)) {
            for (const dependency of dependencies) {
                const known = users.get(dependency) ?? [];
                known.push([urn, property]);
                users.set(dependency, known);
            }
        }
    }
    return users;
}

/** What becomes of a property that refers to a resource which is made anew. */
function followingChange(
    follower: Draft,
    property: string,
    source: Draft,
    cause: Verdict,
    side: Side,
): PropertyChange | undefined {
    const value = follower.after.inputs[property];
    if (value === undefined) {
        return undefined;
    }
    const urn = source.after.urn;
    const referring = side.withReferences(value, [urn]);
    const places = placesOf(referring, urn, [property]);
    const judged = (places.length === 0 ? [[property]] : places)
        .map((path) => judge(follower, { path, op: "change", before: value, after: value, kind: "value" }))
        .reduce((worst, one) => (GRAVITY[one.verdict] > GRAVITY[worst.verdict] ? one : worst));
    if (judged.verdict === "ignored") {
        return undefined;
    }
    const references = referredTo(referring);
    if (references.length > 0 && !references.includes(urn)) {
        // The value is another resource's, and only comes to be after this one: a network's id, after its subnets.
        return undefined;
    }
    // A name that is given stays what it is; only that it is asked of the other resource makes Pulumi wait for it. With
    // one that goes first, though, Pulumi deletes and makes anew whoever would be replaced for it.
    const goesFirst = orderOf(source).some(({ kind }) => kind === "deleteBeforeCreate");
    const refers = references.includes(urn);
    const keeps = !refers && holdsGivenName(value, source);
    const sure = (refers || (keeps && goesFirst)) && cause === "replaces";
    if (!refers && judged.verdict === "updates") {
        return undefined;
    }
    const verdict = judged.verdict === "replaces" && !sure ? "mayReplace" : judged.verdict;
    return following(
        property,
        urn,
        `refers to ${nameOf(urn)}, which ${cause === "replaces" ? "is" : "may be"} replaced${keeps ? " under the same name" : ""}`,
        { verdict, sources: judged.sources },
    );
}

/** Where in a value a resource is referred to, by the names of properties alone. */
function placesOf(value: unknown, urn: string, path: readonly string[]): (readonly string[])[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => placesOf(item, urn, path));
    }
    if (isRecord(value)) {
        return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, urn, [...path, key]));
    }
    return referredTo(value).includes(urn) ? [path] : [];
}

/** Whether the value holds a text that the program itself gave the resource and gives it still. */
function holdsGivenName(value: unknown, { before, after }: Draft): boolean {
    return NAMES.some((property) => {
        const given = givenName(after, property);
        return (
            given !== undefined &&
            given.length > 2 &&
            given === before.inputs[property] &&
            holds(value, (text) => typeof text === "string" && text.includes(given))
        );
    });
}

/** Inputs by which AWS tells resources of a type apart beside names, and what it answers to a second one. */
const TOGETHER_UNIQUE: Readonly<Record<string, readonly string[]>> = {
    "aws:ec2/natGateway:NatGateway": ["allocationId"],
    "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName"],
    "aws:lb/listener:Listener": ["loadBalancerArn", "port"],
    "aws:lb/listenerRule:ListenerRule": ["listenerArn", "priority"],
};

/** Inputs that hold a physical name which Pulumi makes where the program gives none. */
const NAMES = [
    "name",
    "bucket",
    "identifier",
    "clusterIdentifier",
    "replicationGroupId",
    "clusterId",
    "domainName",
];

/** In what order the old and the new one of a replaced resource go, and what stands in the way. */
export function orderOf({ before, after, properties }: Draft): Consequence[] {
    const found: Consequence[] = [];
    if (before.protect) {
        found.push({
            kind: "protected",
            text: "it is protected: pulumi up refuses until a first update has taken protect away",
        });
    }
    const changed = new Set(properties.map(({ property }) => property));
    const name = NAMES.find(
        (property) =>
            givenName(after, property) !== undefined &&
            !changed.has(property) &&
            hasAutomaticNames(after.type, property),
    );
    const together = TOGETHER_UNIQUE[after.type];
    const conflict =
        together?.every((property) => property in after.inputs && !changed.has(property)) === true;
    const first = after.deleteBeforeReplace;
    const given = name === undefined ? "" : `its ${name} ${String(after.inputs[name])} is given`;
    if (first === true || (first === undefined && name !== undefined)) {
        found.push({
            kind: "deleteBeforeCreate",
            text: `the old one goes before the new one is made${given === "" ? "" : `, since ${given}`}: until then there is none`,
        });
    } else if (name !== undefined || conflict) {
        const why =
            name === undefined ? `there is one with the same ${(together ?? []).join(" and ")}` : given;
        found.push({
            kind: "nameBlocks",
            text: `the new one cannot be made while the old one is there, since ${why}: pulumi up fails`,
        });
    } else {
        found.push({ kind: "createBeforeDelete", text: "the new one is made before the old one goes" });
    }
    return found;
}

/** Types of which an account and region has one of a name, beside those that hold data. */
const NAMED_ONCE = new Set([
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ecs/cluster:Cluster",
    "aws:iam/role:Role",
    "aws:lambda/function:Function",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:rds/subnetGroup:SubnetGroup",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
]);

/**
 * What stands in the way of a new resource: one that goes, and is deleted only after the new one is made, has its name.
 *
 * @param going The resources that go, or are left at AWS.
 */
export function nameTaken(state: ResourceState, going: readonly ResourceState[]): Consequence[] {
    if (!NAMED_ONCE.has(state.type) && !STATEFUL_TYPES.has(state.type)) {
        return [];
    }
    const isBeside = (other: ResourceState): boolean =>
        other.type === state.type &&
        other.inputs["region"] === state.inputs["region"] &&
        other.outputs["region"] === state.outputs["region"];
    for (const other of going.filter(isBeside)) {
        for (const property of NAMES) {
            const given = givenName(state, property);
            if (
                given !== undefined &&
                given === other.inputs[property] &&
                hasAutomaticNames(state.type, property)
            ) {
                const text = `its ${property} ${given} is that of ${nameOf(other.urn)}, which goes only afterwards: pulumi up fails, or deletes the new one with it; an alias keeps what is there`;
                return [{ kind: "nameBlocks", text }];
            }
        }
    }
    return [];
}

/** The name that the program gives a resource; undefined where it gives none, or Pulumi made it. */
function givenName({ inputs, urn }: ResourceState, property: string): string | undefined {
    const given = inputs[property];
    return typeof given === "string" && !isAutomaticName(given, nameOf(urn)) ? given : undefined;
}

/** Whether Pulumi would make this name by itself: then a given one makes it delete the old resource first. */
function hasAutomaticNames(type: string, property: string): boolean {
    return (
        type.startsWith("aws:") &&
        !["aws:route53/record:Record", "aws:acm/certificate:Certificate", "aws:route53/zone:Zone"].includes(
            type,
        ) &&
        (property !== "domainName" || type === "aws:opensearch/domain:Domain") &&
        (property !== "clusterIdentifier" || !type.endsWith("Instance"))
    );
}
