/**
 * What RDS's words for the state of a cluster and of an instance mean for whether the database can be used.
 *
 * - `serves`: it is used as ever, whatever RDS is doing beside.
 * - `passes`: it may not answer, and will again by itself.
 * - `down`: it does not answer, and nothing says that it will by itself.
 *
 * Source: Aurora User Guide, "Viewing DB cluster status" and "Viewing DB instance status in an Aurora cluster".
 */
import { type Cluster, type Instance } from "../aws/ports";

/** What a state means. */
export type Service = "serves" | "passes" | "down";

const BOTH: Readonly<Record<string, Service>> = {
    available: "serves",
    "backing-up": "serves",
    backtracking: "passes",
    creating: "passes",
    deleting: "down",
    "inaccessible-encryption-credentials": "down",
    "inaccessible-encryption-credentials-recoverable": "down",
    maintenance: "passes",
    modifying: "serves",
    renaming: "passes",
    "resetting-master-credentials": "serves",
    starting: "passes",
    stopped: "down",
    stopping: "down",
    "storage-optimization": "serves",
    upgrade_failed: "down",
    "upgrade-failed": "down",
    upgrading: "passes",
};

/** States of a cluster. */
export const CLUSTER_STATES: Readonly<Record<string, Service>> = {
    ...BOTH,
    "cloning-failed": "down",
    "failing-over": "passes",
    migrating: "passes",
    "migration-failed": "down",
    "preparing-data-migration": "serves",
    promoting: "passes",
    "update-iam-db-auth": "serves",
};

/** States of an instance. */
export const INSTANCE_STATES: Readonly<Record<string, Service>> = {
    ...BOTH,
    "configuring-enhanced-monitoring": "serves",
    "configuring-iam-database-auth": "serves",
    "configuring-log-exports": "serves",
    "converting-to-vpc": "passes",
    "delete-precheck": "down",
    failed: "down",
    "incompatible-create": "down",
    "incompatible-network": "down",
    "incompatible-option-group": "passes",
    "incompatible-parameters": "down",
    "incompatible-restore": "down",
    "insufficient-capacity": "down",
    "moving-to-vpc": "passes",
    rebooting: "passes",
    "restore-error": "down",
    "storage-config-upgrade": "passes",
    "storage-full": "down",
    "storage-initialization": "serves",
};

/** What a state that AWS has not documented yet means: nothing for certain. */
const UNKNOWN_STATE: Service = "passes";

/** What RDS says of a region's database, put together. */
export interface DatabaseWord {
    readonly service: Service;
    readonly text: string;
}

/** Puts together what RDS says of a cluster, or that there is none, and of its instances. */
export function judgeDatabase(
    identifier: string,
    cluster: Pick<Cluster, "status"> | undefined,
    instances: readonly Instance[],
): DatabaseWord {
    if (cluster === undefined) {
        return { service: "down", text: `there is no cluster ${identifier}` };
    }
    const own = CLUSTER_STATES[cluster.status] ?? UNKNOWN_STATE;
    const each = instances.map(({ status }) => INSTANCE_STATES[status] ?? UNKNOWN_STATE);
    const serving = each.filter((service) => service === "serves").length;
    const text =
        `cluster ${cluster.status}, ${serving} of ${instances.length} instances serve` +
        (serving === instances.length
            ? ""
            : ` (${instances.map((instance) => `${instance.identifier} ${instance.status}`).join(", ")})`);
    if (own === "down" || !each.some((service) => service !== "down")) {
        return { service: "down", text };
    }
    return { service: own === "serves" && serving > 0 ? "serves" : "passes", text };
}
