import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    arnOf,
    input,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    listOfAtLeast,
    logRetention,
    numberIn,
    object,
    oneOf,
    region,
    required,
    requiredWhile,
    secret,
    text,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, withSecrets } from "../shared/argumentTable";
import { Exposure } from "../shared/exposure";
import { checkNameLength } from "../shared/names";
import { asSetting } from "../shared/replacement";
import { Problems } from "../shared/validation";
import { headerRules, type RequiredHeader, visibility } from "./webAclHeaderRules";

/** Arguments of RegionalWebAcl. */
export interface RegionalWebAclArgs {
    /** The region of what it guards. */
    region: string;
    /** ARN of the Application Load Balancer to guard. Required without `apiStageArn`, and left out with it. */
    loadBalancerArn?: pulumi.Input<string>;
    /** ARN of the stage of a REST API to guard. None when left out. */
    apiStageArn?: pulumi.Input<string>;
    /** Who reaches it. Viewers' addresses can be judged only where they are not hidden behind CloudFront. */
    exposure: Exposure;
    /**
     * Requests that one address may send in five minutes, 10 or more. Without effect behind CloudFront. When left out,
     * 2000 with Internet and no limit with Internal.
     */
    rateLimitPerFiveMinutes?: number;
    /** Names of headers whose values stay out of the log, beside authorization and cookie. None when left out. */
    secretHeaders?: string[];
    /** A header without which requests are refused. Nothing is demanded when left out. */
    requiredHeader?: RequiredHeader;
    /** For how many days the log is kept. */
    logRetentionDays: number;
    /** ARN of the key that encrypts the log group. */
    kmsKeyArn: pulumi.Input<string>;
}

/**
 * The web application firewall of a balancer or of a REST API, with its log.
 *
 * Children: `<name>-acl`, `<name>-association`, `<name>-log`, `<name>-logging`.
 */
export class RegionalWebAcl extends pulumi.ComponentResource {
    /** ARN of the web ACL. */
    readonly webAclArn: pulumi.Output<string>;
    /** Name of the log group. */
    readonly logGroupName: pulumi.Output<string>;
    /** The ACL's metric name: the dimension WebACL of its metrics. */
    readonly metricName: pulumi.Output<string>;

    constructor(name: string, args: RegionalWebAclArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RegionalWebAcl", name, withSecrets(args, ARGUMENTS), opts);

        const acl = new aws.wafv2.WebAcl(
            `${name}-acl`,
            {
                region: args.region,
                scope: "REGIONAL",
                defaultAction: { allow: {} },
                rules: webAclRules(args),
                visibilityConfig: visibility(`${name}-acl`),
            },
            { parent: this },
        );
        new aws.wafv2.WebAclAssociation(
            `${name}-association`,
            // One of the two is there, or the arguments would have been refused.
            {
                region: args.region,
                resourceArn: args.loadBalancerArn ?? args.apiStageArn ?? "",
                webAclArn: acl.arn,
            },
            // Another web ACL makes another association of the same balancer or stage.
            asSetting({ parent: this }),
        );
        const log = new aws.cloudwatch.LogGroup(
            `${name}-log`,
            {
                region: args.region,
                // WAF writes to groups that begin so and to no others.
                namePrefix: `aws-waf-logs-${name}-`,
                retentionInDays: args.logRetentionDays,
                kmsKeyId: args.kmsKeyArn,
            },
            { parent: this },
        );
        new aws.wafv2.WebAclLoggingConfiguration(
            `${name}-logging`,
            {
                region: args.region,
                resourceArn: acl.arn,
                logDestinationConfigs: [log.arn],
                // A log is read by more people than a password is.
                redactedFields: ["authorization", "cookie", ...(args.secretHeaders ?? [])].map((header) => ({
                    singleHeader: { name: header.toLowerCase() },
                })),
            },
            asSetting({ parent: this }),
        );

        this.webAclArn = acl.arn;
        this.logGroupName = log.name;
        this.metricName = acl.visibilityConfig.metricName;
        this.registerOutputs({
            webAclArn: this.webAclArn,
            logGroupName: this.logGroupName,
            metricName: this.metricName,
        });
    }
}

/** How many requests one address may make in five minutes. Source: AWS WAF API Reference, RateBasedStatement. */
export function requestLimit(kind = "a number") {
    return numberIn({ min: 10, max: 2_000_000_000, step: 1 }, { kind });
}

const ARGUMENTS: ArgumentTable<RegionalWebAclArgs> = {
    region: required(region()),
    loadBalancerArn: requiredWhile(
        (args) => !isGiven(args.apiStageArn),
        { allowed: "the ARN of an Application Load Balancer, or an apiStageArn" },
        leftOutWhile(
            (args) => isGiven(args.apiStageArn),
            () => ({ shown: "given", allowed: "nothing while apiStageArn is given" }),
            input(arnOf("elasticloadbalancing", "an Application Load Balancer")),
        ),
    ),
    apiStageArn: input(arnOf("apigateway", "a stage of a REST API")),
    exposure: required(oneOf(Exposure)),
    rateLimitPerFiveMinutes: requestLimit(),
    secretHeaders: list(text("a header's name"), "a list of headers' names"),
    requiredHeader: object<RequiredHeader>({
        name: required(text("a header's name")),
        values: required(secret(listOfAtLeast(1, secret(input(text())), "one value or more"))),
        exemptPaths: required(list(text("a path"), "a list of paths")),
    }),
    logRetentionDays: required(logRetention()),
    kmsKeyArn: required(input(keyArn())),
};

function validate(name: string, given: RegionalWebAclArgs): RegionalWebAclArgs {
    const problems = new Problems("meridian:index:RegionalWebAcl", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${problems.name}-acl`, "aws:wafv2/webAcl:WebAcl");
    problems.throwIfAny();
    return args;
}

type WebAclRule = aws.types.input.wafv2.WebAclRule;

/**
 * The rules in the order in which they are asked; 1,127 of the 1,500 capacity units that a web ACL has, and a few more
 * where a header is demanded.
 */
export function webAclRules(
    args: Pick<RegionalWebAclArgs, "exposure" | "rateLimitPerFiveMinutes" | "requiredHeader">,
): WebAclRule[] {
    const everywhere = [
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
    ];
    const rules = [
        ...(args.requiredHeader === undefined ? [] : headerRules(args.requiredHeader)),
        ...addressRules(args),
        ...everywhere.map(managedRules),
    ];
    return rules.map((rule, priority) => ({ ...rule, priority }));
}

/** The rules that go by the client's address, where it is the client's. */
function addressRules({
    exposure,
    rateLimitPerFiveMinutes: limit,
}: Pick<RegionalWebAclArgs, "exposure" | "rateLimitPerFiveMinutes">): Omit<WebAclRule, "priority">[] {
    switch (exposure) {
        case Exposure.CloudFront:
            // Every request comes from CloudFront, and the header that names the viewer begins with whatever the
            // viewer wrote there. The distribution's own web ACL sees the true address and counts there.
            return [];
        case Exposure.Internet:
            return [rateLimit(limit ?? 2000), managedRules("AWSManagedRulesAmazonIpReputationList")];
        case Exposure.Internal:
            // A proxy, or a whole tier, may be one address, and AWS's list knows no private ones.
            return limit === undefined ? [] : [rateLimit(limit)];
    }
}

function rateLimit(limit: number): Omit<WebAclRule, "priority"> {
    return {
        name: "RateLimit",
        action: { block: {} },
        statement: { rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit } },
        visibilityConfig: visibility("RateLimit"),
    };
}

function managedRules(name: string): Omit<WebAclRule, "priority"> {
    return {
        name,
        // The group's own rules decide.
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
        visibilityConfig: visibility(name),
    };
}
