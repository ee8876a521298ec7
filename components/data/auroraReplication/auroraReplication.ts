import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { checkArguments } from "../../shared/argumentTable";
import { Problems } from "../../shared/validation";
import { parameterNames } from "../auroraMember/connection";
import { checkName } from "../auroraMember/identifiers";
import { type AuroraReplicationArgs } from "./args";
import { tellClientRegions } from "./clientRegions";
import { joinRegions } from "./regions";
import { withDefaults } from "./settings";
import { REPLICATION_ARGUMENTS } from "./table";

export { type AuroraClientRegion, type AuroraReplicationArgs, type AuroraSecondary } from "./args";

/** What the component was registered as while it was a role of AuroraGlobal. */
const FORMER_TYPE: pulumi.Alias = { type: "meridian:index:AuroraGlobal" };

/**
 * What ties the regions of a database together, once: the global cluster, made from the founding region's cluster, and
 * a cluster in each of the other regions, made from what its own stack has prepared. The members are AuroraGlobal's, in
 * the stacks of their regions.
 *
 * It was AuroraGlobal's role Replication before it was a class, and says so by an alias: what was made then stays.
 *
 * Children, each name beginning with the component's: `global`, `write-forwarding`, and for each other region
 * `<region>-cluster`, `<region>-final-snapshot`, `<region>-instance-<n>`, the parameters `<region>-endpoint`,
 * `<region>-reader-endpoint`, `<region>-port`, `<region>-database-name`, `<region>-username`,
 * `<region>-connection-string`, and the alarms `<region>-replication-lag`, `<region>-capacity-ceiling`,
 * `<region>-connections`. For each region without a member the parameters alone.
 */
export class AuroraReplication extends pulumi.ComponentResource {
    /** Name of the global database, as given. */
    readonly globalClusterIdentifier: pulumi.Output<string>;
    /** Full names of the connection parameters by their last part, such as `connection-string`. The same in every region. */
    readonly parameterNames: pulumi.Output<Record<string, string>>;
    /** ARN of the global cluster. */
    readonly globalClusterArn: pulumi.Output<string>;
    /** AWS's name for the writer, wherever it is. Reachable only where the networks of the regions are joined. */
    readonly globalEndpoint: pulumi.Output<string>;
    /** The region of each member, the founding one included, by cluster identifier. */
    readonly members: pulumi.Output<Record<string, string>>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and single hyphens, at most 63
     * characters, and not the name of an AuroraGlobal of the same stack, which the alias would mean as well.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: AuroraReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:AuroraReplication", name, args, {
            ...opts,
            aliases: [FORMER_TYPE, ...(opts?.aliases ?? [])],
        });
        const settings = withDefaults(args);
        const { region: foundingRegion, globalClusterIdentifier } = args;
        const source = pulumi.output(args.source);

        const globalCluster = new aws.rds.GlobalCluster(
            `${name}-global`,
            {
                region: foundingRegion,
                globalClusterIdentifier,
                // The founding cluster tells the rest: engine, version, encryption, database. Said twice, AWS refuses.
                sourceDbClusterIdentifier: source.clusterArn,
                // AWS's provider demands it beside a source: deleting the global cluster releases the founding cluster,
                // which then stands alone again in its own stack.
                forceDestroy: true,
            },
            // Its own lock, because the global cluster takes no deletion protection beside a source.
            { parent: this, protect: settings.deletionProtection },
        );
        const joined = joinRegions(name, args, settings, { source, globalCluster }, this);
        tellClientRegions(name, args, settings, { source, joined }, this);
        new aws.lambda.Invocation(
            `${name}-write-forwarding`,
            {
                region: foundingRegion,
                functionName: source.preparationFunctionName,
                input: JSON.stringify({ action: "ForwardWrites" }),
                // A global cluster that was made anew has forgotten it.
                triggers: { globalCluster: globalCluster.globalClusterResourceId },
            },
            // Last, so that changing the founding cluster cannot meet a region that is just joining it.
            { parent: this, dependsOn: joined.flatMap(({ instances }) => instances) },
        );

        this.globalClusterIdentifier = pulumi.output(globalClusterIdentifier);
        this.parameterNames = pulumi.output(parameterNames(args.parameterPrefix));
        this.globalClusterArn = globalCluster.arn;
        this.globalEndpoint = globalCluster.endpoint;
        this.members = source.clusterArn.apply((arn) =>
            Object.fromEntries([
                [arn.split(":").at(-1) ?? arn, foundingRegion],
                ...args.secondaries.map(
                    ({ clusterIdentifier, region }) => [clusterIdentifier, region] as const,
                ),
            ]),
        );
        this.registerOutputs({
            globalClusterIdentifier: this.globalClusterIdentifier,
            parameterNames: this.parameterNames,
            globalClusterArn: this.globalClusterArn,
            globalEndpoint: this.globalEndpoint,
            members: this.members,
        });
    }
}

function validate(name: string, given: AuroraReplicationArgs): AuroraReplicationArgs {
    const problems = new Problems("meridian:index:AuroraReplication", name);
    const args = checkArguments(problems, given, REPLICATION_ARGUMENTS);
    checkName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
