import type * as pulumi from "@pulumi/pulumi";

import { type ContainerCluster } from "../../components/compute";
import { type RegionalFoundation, tellTopic, watch } from "../../components/operations";
import { type ShopSettings } from "./settings";

/** Has people told of what is no metric: a deployment of a service that ECS has turned back, and a task that ended by itself. */
export function createEvents(
    { accountId, region }: ShopSettings,
    { alarmTopicArn }: RegionalFoundation,
    cluster: ContainerCluster,
): void {
    const place = { region, accountId, topicArn: alarmTopicArn, tags: {} };
    const tell = (
        name: string,
        description: string,
        detailType: string,
        detail: Record<string, pulumi.Input<unknown>>,
    ) => {
        const rule = watch(cluster, name, place, {
            description,
            source: "aws.ecs",
            detailType,
            match: { detail },
        });
        tellTopic(cluster, name, place, rule, `${description}: <what>, <why>`, {
            what: "$.resources[0]",
            why: detailType === DEPLOYMENT ? "$.detail.reason" : "$.detail.stoppedReason",
        });
    };
    tell("commerce-deployment-failed", "A deployment failed and was turned back", DEPLOYMENT, {
        eventName: ["SERVICE_DEPLOYMENT_FAILED"],
    });
    tell("commerce-task-ended", "A task ended that should have gone on", "ECS Task State Change", {
        clusterArn: [cluster.clusterArn],
        lastStatus: ["STOPPED"],
        stopCode: ["EssentialContainerExited", "TaskFailedToStart"],
    });
}

const DEPLOYMENT = "ECS Deployment State Change";
