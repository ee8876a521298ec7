import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import { serviceTrust } from "../../security/policyDocument";
import { type Permission, permissions, permissionsOf, rolePolicy } from "../../security/permissions";
import {
    accountId,
    id,
    input,
    region,
    required,
    subnetIds,
    tags,
    textLike,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../../shared/argumentTable";
import { asSetting } from "../../shared/replacement";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { maintenanceHour } from "../auroraGlobal/windowRules";
import { DEFAULT_MAINTENANCE_HOUR } from "../auroraGlobal/windows";
import { createDaxAlarms } from "./alarms";
import { type DaxClusterArgs } from "./args";

export { type DaxClusterArgs } from "./args";

/** Where an encrypted DAX cluster listens. Source: Amazon DynamoDB Developer Guide, "DAX encryption in transit". */
const PORT = 9111;

const DEFAULT_NODE_TYPE = "dax.r5.large";
const DEFAULT_NODES = 3;
const DEFAULT_ITEM_TTL_SECONDS = 300;
const DEFAULT_QUERY_TTL_SECONDS = 60;

/**
 * A DAX cluster: memory in front of DynamoDB tables of its region, over TLS, with a role of its own. It answers
 * eventually consistent reads; others pass through. It lets nobody in by itself: a SecurityGroupConnection says who may.
 *
 * Children: `<name>-role`, `<name>-policy`, `<name>-security-group`, `<name>-subnets`, `<name>-parameters`,
 * `<name>-cluster`, and the alarms `<name>-cpu`, `<name>-memory` and `<name>-faults`.
 */
export class DaxCluster extends pulumi.ComponentResource {
    /** Endpoint as the client takes it, which begins with `daxs://`. */
    readonly endpoint: pulumi.Output<string>;
    /** Port that the nodes listen on, 9111. */
    readonly port: pulumi.Output<number>;
    /** ARN of the cluster. */
    readonly clusterArn: pulumi.Output<string>;
    /** Id of the security group that the cluster wears. */
    readonly securityGroupId: pulumi.Output<string>;
    /** What clients need: every operation on items, which the cluster then does with its own permissions. */
    readonly connectPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: DaxClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:DaxCluster", name, args, opts);
        const { region, vpcId, tags } = args;

        const group = ownSecurityGroup(
            name,
            {
                region,
                vpcId,
                description: `The DAX cluster ${name}`,
                ...(tags === undefined ? {} : { tags }),
            },
            this,
        );
        const cluster = makeCluster(this, name, args, group);
        if (args.alarmTopicArns !== undefined) {
            createDaxAlarms(this, name, args, cluster, args.alarmTopicArns);
        }

        this.endpoint = pulumi.interpolate`daxs://${cluster.clusterAddress}`;
        this.port = pulumi.output(PORT);
        this.clusterArn = cluster.arn;
        this.securityGroupId = group.id;
        this.connectPermissions = permissionsOf([
            { sid: "UseCachedTables", actions: CLIENT_ACTIONS, resources: [cluster.arn] },
        ]);
        this.registerOutputs({
            endpoint: this.endpoint,
            port: this.port,
            clusterArn: this.clusterArn,
            securityGroupId: this.securityGroupId,
            connectPermissions: this.connectPermissions,
        });
    }
}

const CLIENT_ACTIONS = [
    ...["dax:BatchGetItem", "dax:BatchWriteItem", "dax:ConditionCheckItem", "dax:DeleteItem", "dax:GetItem"],
    ...["dax:PutItem", "dax:Query", "dax:Scan", "dax:UpdateItem"],
];

/** There is no DAX on Graviton. */
const NODE_TYPE = /^dax\.(?:t[23]\.(?:small|medium)|r(?:4|5|7i)\.\d*x?large)$/;
const CLUSTER_NAME = /^(?=.{1,20}$)[a-z](?:-?[a-z0-9])*$/;
const YEAR = 365 * 24 * 3600;

const ttl = () => wholeNumber({ min: 1, max: YEAR }, `a whole number from 1 to ${YEAR} (seconds)`);

const ARGUMENTS: ArgumentTable<DaxClusterArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(input(subnetIds("of one VPC"))),
    permissions: required(permissions()),
    clusterName: textLike(
        CLUSTER_NAME,
        "1 to 20 lower-case letters, digits and single hyphens, a letter first",
    ),
    nodeType: textLike(
        NODE_TYPE,
        "a node type of DAX of the families r4, r5, r7i, t2 or t3, such as dax.r5.large",
    ),
    replicationFactor: wholeNumber({ min: 1, max: 10 }, "a whole number from 1 to 10"),
    itemTtlSeconds: ttl(),
    queryTtlSeconds: ttl(),
    maintenanceWindow: maintenanceHour(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};

function validate(name: string, given: DaxClusterArgs): DaxClusterArgs {
    const problems = new Problems("meridian:index:DaxCluster", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    if (args.clusterName === undefined) {
        problems.check(
            CLUSTER_NAME.test(problems.name),
            "name",
            name,
            "1 to 20 lower-case letters, digits and single hyphens, a letter first, because the cluster is called after it",
            "Shorten it, or give a clusterName",
        );
    }
    checkNameLength(problems, "name", `${problems.name}-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}

function makeCluster(
    parent: DaxCluster,
    name: string,
    args: DaxClusterArgs,
    group: aws.ec2.SecurityGroup,
): aws.dax.Cluster {
    const { region } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `The DAX cluster ${name} reads and writes its tables`,
            assumeRolePolicy: serviceTrust("dax.amazonaws.com", args.accountId),
            ...tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: rolePolicy([], args.permissions) },
        { parent },
    );
    const subnets = new aws.dax.SubnetGroup(
        `${name}-subnets`,
        { region, description: `The DAX cluster ${name}`, subnetIds: args.subnetIds },
        { parent },
    );
    const parameters = new aws.dax.ParameterGroup(
        `${name}-parameters`,
        {
            region,
            description: `The DAX cluster ${name}`,
            parameters: [
                {
                    name: "query-ttl-millis",
                    value: milliseconds(args.queryTtlSeconds ?? DEFAULT_QUERY_TTL_SECONDS),
                },
                {
                    name: "record-ttl-millis",
                    value: milliseconds(args.itemTtlSeconds ?? DEFAULT_ITEM_TTL_SECONDS),
                },
            ],
        },
        { parent },
    );
    return new aws.dax.Cluster(
        `${name}-cluster`,
        {
            region,
            clusterName: args.clusterName ?? name,
            description: `${name}: memory in front of tables`,
            nodeType: args.nodeType ?? DEFAULT_NODE_TYPE,
            // DAX spreads them over the subnets' zones.
            replicationFactor: args.replicationFactor ?? DEFAULT_NODES,
            iamRoleArn: role.arn,
            clusterEndpointEncryptionType: "TLS",
            serverSideEncryption: { enabled: true },
            subnetGroupName: subnets.name,
            parameterGroupName: parameters.name,
            securityGroupIds: [group.id],
            maintenanceWindow: args.maintenanceWindow ?? DEFAULT_MAINTENANCE_HOUR,
            ...tags,
        },
        // Its name is given, and taken as long as the old one is there. Nothing is lost: the tables have it all.
        asSetting({ parent, dependsOn: [policy] }),
    );
}

function milliseconds(seconds: number): string {
    return String(seconds * 1000);
}
