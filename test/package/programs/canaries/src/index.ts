import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmOf } from "./alarm";

const config = new pulumi.Config();
const targets = config.requireObject<Record<string, string>>("targets");
const artifacts = new aws.s3.Bucket("artifacts", { forceDestroy: true });
const role = new aws.iam.Role("canary", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicy("canary", {
    role: role.id,
    policy: artifacts.arn.apply((arn) =>
        JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: ["s3:PutObject", "s3:GetBucketLocation"],
                    Resource: [arn, `${arn}/*`],
                },
                { Effect: "Allow", Action: "cloudwatch:PutMetricData", Resource: "*" },
            ],
        }),
    ),
});
const topic = new aws.sns.Topic("on-call");

export const canaries = Object.entries(targets).map(([name, url]) => {
    const canary = new aws.synthetics.Canary(name, {
        artifactS3Location: pulumi.interpolate`s3://${artifacts.bucket}/${name}`,
        executionRoleArn: role.arn,
        handler: "probe.handler",
        runtimeVersion: "syn-nodejs-puppeteer-9.1",
        schedule: { expression: "rate(5 minutes)" },
        zipFile: "probe.zip",
        startCanary: true,
        runConfig: { timeoutInSeconds: 60, environmentVariables: { URL: url } },
    });
    alarmOf(name, canary, topic);
    return canary.arn;
});
