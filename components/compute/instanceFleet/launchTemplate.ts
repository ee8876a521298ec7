import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { secretVariables } from "../environment";
import { type Architecture } from "../../shared/instanceTypes";
import { SAMPLE_IMAGE, sampleEnvironment } from "../sampleImage";
import { type TierSettings } from "../tier/settings";
import { renderUserData } from "../userData/userData";
import { isKnown } from "../../shared/validation";
import { type FleetLogs } from "./logs";
import { mergeTags } from "../../shared/tags";

/** What the launch template is made for. */
export interface LaunchTemplateArgs {
    region: string;
    /** Name of the tier. */
    tier: string;
    settings: TierSettings;
    logs: FleetLogs;
    profile: aws.iam.InstanceProfile;
    securityGroupId: pulumi.Input<string>;
    imageId?: pulumi.Input<string>;
    volumeKmsKeyArn?: pulumi.Input<string>;
}

// Room for the system (2 GB), some images and the logs that are not yet rotated away.
const ROOT_VOLUME_GB = 20;

/** Makes `<name>-template`. */
export function launchTemplate(
    name: string,
    args: LaunchTemplateArgs,
    opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
    const { settings } = args;
    const tags = mergeTags(settings.tags, { Name: args.tier });
    return new aws.ec2.LaunchTemplate(
        `${name}-template`,
        {
            region: args.region,
            description: `Instances of ${args.tier}`,
            imageId: args.imageId ?? newestImageId(args.region, settings.architecture, opts),
            // No instanceType: the group's overrides name the types.
            iamInstanceProfile: { arn: args.profile.arn },
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                // The container shares the host's network, so answers need not travel further.
                httpPutResponseHopLimit: 1,
                // How an instance learns the name of its group.
                instanceMetadataTags: "enabled",
            },
            networkInterfaces: [
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: [args.securityGroupId],
                },
            ],
            blockDeviceMappings: [
                {
                    // The root device of Amazon Linux.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: ROOT_VOLUME_GB,
                        encrypted: "true",
                        kmsKeyId: args.volumeKmsKeyArn,
                        deleteOnTermination: "true",
                    },
                },
            ],
            ebsOptimized: "true",
            // CPU load by the minute: by five minutes the group would grow when the burst is over.
            monitoring: { enabled: true },
            userData: userData(args),
            // The provider's default tags reach neither of these.
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags,
            })),
            // For people who start an instance by hand; the group names its version itself.
            updateDefaultVersion: true,
        },
        opts,
    );
}

/**
 * Id of the newest image of Amazon Linux 2023, read at deployment. `resolve:ssm:` in the launch template would be
 * read at every launch instead, but then an instance refresh cannot roll back: the template no longer says what the
 * instances ran before.
 */
function newestImageId(
    region: string,
    architecture: Architecture,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const parameter = aws.ssm.getParameterOutput(
        { region, name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}` },
        { parent: opts.parent },
    );
    // `value` is the same text marked as a secret, which would hide the id in every preview.
    return parameter.insecureValue;
}

function userData(args: LaunchTemplateArgs): pulumi.Output<string> {
    const { settings, logs } = args;
    return pulumi
        .all([
            secretVariables(settings.environment),
            settings.environment,
            logs.application.name,
            logs.access.name,
            settings.image,
        ])
        .apply(([secrets, environment, logGroup, accessLogGroup, image]) => {
            if (secrets.length > 0) {
                throw new Error(
                    `The environment of ${args.tier} has secret values: ${secrets.join(", ")}. Everybody who may ` +
                        "describe the launch template reads them. Pass the secret's ARN, and let the container read it.",
                );
            }
            const script = renderUserData({
                tier: args.tier,
                region: args.region,
                image,
                instancePort: settings.instancePort,
                containerPort: settings.containerPort,
                healthCheckPath: settings.healthCheckPath,
                logGroup,
                accessLogGroup,
                // An image that was not known when the tier was planned may turn out to be the sample.
                environment:
                    !isKnown(settings.image) && image === SAMPLE_IMAGE
                        ? { ...sampleEnvironment(settings.containerPort), ...environment }
                        : environment,
            });
            return Buffer.from(script).toString("base64");
        });
}
