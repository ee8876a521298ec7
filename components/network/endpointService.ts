import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../operations";
import { after } from "../shared/after";
import {
    flag,
    hostedZoneId,
    id,
    input,
    isGiven,
    leftOutWhile,
    list,
    listOfAtLeast,
    mapByShortNames,
    numberWhere,
    object,
    once,
    region,
    required,
    requiredWhile,
    tags,
    text,
    textLike,
    textWhere,
    topicArns,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkComponentName } from "../shared/names";
import { asSetting } from "../shared/replacement";
import { mergeTags, type TagsInput } from "../shared/tags";
import { isDomainName, Problems } from "../shared/validation";

/** When the alarms of an EndpointService ring. */
export interface EndpointServiceAlarmThresholds {
    /** Connections that the service broke off within five minutes. 100 when left out. */
    resetPacketsPerFiveMinutes?: number;
}

/** Arguments of EndpointService. */
export interface EndpointServiceArgs {
    /** The AWS region of the service and of its balancers. */
    region: string;
    /**
     * ARNs of the Network Load Balancers that take the connections, one or more. An Application Load Balancer stands behind
     * one of these, as the target of a target group of type `alb`. Each should have cross-zone load balancing on, or a
     * consumer's zone without a healthy target gets no answer.
     */
    networkLoadBalancerArns: pulumi.Input<string>[];
    /**
     * ARNs of those who may ask for a connection, one or more: an account as `arn:aws:iam::111122223333:root`, a role or a
     * user. Everybody (`*`) is refused.
     */
    allowedPrincipals: pulumi.Input<string>[];
    /** Whether each connection waits until it is accepted. True when left out. */
    acceptanceRequired?: boolean;
    /**
     * Ids of consumers' endpoints whose connections are accepted, by names of 1 to 20 lower-case letters, digits and
     * hyphens, which are kept for good. Removing one rejects its connection. A consumer of the same account accepts for
     * itself (`autoAccept` of ServiceEndpoint). None when left out.
     */
    acceptedEndpointIds?: Record<string, pulumi.Input<string>>;
    /**
     * Host name by which consumers may reach the service in their own networks, or `*.` and a domain for all names of it.
     * None when left out: each endpoint then has a name of AWS's alone.
     */
    privateDnsName?: string;
    /**
     * Id of the public Route 53 zone of `privateDnsName`, for the record that proves to AWS whose it is. Required with it.
     */
    hostedZoneId?: pulumi.Input<string>;
    /** Other regions from which consumers may connect, each once. The service's own alone when left out. */
    supportedRegions?: string[];
    /** ARNs of SNS topics in the region that are told of alarms. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: EndpointServiceAlarmThresholds;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * Offers what is behind Network Load Balancers to other networks and accounts over PrivateLink: they reach it by an
 * endpoint of their own (ServiceEndpoint), and no route leads from one network to the other.
 *
 * Children: `<name>-service`, `<name>-accept-<endpoint>`; with a private name `<name>-verification` (the record, and the
 * wait for AWS's word); alarm `<name>-resets`.
 */
export class EndpointService extends pulumi.ComponentResource {
    /** Id of the service, as in the dimension `Service Id` of its metrics. */
    readonly serviceId: pulumi.Output<string>;
    /** ARN of the service. */
    readonly serviceArn: pulumi.Output<string>;
    /** Name that consumers connect to, known once the private name, where there is one, is verified. */
    readonly serviceName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: EndpointServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:EndpointService", name, args, opts);
        const { region: home, supportedRegions } = args;

        const service = new aws.ec2.VpcEndpointService(
            `${name}-service`,
            {
                region: home,
                acceptanceRequired: args.acceptanceRequired ?? true,
                allowedPrincipals: args.allowedPrincipals,
                networkLoadBalancerArns: args.networkLoadBalancerArns,
                ...(args.privateDnsName === undefined ? {} : { privateDnsName: args.privateDnsName }),
                // AWS counts the service's own region among them.
                ...(supportedRegions === undefined ? {} : { supportedRegions: [home, ...supportedRegions] }),
                tags: mergeTags({ Name: name }, args.tags),
            },
            { parent: this },
        );
        const verification = verifyPrivateName(this, name, args, service);
        for (const [endpoint, vpcEndpointId] of Object.entries(args.acceptedEndpointIds ?? {})) {
            new aws.ec2.VpcEndpointConnectionAccepter(
                `${name}-accept-${endpoint}`,
                { region: home, vpcEndpointServiceId: service.id, vpcEndpointId },
                asSetting({ parent: this }),
            );
        }
        watch(this, name, args, service);

        this.serviceId = service.id;
        this.serviceArn = service.arn;
        this.serviceName = after(verification, service.serviceName);
        this.registerOutputs({
            serviceId: this.serviceId,
            serviceArn: this.serviceArn,
            serviceName: this.serviceName,
        });
    }
}

/** Proves to AWS that the private name is the caller's: until then no endpoint may answer to it. */
function verifyPrivateName(
    parent: EndpointService,
    name: string,
    args: EndpointServiceArgs,
    service: aws.ec2.VpcEndpointService,
): pulumi.Resource[] {
    if (args.privateDnsName === undefined || args.hostedZoneId === undefined) {
        return [];
    }
    const proof = service.privateDnsNameConfigurations.apply(([configuration]) => ({
        name: configuration?.name ?? "",
        value: configuration?.value ?? "",
    }));
    const record = new aws.route53.Record(
        `${name}-verification`,
        {
            zoneId: args.hostedZoneId,
            // Relative to the zone.
            name: proof.name,
            type: "TXT",
            ttl: 300,
            records: [proof.value],
        },
        { parent },
    );
    return [
        new aws.vpc.EndpointServicePrivateDnsVerification(
            `${name}-verification`,
            { region: args.region, serviceId: service.id, waitForVerification: true },
            asSetting({ parent, dependsOn: [record] }),
        ),
    ];
}

const RESET_PACKETS = 100;

function watch(
    parent: EndpointService,
    name: string,
    args: EndpointServiceArgs,
    service: aws.ec2.VpcEndpointService,
): void {
    alarm(
        `${name}-resets`,
        {
            region: args.region,
            ...(args.alarmTopicArns === undefined ? {} : { topicArns: args.alarmTopicArns }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
            description: `The service that ${name} offers to other networks breaks connections off. Look at the health of its balancers' targets, in each zone.`,
            metric: {
                namespace: "AWS/PrivateLinkServices",
                metricName: "RstPacketsSent",
                dimensions: { "Service Id": service.id },
                statistic: "Sum",
            },
            comparison: "GreaterThanThreshold",
            threshold: args.alarmThresholds?.resetPacketsPerFiveMinutes ?? RESET_PACKETS,
            period: 300,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            // Without a connection nothing is counted.
            missingData: "notBreaching",
        },
        { parent },
    );
}

const NETWORK_BALANCER = "the ARN of a Network Load Balancer in the service's region";
// Source: AWS PrivateLink Guide, "Configure an endpoint service".
const PRINCIPAL =
    "the ARN of an account (arn:aws:iam::111122223333:root), a role or a user, and never everybody (*)";
const PRIVATE_NAME =
    "a host name in lower case, such as orders.example.com, or *. and a domain for all names of it";

const ARGUMENTS: ArgumentTable<EndpointServiceArgs> = {
    region: required(region()),
    networkLoadBalancerArns: required(
        listOfAtLeast(
            1,
            input(
                textWhere(
                    (arn, args) =>
                        /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/net\/.+$/.test(arn) &&
                        (typeof args.region !== "string" || arn.split(":")[3] === args.region),
                    NETWORK_BALANCER,
                    {
                        kind: NETWORK_BALANCER,
                        remedy: "An Application Load Balancer goes behind one, in a target group of type alb",
                    },
                ),
            ),
            "the ARNs of one or more Network Load Balancers",
        ),
    ),
    allowedPrincipals: required(
        listOfAtLeast(
            1,
            input(textLike(/^arn:aws:iam::\d{12}:(?:root|(?:role|user)\/.+)$/, PRINCIPAL)),
            "the ARNs of one or more principals",
        ),
    ),
    acceptanceRequired: flag(),
    acceptedEndpointIds: mapByShortNames(input(id("vpce-", "a VPC endpoint")), "ids of endpoints by names"),
    privateDnsName: text(
        PRIVATE_NAME,
        unless((name) => isDomainName(String(name).replace(/^\*\./, "")), PRIVATE_NAME),
    ),
    hostedZoneId: leftOutWhile(
        (args) => !isGiven(args.privateDnsName),
        () => ({ allowed: "nothing while privateDnsName is left out", remedy: "There is nothing to verify" }),
        requiredWhile(
            (args) => isGiven(args.privateDnsName),
            { allowed: "the id of the public Route 53 zone of privateDnsName" },
            input(hostedZoneId()),
        ),
    ),
    supportedRegions: list(
        once(
            {
                ...region(),
                judge: (value, args, place) =>
                    value === args.region
                        ? { allowed: "regions other than the service's own, which is always supported" }
                        : region().judge?.(value, args, place),
            },
            "each region once",
        ),
        "a list of AWS region codes",
    ),
    alarmTopicArns: input(topicArns()),
    alarmThresholds: object<EndpointServiceAlarmThresholds>({
        resetPacketsPerFiveMinutes: numberWhere((count) => Number.isFinite(count) && count >= 0, "0 or more"),
    }),
    tags: tags(),
};

function validate(name: string, given: EndpointServiceArgs): EndpointServiceArgs {
    const problems = new Problems("meridian:index:EndpointService", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
