/** Answers to the AWS provider's functions, which on a real preview ask AWS. */
import { AWS_REGIONS } from "../../../regions/awsRegions";
import { type Properties } from "../types";
import { hex, integer, uuid } from "../synthetic";
import { dnsSuffixOf, partitionOf } from "./arn";
import { policyDocument } from "./policyDocument";
import { zonesOf } from "./zones";

/** A call, and where it is made. */
export interface AwsCall {
    readonly args: Properties;
    readonly region: string;
    readonly account: string;
}

type Answer = (call: AwsCall) => Properties;

/** An argument as text, and something else where it is not given. */
function text(args: Properties, name: string, otherwise = ""): string {
    const value = args[name];
    return typeof value === "string" && value !== "" ? value : otherwise;
}

function list(value: unknown): string[] {
    return Array.isArray(value) ? value.map(String) : [];
}

/** Prefix lists that AWS keeps, with how many entries count against a security group's quota. */
const PREFIX_LISTS: Readonly<Record<string, number>> = {
    "com.amazonaws.global.cloudfront.origin-facing": 55,
    "com.amazonaws.global.ipv6.cloudfront.origin-facing": 55,
    "route53-healthchecks": 25,
    "ipv6.route53-healthchecks": 25,
};

function prefixListName(args: Properties): string {
    const filters = Array.isArray(args["filters"]) ? (args["filters"] as Properties[]) : [];
    const filtered = filters.find((filter) => filter["name"] === "prefix-list-name");
    return text(args, "name", list(filtered?.["values"])[0]);
}

function managedPrefixList({ args, region }: AwsCall): Properties {
    const name = prefixListName(args);
    const id = text(args, "id", `pl-${hex(`${region}/${name}`, 8)}`);
    const size = Object.entries(PREFIX_LISTS).find(([suffix]) => name.endsWith(suffix))?.[1] ?? 10;
    return {
        id,
        name,
        region,
        arn: `arn:${partitionOf(region)}:ec2:${region}:aws:prefix-list/${id}`,
        addressFamily: name.includes("ipv6") ? "IPv6" : "IPv4",
        ownerId: "AWS",
        maxEntries: size,
        version: 1,
        entries: [],
        tags: {},
    };
}

function callerIdentity({ region, account }: AwsCall): Properties {
    return {
        id: account,
        accountId: account,
        arn: `arn:${partitionOf(region)}:iam::${account}:user/preview`,
        userId: "AIDAPREVIEW0000000000",
    };
}

function hostedZone({ args }: AwsCall): Properties {
    const named = text(args, "name").replace(/\.$/, "");
    const zoneId = text(args, "zoneId", `Z${hex(`zone/${named}`, 20).toUpperCase()}`);
    const name = named === "" ? "example.com" : named;
    return {
        id: zoneId,
        zoneId,
        name,
        arn: `arn:aws:route53:::hostedzone/${zoneId}`,
        privateZone: args["privateZone"] === true,
        callerReference: "preview",
        comment: "",
        linkedServicePrincipal: "",
        linkedServiceDescription: "",
        nameServers: [
            "ns-1.awsdns-01.org",
            "ns-2.awsdns-02.co.uk",
            "ns-3.awsdns-03.com",
            "ns-4.awsdns-04.net",
        ],
        primaryNameServer: "ns-1.awsdns-01.org",
        resourceRecordSetCount: 2,
        tags: {},
    };
}

/**
 * Public parameters that hold JSON. Source: Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI
 * metadata".
 */
const IMAGE_METADATA = /^\/aws\/service\/.*(?:\/recommended|ECS_Optimized)$/;

function parameter({ args, region, account }: AwsCall): Properties {
    const name = text(args, "name");
    const isImage = /\/ami-|image_id$/.test(name);
    const id = `ami-0${hex(`${region}/${name}`, 16)}`;
    const value = IMAGE_METADATA.test(name)
        ? JSON.stringify({ schema_version: 1, image_name: "made-up", image_id: id, os: "Amazon Linux 2" })
        : isImage
          ? id
          : `value-of-${name.replace(/^\//, "")}`;
    const owner = name.startsWith("/aws/service/") ? "" : account;
    return {
        id: name,
        name,
        region,
        arn: `arn:${partitionOf(region)}:ssm:${region}:${owner}:parameter/${name.replace(/^\//, "")}`,
        type: "String",
        dataType: isImage ? "aws:ec2:image" : "text",
        value,
        insecureValue: value,
        version: 1,
        withDecryption: args["withDecryption"] ?? true,
    };
}

/**
 * A secret as AWS itself keeps a database's, which is text, too. Source: AWS Secrets Manager User Guide, "JSON structure
 * of AWS Secrets Manager secrets".
 */
function secretVersion({ args, region, account }: AwsCall): Properties {
    const secretId = text(args, "secretId");
    const name = secretId.split(":").pop() ?? secretId;
    const secretString = JSON.stringify({
        engine: "postgres",
        host: `made-up.${region}.example.com`,
        username: "made-up",
        password: `made-up-${hex(secretId, 8)}`,
        dbname: "made_up",
        port: 5432,
    });
    return {
        id: `${secretId}|AWSCURRENT`,
        secretId,
        region,
        arn: secretId.startsWith("arn:")
            ? secretId
            : `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${name}-${hex(secretId, 6)}`,
        secretString,
        secretBinary: "",
        versionId: "made-up",
        versionStage: args["versionStage"] ?? "AWSCURRENT",
        versionStages: ["AWSCURRENT"],
        createdDate: "2000-01-01T00:00:00Z",
    };
}

function image({ args, region }: AwsCall): Properties {
    const key = JSON.stringify(args);
    const id = `ami-0${hex(`${region}/${key}`, 16)}`;
    const architecture = key.includes("arm64") ? "arm64" : "x86_64";
    return {
        id,
        imageId: id,
        region,
        arn: `arn:${partitionOf(region)}:ec2:${region}::image/${id}`,
        architecture,
        name: `preview-image-${architecture}`,
        owners: args["owners"] ?? [],
        ownerId: "137112412989",
        platform: "",
        platformDetails: "Linux/UNIX",
        rootDeviceName: "/dev/xvda",
        rootDeviceType: "ebs",
        virtualizationType: "hvm",
        state: "available",
        tags: {},
    };
}

function zones({ region }: AwsCall): Properties {
    const names = zonesOf(region);
    return {
        id: region,
        region,
        names,
        zoneIds: names.map((_, index) => `${region.replaceAll(/[^a-z0-9]/g, "")}-az${index + 1}`),
        groupNames: [region],
    };
}

function regionAnswer({ args, region }: AwsCall): Properties {
    const name = text(args, "region", region);
    return { id: name, region: name, name, endpoint: `ec2.${name}.${dnsSuffixOf(name)}`, description: name };
}

function partition({ region }: AwsCall): Properties {
    const name = partitionOf(region);
    const dnsSuffix = dnsSuffixOf(region);
    return {
        id: name,
        partition: name,
        dnsSuffix,
        reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    };
}

/** Accounts that wrote load balancers' access logs in the regions opened before August 2022. Source: Elastic Load Balancing, "Enable access logs". */
const LOG_ACCOUNTS: Readonly<Record<string, string>> = {
    "us-east-1": "127311923021",
    "us-east-2": "033677994240",
    "us-west-1": "027434742980",
    "us-west-2": "797873946194",
    "ca-central-1": "985666609251",
    "eu-central-1": "054676820928",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
    "eu-west-3": "009996457667",
    "eu-north-1": "897822967062",
    "eu-south-1": "635631232127",
    "ap-northeast-1": "582318560864",
    "ap-northeast-2": "600734575887",
    "ap-south-1": "718504428378",
    "ap-southeast-1": "114774131450",
    "ap-southeast-2": "783225319266",
    "sa-east-1": "507241528517",
};

function logAccount({ args, region }: AwsCall): Properties {
    const name = text(args, "region", region);
    const account = LOG_ACCOUNTS[name];
    if (account === undefined) {
        throw new Error(
            `elb.getServiceAccount has no account for ${name}: use the principal logdelivery.elasticloadbalancing.amazonaws.com`,
        );
    }
    return { id: account, region: name, arn: `arn:${partitionOf(name)}:iam::${account}:root` };
}

function endpointService({ args, region }: AwsCall): Properties {
    const service = text(args, "service");
    const serviceName = text(args, "serviceName", `com.amazonaws.${region}.${service}`);
    const gateway = /\.(?:s3|dynamodb)$/.test(serviceName);
    return {
        id: String(integer(serviceName, 1_000_000_000, 9_999_999_999)),
        region,
        serviceName,
        serviceId: `vpce-svc-0${hex(serviceName, 16)}`,
        serviceType: text(args, "serviceType", gateway ? "Gateway" : "Interface"),
        availabilityZones: zonesOf(region),
        acceptanceRequired: false,
        owner: "amazon",
        privateDnsName: gateway ? "" : `${service}.${region}.${dnsSuffixOf(region)}`,
        tags: {},
    };
}

function kmsAlias({ args, region, account }: AwsCall): Properties {
    const name = text(args, "name");
    const keyId = uuid(`${region}/${account}/${name}`);
    const prefix = `arn:${partitionOf(region)}:kms:${region}:${account}`;
    return {
        id: `${prefix}:${name}`,
        name,
        region,
        arn: `${prefix}:${name}`,
        targetKeyId: keyId,
        targetKeyArn: `${prefix}:key/${keyId}`,
    };
}

/** Policies and caching rules that CloudFront offers ready-made. Source: Amazon CloudFront Developer Guide, managed policies. */
const CLOUDFRONT_POLICIES: Readonly<Record<string, string>> = {
    "Managed-CachingDisabled": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    "Managed-CachingOptimized": "658327ea-f89d-4fab-a63d-7e88639e58f6",
    "Managed-AllViewer": "216adef6-5c7f-47e4-b989-5492eafa07d3",
    "Managed-AllViewerExceptHostHeader": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    "Managed-CORS-S3Origin": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
    "Managed-SecurityHeadersPolicy": "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

function cloudfrontPolicy({ args }: AwsCall): Properties {
    const name = text(args, "name");
    const id = CLOUDFRONT_POLICIES[name] ?? text(args, "id", uuid(name));
    return { id, name, comment: "", etag: "E23ZP02F085DFQ" };
}

/** A balancer by its ARN. Source: Elastic Load Balancing User Guides, "DNS name". */
function loadBalancer({ args, region }: AwsCall): Properties {
    const arn = text(args, "arn");
    const [, kind = "", name = "", id = ""] = /loadbalancer\/(app|net)\/([^/]+)\/(.+)$/.exec(arn) ?? [];
    const place = kind === "net" ? `elb.${region}` : `${region}.elb`;
    return {
        id: arn,
        arn,
        arnSuffix: `${kind}/${name}/${id}`,
        name,
        region,
        internal: false,
        loadBalancerType: kind === "net" ? "network" : "application",
        dnsName: `${name}-${id}.${place}.${dnsSuffixOf(region)}`.toLowerCase(),
    };
}

/** An Auto Scaling group by its name. */
function autoScalingGroup({ args, region, account }: AwsCall): Properties {
    const name = text(args, "name");
    return {
        id: name,
        name,
        region,
        arn:
            `arn:${partitionOf(region)}:autoscaling:${region}:${account}:autoScalingGroup:${uuid(`${region}/${name}`)}:` +
            `autoScalingGroupName/${name}`,
    };
}

/** The health checks of a plan of Region switch. A plan does not say its regions here, so there is one for any region. */
function regionSwitchHealthChecks({ args }: AwsCall): Properties {
    const planArn = text(args, "planArn");
    return {
        id: planArn,
        planArn,
        healthChecks: Object.keys(AWS_REGIONS).map((region) => ({
            hostedZoneId: "",
            recordName: "",
            region,
            healthCheckId: uuid(`${planArn}/${region}`),
            status: "healthy",
        })),
    };
}

const ANSWERS: Readonly<Record<string, Answer>> = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": zones,
    "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
    "aws:index/getRegion:getRegion": regionAnswer,
    "aws:index/getPartition:getPartition": partition,
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": managedPrefixList,
    "aws:ec2/getPrefixList:getPrefixList": managedPrefixList,
    "aws:ec2/getAmi:getAmi": image,
    "aws:ec2/getVpcEndpointService:getVpcEndpointService": endpointService,
    "aws:lb/getLoadBalancer:getLoadBalancer": loadBalancer,
    "aws:secretsmanager/getSecretVersion:getSecretVersion": secretVersion,
    "aws:ssm/getParameter:getParameter": parameter,
    "aws:route53/getZone:getZone": hostedZone,
    "aws:elb/getServiceAccount:getServiceAccount": logAccount,
    "aws:kms/getAlias:getAlias": kmsAlias,
    "aws:autoscaling/getGroup:getGroup": autoScalingGroup,
    "aws:arcregionswitch/getRoute53HealthChecks:getRoute53HealthChecks": regionSwitchHealthChecks,
    "aws:cloudfront/getCachePolicy:getCachePolicy": cloudfrontPolicy,
    "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": cloudfrontPolicy,
    "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": cloudfrontPolicy,
    "aws:iam/getPolicyDocument:getPolicyDocument": ({ args }) => policyDocument(args),
};

/** Answers a call, or nothing when the preview has no answer to that function. */
export function answerAws(token: string, call: AwsCall): Properties | undefined {
    return ANSWERS[token]?.(call);
}

/** Functions that answer the same in every account. */
const SAME_EVERYWHERE: ReadonlySet<string> = new Set([
    "aws:index/getPartition:getPartition",
    "aws:index/getRegion:getRegion",
    "aws:iam/getPolicyDocument:getPolicyDocument",
    "aws:elb/getServiceAccount:getServiceAccount",
    "aws:cloudfront/getCachePolicy:getCachePolicy",
    "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy",
    "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy",
]);

/** Whether a function answers the same in every account, so that nothing is made up. */
export function isSameEverywhere(token: string): boolean {
    return SAME_EVERYWHERE.has(token);
}
