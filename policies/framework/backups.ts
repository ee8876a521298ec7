import { eachKnown, eachObject, inputOf } from "./items";
import { matches } from "./patterns";
import { placeOf, regionOfArn } from "./places";
import { type Member, type StackView } from "./stackView";
import { list, objects, text } from "./subject";
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

/** The plans of the stack whose selections take in the store. */
export function plansFor(stack: StackView, store: Member): readonly Member[] {
    const selections = stack.ofType(BACKUP_SELECTION).filter((selection) => selects(stack, selection, store));
    return selections.flatMap((selection) => stack.referencesOf(selection, "planId", BACKUP_PLAN));
}

/** The stores of the stack that the plan's selections take in. */
export function storesOf(stack: StackView, plan: Member): readonly Member[] {
    const selections = stack.referrersOf(plan, BACKUP_SELECTION, "planId");
    return stack
        .ofType(...BACKED_UP_TYPES)
        .filter((store) => selections.some((selection) => selects(stack, selection, store)));
}

/**
 * Whether an AWS Backup selection takes in the store: it is in the same region, is among the selection's resources
 * (any where none is named), carries one of its tags, meets all of its conditions and is not left out.
 */
export function selects(stack: StackView, selection: Member, store: Member): boolean {
    const here = placeOf(selection);
    const there = placeOf(store);
    if (here !== undefined && there !== undefined && here !== there) {
        return false;
    }
    if (names(stack, selection, "notResources", store)) {
        return false;
    }
    const anyResource = list(inputOf(selection, "resources")).length === 0;
    if (!anyResource && !names(stack, selection, "resources", store)) {
        return false;
    }
    const wanted = objects(inputOf(selection, "selectionTags"));
    if (wanted.length > 0 && !wanted.some((tag) => tagOf(store, text(tag.key) ?? "") === text(tag.value))) {
        return false;
    }
    return objects(inputOf(selection, "conditions")).every((condition) => meets(store, condition));
}

function names(stack: StackView, selection: Member, property: string, store: Member): boolean {
    if (stack.referencesOf(selection, property, store.type).some((other) => other.urn === store.urn)) {
        return true;
    }
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
    const [, , service = "", , , ...rest] = pattern.split(":");
    const [module = ""] = store.type.slice("aws:".length).split("/");
    const ownName =
        ifKnown(() => text(store.props.clusterIdentifier ?? store.props.bucket ?? store.props.name)) ??
        store.name;
    const [kind = ""] = /[a-z]+/i.exec(store.type.split(":").at(-1) ?? "") ?? [];
    const tails = [ownName, `${kind.toLowerCase()}:${ownName}`, `${kind.toLowerCase()}/${ownName}`];
    return (
        matches(service, SERVICES[module] ?? module) && tails.some((tail) => matches(rest.join(":"), tail))
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
                targets.push({ region, vault, label: vault === undefined ? arn : `vault "${vault.name}"` });
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
                ...abroad.map((vault) => ({ region: placeOf(vault), vault, label: `vault "${vault.name}"` })),
            );
        });
    });
    return targets;
}
