/** Which vault a restore test restores from. */
import { type RegionTopology, type Topology } from "../topology/types";
import { type RestoreResource } from "./restoreRequest";

/** A vault, and what a restore test takes from it. */
export interface VaultChoice {
    /** Key of the region that it is in, and that is restored in. */
    readonly region: string;
    readonly vault: string;
    readonly resource: RestoreResource;
    /** Whether it holds another region's backups. */
    readonly isCopy: boolean;
}

/**
 * The vaults that restore tests take in turn: those of every region, its own, those of personal data, and those with the
 * copies of other regions' backups. Their order is that of the topology.
 */
export function vaultsOf(topology: Topology): readonly VaultChoice[] {
    return topology.regions.flatMap((region) => vaultsIn(region));
}

function vaultsIn(region: RegionTopology): VaultChoice[] {
    const { backupVault, copyVaults, key, personalDataTable, personalDataVault } = region;
    const choice = (vault: string, resource: RestoreResource, isCopy: boolean): VaultChoice => ({
        region: key,
        vault,
        resource,
        isCopy,
    });
    return [
        ...(backupVault === undefined ? [] : [choice(backupVault, "Aurora", false)]),
        ...copyVaults.map((vault) => choice(vault, "Aurora", true)),
        ...(personalDataVault === undefined || personalDataTable === undefined
            ? []
            : [choice(personalDataVault, "DynamoDB", false)]),
    ];
}

const DAY_MILLISECONDS = 86_400_000;

/** Whose turn it is, and of how many. */
export interface Turn {
    readonly choice: VaultChoice;
    /** From 1. */
    readonly number: number;
    readonly count: number;
}

/**
 * The vault whose turn it is on a day in UTC. It follows from the day alone: whoever runs the test at night remembers
 * nothing of the night before.
 */
export function turnOf(choices: readonly VaultChoice[], now: number): Turn | undefined {
    const count = choices.length;
    const index = count === 0 ? 0 : Math.floor(now / DAY_MILLISECONDS) % count;
    const choice = choices[index];
    return choice === undefined ? undefined : { choice, number: index + 1, count };
}
