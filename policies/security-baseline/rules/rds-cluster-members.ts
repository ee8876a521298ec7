import { ifKnown, type Props, stackRule, text } from "../../framework";
import { counted } from "../../framework/patterns";
import { CLUSTER_INSTANCE, DB_CLUSTER, engineOf } from "../shared/databases";

interface Config {
    readonly minMembers: number;
}

export const rule = stackRule<Config>({
    id: "rds-cluster-members",
    severity: "medium",
    description: "Aurora clusters have instances in several availability zones.",
    fix: "Add an aws.rds.ClusterInstance of the cluster in another availability zone.",
    frameworks: { controls: ["40"], securityHub: ["RDS.15"], cisV5: ["2.2.4"] },
    types: [DB_CLUSTER],
    config: {
        minMembers: { type: "integer", minimum: 2, default: 2, description: "How many instances at least." },
    },
    checkStack: (stack, report, { minMembers }) => {
        stack.each(stack.ofType(DB_CLUSTER), (cluster) => {
            const members = stack.referrersOf(cluster, CLUSTER_INSTANCE, "clusterIdentifier");
            if (members.length === 0 && !hasMembersOfItsOwn(cluster.props)) {
                return;
            }
            if (members.length < minMembers) {
                report(
                    `has ${counted(members.length, "instance")}; at least ${minMembers} are wanted.`,
                    cluster,
                );
                return;
            }
            // Where the program does not choose the zone, AWS spreads the instances.
            const zones = members.map(({ props }) => ifKnown(() => text(props.availabilityZone)));
            if (zones.every((zone) => zone !== undefined && zone === zones[0])) {
                report(`has all its instances in ${zones[0]}.`, cluster);
            }
        });
    },
});

/** Aurora, apart from its first serverless generation. What is not Aurora brings its three instances along. */
function hasMembersOfItsOwn(props: Props): boolean {
    return engineOf(props).startsWith("aurora") && text(ifKnown(() => props.engineMode)) !== "serverless";
}
