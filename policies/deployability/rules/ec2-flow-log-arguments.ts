import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { judge, judgeChoices } from "../shared/values";

const SOURCES = [
    "vpcId",
    "subnetId",
    "eniId",
    "transitGatewayId",
    "transitGatewayAttachmentId",
    "regionalNatGatewayId",
];
/** Sources whose traffic has no direction of acceptance. */
const TRANSIT = ["transitGatewayId", "transitGatewayAttachmentId"];

export const rule = resourceRule({
    id: "ec2-flow-log-arguments",
    severity: "high",
    description: "A flow log has one source, the kind of traffic, and a destination that it may write to.",
    fix: "Set vpcId, trafficType and logDestination, and iamRoleArn for a log group.",
    frameworks: { controls: ["F8.12"] },
    types: ["aws:ec2/flowLog:FlowLog"],
    check: ({ props }, report) => {
        const sources = SOURCES.filter((property) => isGiven(props, property));
        judge(
            () => {
                if (sources.length !== 1) {
                    report(
                        `has ${sources.length === 0 ? "no source" : sources.join(" and ")}; allowed: one.`,
                    );
                } else if (
                    !sources.some((source) => TRANSIT.includes(source)) &&
                    !isGiven(props, "trafficType")
                ) {
                    report("has no trafficType.");
                }
            },
            () => {
                const type = text(props.logDestinationType) ?? "cloud-watch-logs";
                if (type === "cloud-watch-logs" && !isGiven(props, "iamRoleArn")) {
                    report("writes to a log group and has no iamRoleArn.");
                }
                if (type === "s3" && isGiven(props, "iamRoleArn")) {
                    report("writes to S3 and has an iamRoleArn.");
                }
            },
            () => {
                judgeChoices(
                    props,
                    {
                        maxAggregationInterval: [60, 600],
                        trafficType: ["ACCEPT", "REJECT", "ALL"],
                        logDestinationType: ["cloud-watch-logs", "s3", "kinesis-data-firehose"],
                    },
                    report,
                );
            },
        );
    },
});
