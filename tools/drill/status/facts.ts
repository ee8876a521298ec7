/** What is seen of a region, before it is judged. */
import {
    type Certificate,
    type Cluster,
    type Fleet,
    type Instance,
    type Lag,
    type RecoveryPoint,
    type SignIn,
} from "../aws/ports";
import { messageOf } from "../errors";
import { type Holder } from "../engine/holder";
import { readLock } from "../engine/lock";
import { type Context } from "../engine/step";
import { lagOf } from "../steps/lag";
import { lookUp, type View, viewOf } from "../steps/outsideView";
import { type RegionTopology } from "../topology/types";
import { QUOTAS } from "./quotas";

/** Something that was asked: the answer, or why there is none. */
export type Asked<T> = { readonly value: T } | { readonly missing: string };

/** A vault, and what it keeps. */
export interface VaultFacts {
    /** What the finding is called. */
    readonly subject: string;
    readonly vault: string;
    readonly points: Asked<readonly RecoveryPoint[]>;
}

/** What is seen of a region. */
export interface RegionFacts {
    readonly region: RegionTopology;
    /** Why the region's API could not be asked at all. */
    readonly unreachable?: string;
    readonly account: Asked<string>;
    readonly cluster: Asked<Cluster | undefined>;
    readonly instances: Asked<readonly Instance[]>;
    readonly lag: Asked<Lag | undefined>;
    readonly fleets: Asked<readonly { readonly name: string; readonly fleet: Fleet | undefined }[]>;
    readonly certificates: Asked<readonly Certificate[]>;
    /** By the code of the quota. */
    readonly quotas: Asked<Readonly<Record<string, number | undefined>>>;
    readonly vaults: readonly VaultFacts[];
    readonly lock: Asked<Holder | undefined>;
    readonly signIn: Asked<SignIn>;
    readonly view: Asked<View>;
}

/** What a look at a region needs. */
export type Watcher = Pick<Context, "aws" | "clock" | "outside" | "signal" | "topology">;

async function ask<T>(question: () => Promise<T>): Promise<Asked<T>> {
    try {
        return { value: await question() };
    } catch (error) {
        return { missing: messageOf(error) };
    }
}

/**
 * Looks at a region. When neither STS nor RDS answers there, that is what is seen, soon, and the rest is left.
 */
export async function lookAt(watcher: Watcher, region: RegionTopology): Promise<RegionFacts> {
    const aws = watcher.aws.in(region.region);
    const view = ask(() => viewOf(watcher, region));
    let answers = 0;
    const noticed = async <T>(question: () => Promise<T>): Promise<Asked<T>> => {
        const found = await ask(() => lookUp(watcher, question));
        if ("missing" in found) {
            answers += 1;
            return found;
        }
        answers += "missing" in found.value && found.value.passes ? 0 : 1;
        return found.value;
    };
    const [account, cluster] = await Promise.all([
        noticed(() => aws.accountId()),
        noticed(() => aws.database.cluster(region.clusterIdentifier)),
    ]);
    if ("missing" in account && "missing" in cluster && answers === 0) {
        return silent(region, account.missing, await view);
    }
    const [instances, lag, fleets, certificates, quotas, vaults, lock, signIn] = await Promise.all([
        ask(() => aws.database.instances(region.clusterIdentifier)),
        ask(() => lagOf(watcher, region)),
        ask(() =>
            Promise.all(
                Object.values(region.autoScalingGroups).map(async (name: string) => ({
                    name,
                    fleet: await aws.fleets.fleet(name),
                })),
            ),
        ),
        ask(() => aws.observe.certificates(region.originHost)),
        ask(async () => {
            const values = QUOTAS.map(
                async ({ code, service }) => [code, await aws.observe.quota(service, code)] as const,
            );
            return Object.fromEntries(await Promise.all(values));
        }),
        Promise.all(
            vaultsOf(region).map(async ({ subject, vault }) => ({
                subject,
                vault,
                points: await ask(() => aws.backup.recoveryPoints(vault)),
            })),
        ),
        ask(() => readLock(watcher.aws, region.region, watcher.topology.environment)),
        ask(() => watcher.aws.signIn(region.region)),
    ]);
    return {
        region,
        account,
        cluster,
        instances,
        lag,
        fleets,
        certificates,
        quotas,
        vaults,
        lock,
        signIn,
        view: await view,
    };
}

/** The vaults in a region, whoever's backups they keep. */
function vaultsOf({
    backupVault,
    copyVaults,
    personalDataVault,
}: RegionTopology): Pick<VaultFacts, "subject" | "vault">[] {
    const own = [
        { subject: "Recovery point", vault: backupVault },
        { subject: "Recovery point of personal data", vault: personalDataVault },
    ].flatMap(({ subject, vault }) => (vault === undefined ? [] : [{ subject, vault }]));
    return [...own, ...copyVaults.map((vault) => ({ subject: "Copied recovery point", vault }))];
}

function silent(region: RegionTopology, missing: string, view: Asked<View>): RegionFacts {
    const none = { missing };
    return {
        region,
        unreachable: missing,
        account: none,
        cluster: none,
        instances: none,
        lag: none,
        fleets: none,
        certificates: none,
        quotas: none,
        vaults: [],
        lock: none,
        signIn: none,
        view,
    };
}
