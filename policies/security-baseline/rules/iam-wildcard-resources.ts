import { resourceRule, type Statement } from "../../framework";
import { listed, matches } from "../../framework/patterns";
import {
    eachAllowing,
    everyOfKind,
    isEveryAction,
    isEveryResource,
    isServiceWildcard,
    PERMISSION_TYPES,
} from "../shared/permissions";

interface Config {
    readonly actions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "iam-wildcard-resources",
    severity: "high",
    description: "Policies name the resources of actions that read or change data, or that give rights away.",
    fix: "Name the ARNs in Resource, or narrow the statement by a tag of the resources.",
    frameworks: { controls: ["84"], checkov: ["CKV_AWS_355"] },
    types: PERMISSION_TYPES,
    config: {
        actions: {
            type: "array",
            items: { type: "string" },
            default: [
                "cloudformation:CreateStack",
                "cloudformation:UpdateStack",
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:DeleteTable",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:Scan",
                "dynamodb:UpdateItem",
                "ec2:TerminateInstances",
                "ecs:RunTask",
                "events:PutEvents",
                "execute-api:Invoke",
                "iam:AddUserToGroup",
                "iam:AttachRolePolicy",
                "iam:AttachUserPolicy",
                "iam:CreateAccessKey",
                "iam:CreateLoginProfile",
                "iam:CreatePolicyVersion",
                "iam:PassRole",
                "iam:PutRolePolicy",
                "iam:PutUserPolicy",
                "iam:UpdateAssumeRolePolicy",
                "kinesis:GetRecords",
                "kinesis:PutRecord",
                "kinesis:PutRecords",
                "lambda:InvokeFunction",
                "lambda:UpdateFunctionCode",
                "rds-data:ExecuteStatement",
                "rds-db:connect",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutBucketPolicy",
                "s3:PutObject",
                "s3:PutObjectAcl",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "sns:Publish",
                "sqs:DeleteMessage",
                "sqs:PurgeQueue",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:GetParametersByPath",
                "ssm:SendCommand",
                "ssm:StartSession",
                "states:StartExecution",
                "sts:AssumeRole",
            ],
            description:
                "The actions whose resources must be named, of those that can be limited to resources.",
        },
    },
    check: (resource, report, { actions }) => {
        eachAllowing(resource, (statement, label) => {
            const any = isEveryResource(statement) ? "*" : everyOfKind(statement);
            if (any === undefined || isLimitedByTag(statement)) {
                return;
            }
            // Wildcards for a whole service are another rule's.
            const prefixes = statement.actions.filter(
                (action) => !isEveryAction(action) && !isServiceWildcard(action),
            );
            const found = actions.filter((action) =>
                prefixes.some((prefix) => matches(prefix.toLowerCase(), action.toLowerCase())),
            );
            if (found.length > 0) {
                report(`allows ${listed(found)} on any resource: ${label} has Resource "${any}".`);
            }
        });
    },
});

/** Whether a condition limits the resources by their tags, or keys by their aliases. */
function isLimitedByTag({ conditions }: Statement): boolean {
    return Object.entries(conditions).some(
        ([operator, keys]) =>
            // With IfExists a resource without the tag meets the condition.
            !operator.endsWith("IfExists") &&
            Object.keys(keys).some((key) => /resourcetag\/|:resourcealias/i.test(key)),
    );
}
