/** Several stacks as one, in which what a stack reads of another relates their resources. */
import { areOfTwoAccounts, limitedAccountOf } from "./accounts";
import { isInput } from "./items";
import { placeOf, regionOfArn } from "./places";
import { put } from "./relations";
import { type Member, StackView } from "./stackView";
import { isReference, type NamedStack, type StacksView } from "./stacksView";
import { object, text } from "./subject";
import { ifKnown } from "./unknowns";

/**
 * The resources of all stacks, for a check that is written for those of one. Within a stack they relate as there. A
 * resource of another stack is told by the value alone: its ARN or identifier, whether an output of its stack brought it
 * or the program spells it out, or its name in the account and region at hand.
 */
export class JointView extends StackView {
    readonly #stackOf = new Map<Member, NamedStack>();
    readonly #byKey = new Map<string, ReadonlyMap<string, readonly Member[]>>();
    readonly #referrers = new Map<string, ReadonlyMap<Member, readonly Member[]>>();

    constructor(readonly stacks: StacksView) {
        super(stacks.stacks.flatMap(({ state }) => state.resources));
        for (const stack of stacks.stacks) {
            for (const resource of stack.state.resources) {
                this.#stackOf.set(resource, stack);
            }
        }
    }

    /** The stack that a resource is of. @throws Error for one that is of none of them. */
    stackOf(resource: Member): NamedStack {
        const stack = this.#stackOf.get(resource);
        if (stack === undefined) {
            throw new Error(`${resource.urn} is in none of the stacks`);
        }
        return stack;
    }

    override referencesOf(member: Member, property: string, ...types: readonly string[]): readonly Member[] {
        const own = this.stackOf(member).state.referencesOf(member, property, ...types);
        return [...own, ...this.#abroad(member, property, types, own.length > 0)];
    }

    /** See `StackView.referrersOf`. A resource of which it is not known is set aside, and the others are found. */
    override referrersOf(target: Member, type: string, property: string): readonly Member[] {
        const key = `${type}|${property}|${target.type}`;
        let abroad = this.#referrers.get(key);
        if (abroad === undefined) {
            abroad = this.#referrersBy(type, property, target.type);
            this.#referrers.set(key, abroad);
        }
        const found: Member[] = [];
        this.each([target], () => {
            found.push(...this.stackOf(target).state.referrersOf(target, type, property));
        });
        return [...found, ...(abroad.get(target) ?? [])];
    }

    #referrersBy(type: string, property: string, targetType: string): ReadonlyMap<Member, readonly Member[]> {
        const byTarget = new Map<Member, Member[]>();
        this.each(this.ofType(type), (member) => {
            const own = this.stackOf(member).state.referencesOf(member, property, targetType);
            for (const target of this.#abroad(member, property, [targetType], own.length > 0)) {
                put(byTarget, target, member);
            }
        });
        return byTarget;
    }

    /**
     * What the property refers to in other stacks.
     *
     * @param found Whether it refers to a resource of its own stack. Then a name means that one.
     * @throws The policy SDK's error about an unknown value, where nothing else tells what it means.
     */
    #abroad(member: Member, property: string, types: readonly string[], found: boolean): readonly Member[] {
        if (!isInput(member, property)) {
            return [];
        }
        const home = this.stackOf(member);
        const references = (member.propertyDependencies[property] ?? []).filter(isReference);
        const read = new Set(references.map((reference) => this.stacks.readBy(reference)));
        const values = found
            ? ifKnown(() => textsIn(member.props[property]), [])
            : textsIn(member.props[property]);
        const isForeign = (other: Member): boolean => this.stackOf(other) !== home;
        const isRead = (other: Member): boolean => references.length === 0 || read.has(this.stackOf(other));
        const meant = values.flatMap((value) =>
            this.#knownBy(value, types).filter(
                (other) =>
                    isForeign(other) &&
                    (isMeant(value, other) || (!found && isRead(other) && isNamed(value, other, member))),
            ),
        );
        if (meant.length === 0 && values.some((value) => UNIQUE.test(value))) {
            // One of which nothing is known yet may be meant: reading it says so.
            types
                .flatMap((type) => this.#keyed(type).get("") ?? [])
                .filter(isForeign)
                .forEach(({ props }) => props.arn);
        }
        return [...new Set(meant)];
    }

    /** The resources that a value may mean, of all stacks. */
    #knownBy(value: string, types: readonly string[]): readonly Member[] {
        const parts = value.startsWith("arn:") ? value.split(/[:/]/).slice(5) : [];
        return types.flatMap((type) => {
            const keyed = this.#keyed(type);
            return [value, ...parts].flatMap((key) => keyed.get(key) ?? []);
        });
    }

    /** The resources of a type by what they are known by; under an empty key those of which nothing is known yet. */
    #keyed(type: string): ReadonlyMap<string, readonly Member[]> {
        let keyed = this.#byKey.get(type);
        if (keyed === undefined) {
            const made = new Map<string, Member[]>();
            for (const member of this.ofType(type)) {
                const identifiers = IDENTIFIERS.map((key) => ifKnown(() => text(member.props[key])));
                const keys = [nameOf(member), ...identifiers].filter((key) => key !== undefined);
                for (const key of new Set(keys.length === 0 ? [""] : keys)) {
                    put(made, key, member);
                }
            }
            keyed = made;
            this.#byKey.set(type, keyed);
        }
        return keyed;
    }
}

/** The texts in a value. @throws The policy SDK's error about an unknown value, where there is one in it. */
function textsIn(value: unknown): readonly string[] {
    if (typeof value === "string") {
        return value === "" ? [] : [value];
    }
    return Array.isArray(value)
        ? Array.from({ length: value.length }, (_, index) => textsIn(value[index])).flat()
        : Object.values(object(value)).flatMap(textsIn);
}

/** What AWS identifies a resource by. */
const IDENTIFIERS = [
    "arn",
    "id",
    "identifier",
    "globalReplicationGroupId",
    "multiRegionClusterName",
] as const;

/** What no two resources have, wherever they are: an ARN, or an identifier that AWS has drawn. */
const UNIQUE = /^arn:|^[a-z]+-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;

/** Whether a value that is unique means the resource. */
function isMeant(value: string, resource: Member): boolean {
    if (!UNIQUE.test(value)) {
        return false;
    }
    const arn = ifKnown(() => text(resource.props.arn));
    return value.startsWith("arn:") && arn === undefined
        ? arnFits(value, resource)
        : hasIdentifier(value, resource);
}

function hasIdentifier(value: string, resource: Member): boolean {
    return IDENTIFIERS.some((key) => ifKnown(() => resource.props[key]) === value);
}

/** What stands for the type in the ARNs of databases, which have the name after it. */
const KINDS: Readonly<Partial<Record<string, string>>> = {
    "aws:rds/cluster:Cluster": "cluster",
    "aws:rds/clusterSnapshot:ClusterSnapshot": "cluster-snapshot",
    "aws:rds/instance:Instance": "db",
    "aws:rds/snapshot:Snapshot": "snapshot",
};

/** Whether an ARN may be the resource's own, which is not known yet: that follows from what it is and where. */
function arnFits(arn: string, resource: Member): boolean {
    const [, , , , account = "", ...rest] = arn.split(":");
    const region = regionOfArn(arn);
    const own = limitedAccountOf(resource);
    const kind = KINDS[resource.type];
    const name = nameOf(resource);
    return (
        name !== undefined &&
        (region === undefined || region === placeOf(resource)) &&
        (account === "" || own === undefined || account === own) &&
        (kind === undefined
            ? rest.join(":").split(/[:/]/).includes(name)
            : rest.join(":") === `${kind}:${name}`)
    );
}

/** Types whose resources are named alike from all regions. */
const NAMED_EVERYWHERE: ReadonlySet<string> = new Set([
    "aws:docdb/globalCluster:GlobalCluster",
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    "aws:memorydb/multiRegionCluster:MultiRegionCluster",
    "aws:neptune/globalCluster:GlobalCluster",
    "aws:rds/globalCluster:GlobalCluster",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
]);

/** Whether a value is the resource's name for another one: in the same account, and in the same region where that counts. */
function isNamed(value: string, resource: Member, by: Member): boolean {
    return (
        !areOfTwoAccounts(resource, by) &&
        (NAMED_EVERYWHERE.has(resource.type) || placeOf(resource) === placeOf(by)) &&
        (nameOf(resource) === value || hasIdentifier(value, resource))
    );
}

/** Properties that name resources, but for global clusters. */
const NAMES = [
    "bucket",
    "clusterIdentifier",
    "replicationGroupId",
    "dbClusterSnapshotIdentifier",
    "dbSnapshotIdentifier",
    "identifier",
    "clusterName",
    "name",
] as const;

/** The name that AWS knows a resource by. */
function nameOf({ type, props }: Member): string | undefined {
    const names = type.endsWith(":GlobalCluster") ? ["globalClusterIdentifier"] : NAMES;
    return names
        .map((key) => ifKnown(() => text(props[key])))
        .find((name) => name !== undefined && name !== "");
}
