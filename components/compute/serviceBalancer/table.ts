import { MAX_CERTIFICATE_NAMES } from "../../security/certificate";
import { requestLimit } from "../../security/regionalWebAcl";
import {
    accountId,
    alsoWhere,
    arnOf,
    atMost,
    bucketName,
    flag,
    flagWhere,
    hostedZoneId,
    id,
    input,
    isCount,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    numberIn,
    numberWhere,
    oneOf,
    once,
    region,
    required,
    requiredWhile,
    subnetIds,
    tags,
    textOf,
    textWhere,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Kind, type Rule } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { isDomainName, isPort } from "../../shared/validation";
import { isNetwork } from "../../shared/cidrBlock";
import { certificateArn } from "../certificateArn";
import { originHeaderTable } from "../originHeaderTable";
import { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "../tier/healthCheckPath";
import { type ServiceBalancerArgs } from "./args";

/** Who reaches a balancer where nothing is said. */
export const DEFAULT_EXPOSURE = Exposure.Internal;

const exposureOf = (args: Given): string => textOf(args.exposure, DEFAULT_EXPOSURE);
const isInternal = (args: Given): boolean => (args.exposure ?? DEFAULT_EXPOSURE) === Exposure.Internal;
const demandsHeader = (args: Given): boolean =>
    args.exposure === Exposure.CloudFront && !isGiven(args.webAclArn);

/** What only an internal balancer has. */
function ofInternal<K extends Kind, L extends boolean>(of: Rule<K, false, L>): Rule<K, false, L> {
    return leftOutWhile(
        (args) => !isInternal(args),
        (args) => ({
            allowed: `nothing while exposure is ${exposureOf(args)}`,
            remedy: "Remove it, or set exposure to Internal",
        }),
        of,
    );
}

// Amazon VPC User Guide, "Amazon VPC quotas": 60 rules for a security group. A block of clients has two and may have a
// third for tests, and the group of VPC origins has one.
const CLIENT_BLOCKS = 19;
const TEST_BLOCKS = 10;

const BLOCK = "an IPv4 block, such as 10.20.0.0/16, with no bits after its prefix";

function blocks(most: number) {
    return list(
        once(
            textWhere((block) => isNetwork(block) && !block.endsWith("/0"), `${BLOCK}, and not everybody`),
            "each block once",
        ),
        "a list of IPv4 blocks",
        unless(
            (given) => isCount(given, 1, most),
            `1 to ${most} blocks, because a security group takes 60 rules`,
        ),
    );
}

const NAME = "a domain name in lower case with two labels at least";
// AWS Certificate Manager User Guide, "Certificate characteristics".
const LONGEST_SUBJECT = 64;

/** What is about names, which a hosted zone must hold. */
function ofNames<K extends Kind, L extends boolean>(of: Rule<K, false, L>): Rule<K, false, L> {
    return leftOutWhile(
        (args) => !isGiven(args.domainName),
        () => ({ allowed: "nothing while domainName is left out", remedy: "Give domainName, or remove it" }),
        of,
    );
}

/** The rules of ServiceBalancer's arguments. */
export const SERVICE_BALANCER_ARGUMENTS: ArgumentTable<ServiceBalancerArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(input(subnetIds("for the balancer"))),
    exposure: oneOf(Exposure),
    internalClientCidrBlocks: ofInternal(blocks(CLIENT_BLOCKS)),
    vpcOrigin: ofInternal(flag()),
    vpcOriginSecurityGroupId: ofInternal(input(id("sg-", "a security group"))),
    domainName: requiredWhile(
        (args) => !isGiven(args.certificateArn),
        {
            allowed: `${NAME}, where certificateArn is left out`,
            remedy: "A listener with TLS has a certificate",
        },
        alsoWhere(
            (name) => textOf(name).length <= LONGEST_SUBJECT,
            `at most ${LONGEST_SUBJECT} characters, because it is the certificate's subject`,
            textWhere(isDomainName, NAME),
        ),
    ),
    additionalDomainNames: ofNames(
        list(
            once(
                textWhere(
                    (name, args) => isDomainName(name) && name !== args.domainName,
                    `${NAME}, other than domainName`,
                ),
                "each name once",
            ),
            "a list of domain names",
            atMost(MAX_CERTIFICATE_NAMES - 1, `at most ${MAX_CERTIFICATE_NAMES - 1} names beside domainName`),
        ),
    ),
    hostedZoneId: requiredWhile(
        (args) =>
            isGiven(args.domainName) && (!isGiven(args.certificateArn) || args.createDnsRecords !== false),
        { allowed: "the id of the hosted zone of domainName" },
        ofNames(input(hostedZoneId())),
    ),
    createDnsRecords: ofNames(flag()),
    certificateArn: input(certificateArn()),
    ...originHeaderTable(demandsHeader, (args) =>
        isGiven(args.webAclArn)
            ? {
                  shown: "given",
                  allowed: "nothing beside webAclArn",
                  remedy: "A web ACL of your own has to demand the header itself",
              }
            : {
                  shown: "given",
                  allowed: `nothing while exposure is ${exposureOf(args)}`,
                  remedy: "Remove it, or let CloudFront alone reach the balancer",
              },
    ),
    healthCheckPaths: leftOutWhile(
        (args) => !demandsHeader(args),
        () => ({ allowed: "nothing where no header is demanded", remedy: "Remove them" }),
        list(
            once(textWhere(isHealthCheckPath, HEALTH_CHECK_PATH_FORM), "each path once"),
            "a list of paths",
            atMost(5, "at most 5 paths"),
        ),
    ),
    webAclArn: input(arnOf("wafv2", "a regional web ACL")),
    firewall: flagWhere(
        (firewall, args) => !isGiven(args.webAclArn) && (firewall || isInternal(args)),
        "true, or nothing where webAclArn is given",
        { remedy: "Only an internal balancer goes without a firewall" },
    ),
    rateLimitPerFiveMinutes: leftOutWhile(
        (args) => isGiven(args.webAclArn) || (isInternal(args) && args.firewall !== true),
        () => ({
            allowed: "nothing where no firewall is made",
            remedy: "Remove it, or set firewall to true",
        }),
        requestLimit(),
    ),
    blueGreenTestPort: numberWhere(
        (port) => isPort(port) && port !== 443 && port !== 80,
        "a TCP port from 1 to 65535 other than 443 and 80",
        { kind: "a TCP port" },
    ),
    testClientCidrBlocks: requiredWhile(
        (args) =>
            isGiven(args.blueGreenTestPort) && !(isInternal(args) && isGiven(args.internalClientCidrBlocks)),
        { allowed: "the IPv4 blocks that reach blueGreenTestPort" },
        leftOutWhile(
            (args) => !isGiven(args.blueGreenTestPort),
            () => ({ allowed: "nothing while blueGreenTestPort is left out", remedy: "Remove them" }),
            blocks(TEST_BLOCKS),
        ),
    ),
    // Elastic Load Balancing, Application Load Balancers, "Load balancer attributes".
    idleTimeoutSeconds: numberIn({ min: 1, max: 4000, step: 1 }),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: topicArns(),
    deletionProtection: flag(),
    tags: tags(),
};
