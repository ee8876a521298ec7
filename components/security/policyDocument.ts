import * as pulumi from "@pulumi/pulumi";

/** Conditions of a policy statement: operator, then condition key, then the value or values to match. */
export type PolicyConditions = Record<string, Record<string, pulumi.Input<string> | pulumi.Input<string>[]>>;

/** Who a statement of a resource-based policy is about. */
export interface PolicyPrincipal {
    /** Service principals, such as `logs.eu-central-1.amazonaws.com`. */
    Service?: pulumi.Input<string> | pulumi.Input<string>[];
    /** ARNs of accounts, roles or users. */
    AWS?: pulumi.Input<string> | pulumi.Input<string>[];
    /** ARNs of identity providers. */
    Federated?: pulumi.Input<string> | pulumi.Input<string>[];
}

/** One statement of a policy, in the grammar of IAM's JSON. */
export interface PolicyStatement {
    /** What the statement is for; letters and digits alone, unique in its document. */
    Sid: string;
    Effect: "Allow" | "Deny";
    /** Left out in policies that are attached to an identity. `*` belongs in Deny statements alone. */
    Principal?: PolicyPrincipal | "*";
    Action: string | string[];
    /** Left out in trust policies alone. */
    Resource?: pulumi.Input<string> | pulumi.Input<string>[];
    /** In place of Resource: all but these. For statements that deny. */
    NotResource?: pulumi.Input<string> | pulumi.Input<string>[];
    Condition?: PolicyConditions;
}

/** A statement of a role's policy that allows something. */
export function allow(
    sid: string,
    actions: string[],
    resources: pulumi.Input<string> | pulumi.Input<string>[],
    conditions?: PolicyConditions,
): PolicyStatement {
    return {
        Sid: sid,
        Effect: "Allow",
        Action: actions,
        Resource: resources,
        ...(conditions === undefined ? {} : { Condition: conditions }),
    };
}

/**
 * Without this version date IAM reads a document in its 2008 grammar, which knows no policy variables, and SQS never
 * finishes creating a queue.
 */
export const POLICY_VERSION = "2012-10-17";

/** Renders statements as a policy document, waiting for the values that come from other resources. */
export function policyDocument(statements: PolicyStatement[]): pulumi.Output<string> {
    return pulumi.jsonStringify({ Version: POLICY_VERSION, Statement: statements });
}

/**
 * The trust policy of a role that one AWS service may assume, for this account's resources alone.
 *
 * @param service Service principal, such as `firehose.amazonaws.com`.
 * @param accountId The account whose resources the service may act for.
 * @param sourceArn Pattern of the resources' ARNs, for services that are documented to name one.
 */
export function serviceTrust(
    service: string,
    accountId: pulumi.Input<string>,
    sourceArn?: pulumi.Input<string>,
): pulumi.Output<string> {
    return policyDocument([
        {
            Sid: "ServiceAssumesRole",
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition: {
                // Keeps the service from being talked into using this role for another account's resource. Not
                // every service names the account, so only a different one is refused.
                StringEqualsIfExists: { "aws:SourceAccount": accountId },
                ...(sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } }),
            },
        },
    ]);
}
