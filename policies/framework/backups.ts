import { areOfTwoAccounts, limitedAccountOf } from "./accounts";
import { anyOf, eachKnown, eachObject, inputOf } from "./items";
import { matches } from "./patterns";
import { moduleOf, placeOf, regionOfArn } from "./places";
import { put } from "./relations";
import { type Member, type StackView } from "./stackView";
import { list, object, objects, type Props, text } from "./subject";
import { tagOf } from "./tags";
import { ifKnown } from "./unknowns";

export const BACKUP_PLAN = "aws:backup/plan:Plan";
export const BACKUP_SELECTION = "aws:backup/selection:Selection";
export const BACKUP_VAULT = "aws:backup/vault:Vault";
export const AIR_GAPPED_VAULT = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault";
export const BACKUP_VAULT_LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

/** Types that AWS Backup can back up, among those that hold data. */
export const BACKED_UP_TYPES: readonly string[] = [
    "aws:docdb/cluster:Cluster",
    "aws:dynamodb/table:Table",
    "aws:ebs/volume:Volume",
    "aws:ec2/instance:Instance",
    "aws:efs/fileSystem:FileSystem",
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    "aws:fsx/ontapFileSystem:OntapFileSystem",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    "aws:fsx/windowsFileSystem:WindowsFileSystem",
    "aws:neptune/cluster:Cluster",
    "aws:rds/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:redshift/cluster:Cluster",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
];

// Service and kind in the ARNs of the types above, where they differ from the token's.
const SERVICES: Readonly<Record<string, string>> = {
    docdb: "rds",
    ebs: "ec2",
    efs: "elasticfilesystem",
    neptune: "rds",
};

/** Selections that say the same in words: what one of them takes in, so do the others, but for what they refer to. */
type SelectionGroup = readonly Member[];

/** Groups of selections by what a store must be or have to be taken in. */
class SelectionGroups {
    readonly #byLiteral = new Map<string, SelectionGroup[]>();
    readonly #byTag = new Map<string, Map<string, SelectionGroup[]>>();
    readonly #others: SelectionGroup[] = [];

    add(group: SelectionGroup): void {
        const [selection] = group;
        const wanted = selection === undefined ? {} : wantedBy(selection);
        for (const literal of new Set(wanted.literals)) {
            put(this.#byLiteral, literal, group);
        }
        for (const { key, value } of wanted.tags ?? []) {
            const byValue = this.#byTag.get(key) ?? new Map<string, SelectionGroup[]>();
            this.#byTag.set(key, byValue);
            put(byValue, value, group);
        }
        if (wanted.literals === undefined && wanted.tags === undefined) {
            this.#others.push(group);
        }
    }

    /** The groups that need a closer look for the store. */
    mayTakeIn(store: Member): readonly SelectionGroup[] {
        const byTag = [...this.#byTag].flatMap(([key, byValue]) => {
            const value = ifKnown(() => tagOf(store, key) ?? "", null);
            return value === null ? [...byValue.values()].flat() : (byValue.get(value) ?? []);
        });
        const byLiteral = keysOf(store).flatMap((key) => this.#byLiteral.get(key) ?? []);
        return [...new Set([...this.#others, ...byLiteral, ...byTag])];
    }
}

/** What a selection refers to a store by. */
interface Reference {
    readonly named: boolean;
    readonly leftOut: boolean;
}

const NOT_REFERRED: Reference = { named: false, leftOut: false };

/** The properties by which selections name stores. */
const NAMING = ["resources", "notResources"] as const;

/** Whether a plan of the stack takes in the store. One selection that is unknown counts if no other takes it in. */
export function isInPlan(stack: StackView, store: Member): boolean {
    const [named, leftOut] = NAMING.map(
        (property) => new Set(stack.referrersOf(store, BACKUP_SELECTION, property)),
    );
    const referring = new Set([...(named ?? []), ...(leftOut ?? [])]);
    const questions = stack
        .once(groupsInPlans)
        .mayTakeIn(store)
        .flatMap((members): (() => boolean)[] => {
            const other = referring.size === 0 ? members[0] : members.find((each) => !referring.has(each));
            return other === undefined ? [] : [() => takesIn(other, store, NOT_REFERRED)];
        });
    for (const selection of referring) {
        const reference = {
            named: named?.has(selection) === true,
            leftOut: leftOut?.has(selection) === true,
        };
        questions.push(
            () =>
                stack.referencesOf(selection, "planId", BACKUP_PLAN).length > 0 &&
                takesIn(selection, store, reference),
        );
    }
    return anyOf(questions);
}

/** The selections of plans of the stack, those together that say the same. */
function groupsInPlans(stack: StackView): SelectionGroups {
    const groups = new Map<string, Member[]>();
    for (const selection of stack.ofType(BACKUP_SELECTION)) {
        if (stack.referencesOf(selection, "planId", BACKUP_PLAN).length > 0) {
            put(groups, wordsOf(selection), selection);
        }
    }
    const found = new SelectionGroups();
    for (const group of groups.values()) {
        found.add(group);
    }
    return found;
}

/** Without which a store is not taken in; neither where anything else may be. */
interface Wanted {
    /** Whole ARNs, and what they end with, one of which means the store. */
    readonly literals?: readonly string[];
    /** Tags, one of which it has. */
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

function wantedBy(selection: Member): Wanted {
    const resources = list(ifKnown(() => known(inputOf(selection, "resources"))));
    const arns = resources.filter((arn) => typeof arn === "string" && !/[*?]/.test(arn)) as string[];
    if (arns.length > 0 && arns.length === resources.length) {
        return { literals: arns.flatMap((arn) => [arn, tailOf(arn)]) };
    }
    const given = list(ifKnown(() => known(inputOf(selection, "selectionTags"))));
    const tags = ifKnown(() => objects(inputOf(selection, "selectionTags")).map(tagIn), []);
    return tags.length > 0 && tags.length === given.length ? { tags } : {};
}

function tagIn({ key, value }: Props): { key: string; value: string } {
    return { key: text(key) ?? "", value: text(value) ?? "" };
}

/** What a whole ARN that means the store is, or ends with. */
function keysOf(store: Member): readonly string[] {
    const arn = ifKnown(() => text(store.props.arn));
    return arn === undefined ? tailsOf(store) : [arn];
}

/** The part of an ARN that names a resource in its account and region. */
function tailOf(arn: string): string {
    return arn.split(":").slice(5).join(":");
}

/** By which ends of ARNs a store is known whose own is not known yet. */
function tailsOf(store: Member): readonly string[] {
    const ownName =
        ifKnown(() => text(store.props.clusterIdentifier ?? store.props.bucket ?? store.props.name)) ??
        store.name;
    const [kind = ""] = /[a-z]+/i.exec(store.type.split(":").at(-1) ?? "") ?? [];
    return [ownName, `${kind.toLowerCase()}:${ownName}`, `${kind.toLowerCase()}/${ownName}`];
}

function storesByKey(stack: StackView): ReadonlyMap<string, readonly Member[]> {
    const byKey = new Map<string, Member[]>();
    for (const store of stack.ofType(...BACKED_UP_TYPES)) {
        for (const key of new Set(keysOf(store))) {
            put(byKey, key, store);
        }
    }
    return byKey;
}

/** All that a selection says, but for what it refers to: the same text for those that say the same. */
function wordsOf(selection: Member): string {
    const said = ["resources", "notResources", "selectionTags", "conditions"].map((property) => [
        (selection.propertyDependencies[property] ?? []).length > 0,
        ifKnown(() => known(inputOf(selection, property)), UNKNOWN_PART),
    ]);
    return JSON.stringify([placeOf(selection), limitedAccountOf(selection), said]);
}

const UNKNOWN_PART = { unknown: true };

/** A value with a mark in place of what is unknown in it. */
function known(value: unknown): unknown {
    if (Array.isArray(value)) {
        return Array.from({ length: value.length }, (_, index) =>
            ifKnown(() => known(value[index]), UNKNOWN_PART),
        );
    }
    return typeof value === "object" && value !== null
        ? Object.keys(value).map((key) => [key, ifKnown(() => known(object(value)[key]), UNKNOWN_PART)])
        : value;
}

/**
 * The stores of the stack that the plan's selections take in. Plans whose selections say the same get the same list.
 *
 * @throws The error about an unknown value, where one may be taken in or not.
 */
export function storesOf(stack: StackView, plan: Member): readonly Member[] {
    const selections = stack.referrersOf(plan, BACKUP_SELECTION, "planId");
    const [first = [], ...others] = selections.map((selection) => storesBy(stack, selection));
    return others.length === 0 ? first : [...new Set([...first, ...others.flat()])];
}

function storesBy(stack: StackView, selection: Member): readonly Member[] {
    const [named = [], leftOut = []] = NAMING.map((property) =>
        stack.referencesOf(selection, property, ...BACKED_UP_TYPES),
    );
    const byWords = stack.once(storesByWords).of(selection);
    if (named.length === 0 && leftOut.length === 0) {
        return byWords;
    }
    const more = named.filter(
        (store) => !byWords.includes(store) && takesIn(selection, store, { named: true, leftOut: false }),
    );
    const fewer = byWords.some((store) => leftOut.includes(store));
    return more.length === 0 && !fewer
        ? byWords
        : [...byWords, ...more].filter((store) => !leftOut.includes(store));
}

/** The stores that selections take in by what they say. */
class StoresByWords {
    readonly #known = new Map<string, { readonly stores: readonly Member[] } | { readonly error: unknown }>();
    readonly #byTag = new Map<string, ReadonlyMap<string, readonly Member[]>>();

    constructor(readonly stack: StackView) {}

    of(selection: Member): readonly Member[] {
        const words = wordsOf(selection);
        let found = this.#known.get(words);
        if (found === undefined) {
            found = this.#find(selection);
            this.#known.set(words, found);
        }
        if ("error" in found) {
            throw found.error;
        }
        return found.stores;
    }

    #candidates({ literals, tags }: Wanted): readonly Member[] {
        if (literals !== undefined) {
            const byKey = this.stack.once(storesByKey);
            return [...new Set(literals.flatMap((key) => byKey.get(key) ?? []))];
        }
        return tags === undefined
            ? this.stack.ofType(...BACKED_UP_TYPES)
            : [...new Set(tags.flatMap(({ key, value }) => this.#tagged(key).get(value) ?? []))];
    }

    /** The stores by the value of a tag. */
    #tagged(key: string): ReadonlyMap<string, readonly Member[]> {
        let found = this.#byTag.get(key);
        if (found === undefined) {
            const byValue = new Map<string, Member[]>();
            for (const store of this.stack.ofType(...BACKED_UP_TYPES)) {
                put(byValue, tagOf(store, key) ?? "", store);
            }
            found = byValue;
            this.#byTag.set(key, found);
        }
        return found;
    }

    #find(selection: Member): { readonly stores: readonly Member[] } | { readonly error: unknown } {
        try {
            const stores = this.#candidates(wantedBy(selection)).filter((store) =>
                takesIn(selection, store, NOT_REFERRED),
            );
            return { stores };
        } catch (error) {
            return { error };
        }
    }
}

function storesByWords(stack: StackView): StoresByWords {
    return new StoresByWords(stack);
}

/**
 * Whether an AWS Backup selection takes in the store: it is in the same account and region, is among the selection's resources
 * (any where none is named), carries one of its tags, meets all of its conditions and is not left out.
 */
function takesIn(selection: Member, store: Member, { named, leftOut }: Reference): boolean {
    const here = placeOf(selection);
    const there = placeOf(store);
    if ((here !== undefined && there !== undefined && here !== there) || areOfTwoAccounts(selection, store)) {
        return false;
    }
    if (leftOut || names(selection, "notResources", store)) {
        return false;
    }
    const anyResource = list(inputOf(selection, "resources")).length === 0;
    if (!anyResource && !named && !names(selection, "resources", store)) {
        return false;
    }
    const wanted = objects(inputOf(selection, "selectionTags"));
    if (wanted.length > 0 && !wanted.some((tag) => tagOf(store, text(tag.key) ?? "") === text(tag.value))) {
        return false;
    }
    return objects(inputOf(selection, "conditions")).every((condition) => meets(store, condition));
}

function names(selection: Member, property: string, store: Member): boolean {
    let found = false;
    const judge = (): void => {
        eachKnown(list(inputOf(selection, property)), (pattern) => {
            found ||= typeof pattern === "string" && namesByArn(pattern, store);
        });
    };
    // Where the elements come from other resources, those that are unknown are these.
    if ((selection.propertyDependencies[property] ?? []).length > 0) {
        ifKnown(judge);
    } else {
        judge();
    }
    return found;
}

function namesByArn(pattern: string, store: Member): boolean {
    if (pattern === "*") {
        return true;
    }
    const arn = ifKnown(() => text(store.props.arn));
    if (arn !== undefined) {
        return matches(pattern, arn);
    }
    const [, , service = ""] = pattern.split(":");
    const module = moduleOf(store.type);
    return (
        matches(service, SERVICES[module] ?? module) &&
        tailsOf(store).some((tail) => matches(tailOf(pattern), tail))
    );
}

const OPERATORS: Readonly<Record<string, (actual: string | undefined, wanted: string) => boolean>> = {
    stringEquals: (actual, wanted) => actual === wanted,
    stringLikes: (actual, wanted) => actual !== undefined && matches(wanted, actual),
    stringNotEquals: (actual, wanted) => actual !== wanted,
    stringNotLikes: (actual, wanted) => actual === undefined || !matches(wanted, actual),
};

function meets(store: Member, condition: Readonly<Record<string, unknown>>): boolean {
    return Object.entries(OPERATORS).every(([operator, holds]) =>
        objects(condition[operator]).every((each) => {
            const key = (text(each.key) ?? "").replace(/^aws:ResourceTag\//, "");
            return holds(tagOf(store, key), text(each.value) ?? "");
        }),
    );
}

/** Where a copy of a backup goes. */
export interface CopyTarget {
    /** Undefined where the destination is not known and no vault of the stack is referred to. */
    readonly region: string | undefined;
    readonly vault: Member | undefined;
    /** The destination's ARN, or the vault's logical name. */
    readonly label: string;
}

/** Where the plan's copies go. A destination that is unknown is looked for among the vaults that the plan refers to. */
export function copyTargetsOf(stack: StackView, plan: Member): readonly CopyTarget[] {
    const targets: CopyTarget[] = [];
    const home = placeOf(plan);
    eachObject(plan.props.rules, (rule) => {
        eachObject(rule.copyActions, (action) => {
            const arn = ifKnown(() => text(action.destinationVaultArn));
            if (arn !== undefined) {
                const name = arn.split(":").at(-1);
                const region = regionOfArn(arn);
                const vault = stack
                    .ofType(BACKUP_VAULT, AIR_GAPPED_VAULT)
                    .find(
                        (each) =>
                            ifKnown(() => text(each.props.arn)) === arn ||
                            (ifKnown(() => text(each.props.name)) === name && placeOf(each) === region),
                    );
                targets.push({
                    region,
                    vault,
                    label: vault === undefined ? arn : `vault ${stack.nameOf(vault, plan)}`,
                });
                return;
            }
            const abroad = stack
                .referencesOf(plan, "rules", BACKUP_VAULT, AIR_GAPPED_VAULT)
                .filter((vault) => placeOf(vault) !== home);
            if (abroad.length === 0) {
                // Nothing tells where the copy goes: reading it says so.
                text(action.destinationVaultArn);
            }
            targets.push(
                ...abroad.map((vault) => ({
                    region: placeOf(vault),
                    vault,
                    label: `vault ${stack.nameOf(vault, plan)}`,
                })),
            );
        });
    });
    return targets;
}
