import type * as pulumi from "@pulumi/pulumi";

import { ImageRepository } from "../../components/compute";
import { DeliveryPipeline, GitHubDeliveryRole } from "../../components/delivery";
import { type RegionalFoundation } from "../../components/operations";
import { type PlatformServices } from "./services";
import { Delivery, type PlatformSettings } from "./settings";

/** Where images are pushed to, and what may deploy them. */
export interface PlatformDelivery {
    readonly repositoryUrls: { readonly front: pulumi.Output<string>; readonly back: pulumi.Output<string> };
    /** Of the pipeline in the account. */
    readonly pipelineName?: pulumi.Output<string>;
    /** Of the role for workflows. */
    readonly roleArn?: pulumi.Output<string>;
}

/** Makes the repositories of images, and the way from a commit to the services. */
export function createDelivery(
    settings: PlatformSettings,
    { alarmTopicArn, kmsKeyArn, logBucketName }: RegionalFoundation,
    { cluster, front, back }: PlatformServices,
    opts: pulumi.ComponentResourceOptions,
): PlatformDelivery {
    const { region, accountId, deletionProtection, logRetentionDays, sourceRepository = "" } = settings;
    const repository = (service: string): ImageRepository =>
        new ImageRepository(
            `platform-${service}-image`,
            {
                region,
                accountId,
                repositoryName: `${settings.namePrefix}/${service}`,
                kmsKeyArn,
                deletionProtection,
            },
            opts,
        );
    const repositories = { front: repository("front"), back: repository("back") };
    const repositoryUrls = {
        front: repositories.front.repositoryUrl,
        back: repositories.back.repositoryUrl,
    };
    const { clusterName } = cluster;
    const services = { front, back };
    const taskRoleArns = Object.values(services).flatMap(({ executionRoleArn, taskRoleArn }) => [
        executionRoleArn,
        taskRoleArn,
    ]);

    switch (settings.delivery) {
        case Delivery.None:
            return { repositoryUrls };
        case Delivery.GitHubActions: {
            const role = new GitHubDeliveryRole(
                "platform-delivery",
                {
                    region,
                    accountId,
                    repository: sourceRepository,
                    // Who may approve the environment is said at GitHub: that is the approval.
                    environments: ["production"],
                    repositoryUrls: Object.values(repositoryUrls),
                    services: Object.values(services).map(({ serviceName }) => ({
                        clusterName,
                        serviceName,
                    })),
                    taskRoleArns,
                },
                opts,
            );
            return { repositoryUrls, roleArn: role.roleArn };
        }
        case Delivery.CodePipeline: {
            const pipeline = new DeliveryPipeline(
                "platform-delivery",
                {
                    region,
                    accountId,
                    source: {
                        connectionArn: settings.sourceConnectionArn ?? "",
                        repository: sourceRepository,
                        branch: settings.sourceBranch,
                    },
                    test: { buildspecPath: "delivery/buildspec-test.yml" },
                    images: {
                        front: {
                            repositoryUrl: repositoryUrls.front,
                            containerName: "app",
                            context: "front",
                        },
                        back: { repositoryUrl: repositoryUrls.back, containerName: "app", context: "back" },
                    },
                    deployments: [
                        {
                            name: "production",
                            services: [
                                { image: "front", clusterName, serviceName: front.serviceName },
                                { image: "back", clusterName, serviceName: back.serviceName },
                            ],
                            taskRoleArns,
                        },
                    ],
                    approvalTopicArn: alarmTopicArn,
                    approvalTopicKmsKeyArn: kmsKeyArn,
                    kmsKeyArn,
                    logRetentionDays,
                    accessLogBucket: logBucketName,
                    alarmTopicArns: [alarmTopicArn],
                    deletionProtection,
                },
                opts,
            );
            return { repositoryUrls, pipelineName: pipeline.pipelineName };
        }
    }
}
