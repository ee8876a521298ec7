import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../operations";
import {
    accountId,
    alsoWhere,
    flag,
    id,
    input,
    isGiven,
    leftOutWhile,
    listOfAtLeast,
    numberWhere,
    object,
    region,
    required,
    tags,
    text,
    textLike,
    topicArns,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkComponentName } from "../shared/names";
import { mergeTags, type TagsInput } from "../shared/tags";
import { isKnown, Problems } from "../shared/validation";
import { ownAccountOnly } from "./ownAccountOnly";
import { ownSecurityGroup } from "./ownSecurityGroup";
import { policyDocument } from "../security/policyDocument";

/** When the alarms of a ServiceEndpoint ring. */
export interface ServiceEndpointAlarmThresholds {
    /** Packets that the endpoint dropped within five minutes. 100 when left out. */
    droppedPacketsPerFiveMinutes?: number;
}

/** Arguments of ServiceEndpoint. */
export interface ServiceEndpointArgs {
    /** The AWS region of the network. */
    region: string;
    /** The AWS account of the network: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Name of the service: `serviceName` of an EndpointService (`com.amazonaws.vpce.…`), or one of AWS's own, such as
     * `com.amazonaws.eu-central-1.kinesis-streams`.
     */
    serviceName: pulumi.Input<string>;
    /**
     * The AWS region of the service, where it is another than `region` and the service supports it. The endpoint then has
     * no metrics, and no alarm.
     */
    serviceRegion?: string;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of the subnets that the endpoint has an address in, one in each zone: one or more. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Whether the service's own host names mean the endpoint inside the VPC, which must resolve names. Of a service of
     * somebody else's it takes a verified name, and a connection that is accepted. False when left out.
     */
    privateDnsEnabled?: boolean;
    /** Whether to accept the connection, too: of a service of the same account. False when left out. */
    autoAccept?: boolean;
    /**
     * The endpoint's policy, as JSON. Left out, one of AWS's own services lets the account's principals through alone;
     * services of others take no policy.
     */
    policy?: pulumi.Input<string>;
    /** ARNs of SNS topics in the region that are told of alarms. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: ServiceEndpointAlarmThresholds;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * The way from a network to a service over PrivateLink: addresses in the network's own subnets, behind a security group
 * that lets nobody in until a SecurityGroupConnection says who.
 *
 * Children: `<name>-endpoint`, `<name>-security-group`; alarm `<name>-dropped-packets`.
 */
export class ServiceEndpoint extends pulumi.ComponentResource {
    /** Id of the endpoint, which the service's owner accepts. */
    readonly endpointId: pulumi.Output<string>;
    /** Id of the security group that the endpoint wears. */
    readonly securityGroupId: pulumi.Output<string>;
    /** Host name of the endpoint, of AWS's, that every zone's address answers to. */
    readonly dnsName: pulumi.Output<string>;
    /** Id of the Route 53 zone of `dnsName`, for alias records of names of one's own. */
    readonly dnsHostedZoneId: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ServiceEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ServiceEndpoint", name, args, opts);
        const policy = args.policy ?? defaultPolicy(args);

        const group = ownSecurityGroup(
            name,
            {
                region: args.region,
                vpcId: args.vpcId,
                description: `Endpoint ${name}`,
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            this,
        );
        const endpoint = new aws.ec2.VpcEndpoint(
            `${name}-endpoint`,
            {
                region: args.region,
                vpcId: args.vpcId,
                vpcEndpointType: "Interface",
                serviceName: args.serviceName,
                ...(args.serviceRegion === undefined ? {} : { serviceRegion: args.serviceRegion }),
                subnetIds: args.subnetIds,
                securityGroupIds: [group.id],
                privateDnsEnabled: args.privateDnsEnabled ?? false,
                ...(args.autoAccept === true ? { autoAccept: true } : {}),
                ...(policy === undefined ? {} : { policy }),
                tags: mergeTags({ Name: name }, args.tags),
            },
            { parent: this },
        );
        if (args.serviceRegion === undefined || args.serviceRegion === args.region) {
            watch(this, name, args, endpoint);
        }

        // The first entry is the endpoint's own, those after it are the zones'.
        const entry = endpoint.dnsEntries.apply((entries) => entries[0]);
        this.endpointId = endpoint.id;
        this.securityGroupId = group.id;
        this.dnsName = entry.apply((first) => first?.dnsName ?? "");
        this.dnsHostedZoneId = entry.apply((first) => first?.hostedZoneId ?? "");
        this.registerOutputs({
            endpointId: this.endpointId,
            securityGroupId: this.securityGroupId,
            dnsName: this.dnsName,
            dnsHostedZoneId: this.dnsHostedZoneId,
        });
    }
}

/** Whether a service is one of AWS's own, as far as is known before the deployment: of others' names few are. */
function isAwsOwn(serviceName: unknown): boolean {
    return typeof serviceName === "string" && /^com\.amazonaws\.(?!vpce\.)/.test(serviceName);
}

function defaultPolicy({ accountId: account, serviceName }: ServiceEndpointArgs) {
    return isKnown(serviceName) && isAwsOwn(serviceName)
        ? policyDocument([ownAccountOnly(account)])
        : undefined;
}

const DROPPED_PACKETS = 100;

function watch(
    parent: ServiceEndpoint,
    name: string,
    args: ServiceEndpointArgs,
    endpoint: aws.ec2.VpcEndpoint,
): void {
    alarm(
        `${name}-dropped-packets`,
        {
            region: args.region,
            ...(args.alarmTopicArns === undefined ? {} : { topicArns: args.alarmTopicArns }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
            description: `The endpoint ${name} drops packets: it or the service behind it is not well. Ask the service's owner, and look whether more is sent than an endpoint takes.`,
            metric: {
                namespace: "AWS/PrivateLinkEndpoints",
                metricName: "PacketsDropped",
                // All four: the metric is not there by the endpoint alone.
                dimensions: {
                    "Endpoint Type": "Interface",
                    "Service Name": args.serviceName,
                    "VPC Endpoint Id": endpoint.id,
                    "VPC Id": args.vpcId,
                },
                statistic: "Sum",
            },
            comparison: "GreaterThanThreshold",
            threshold: args.alarmThresholds?.droppedPacketsPerFiveMinutes ?? DROPPED_PACKETS,
            period: 300,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            // Without traffic nothing is counted.
            missingData: "notBreaching",
        },
        { parent },
    );
}

const SERVICE_NAME =
    "the name of a service, such as com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0";

const ARGUMENTS: ArgumentTable<ServiceEndpointArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    serviceName: required(input(textLike(/^(?:com\.amazonaws|aws)\.[a-z0-9.-]+$/, SERVICE_NAME))),
    serviceRegion: region(),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(input(listOfAtLeast(1, id("subnet-", "a subnet"), "the ids of one or more subnets"))),
    privateDnsEnabled: flag(),
    autoAccept: alsoWhere(
        (accept, args) => accept === false || !isAwsOwn(args.serviceName),
        "false or nothing with one of AWS's own services",
        flag(),
        { remedy: "AWS accepts by itself" },
    ),
    policy: leftOutWhile(
        (args) => typeof args.serviceName === "string" && !isAwsOwn(args.serviceName),
        () => ({
            allowed: "nothing with a service that is not one of AWS's own",
            remedy: "Only they take policies",
        }),
        input(text("a policy as JSON")),
    ),
    alarmTopicArns: input(topicArns()),
    alarmThresholds: leftOutWhile(
        (args) => isGiven(args.serviceRegion) && args.serviceRegion !== args.region,
        () => ({
            allowed: "nothing with a service of another region",
            remedy: "AWS counts nothing for such an endpoint",
        }),
        object<ServiceEndpointAlarmThresholds>({
            droppedPacketsPerFiveMinutes: numberWhere(
                (count) => Number.isFinite(count) && count >= 0,
                "0 or more",
            ),
        }),
    ),
    tags: tags(),
};

function validate(name: string, given: ServiceEndpointArgs): ServiceEndpointArgs {
    const problems = new Problems("meridian:index:ServiceEndpoint", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
