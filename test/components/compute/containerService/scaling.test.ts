import { expect } from "chai";

import { DeploymentStrategy } from "../../../../components/compute/containerService/deploymentArgs";
import { type ServiceScaling } from "../../../../components/compute/containerService/scalingArgs";
import {
    FargateService,
    type FargateServiceArgs,
} from "../../../../components/compute/fargateService/fargateService";
import { goodFargate } from "../../../support/components/containerArguments";
import { at, ofType, one, previewProgram } from "../../../support/preview";
import { inTestAccount } from "../../../support/surroundings";

const POLICY = "aws:appautoscaling/policy:Policy";
const SERVICE = "aws:ecs/service:Service";
const TARGET = "aws:appautoscaling/target:Target";

const make = (scaling: ServiceScaling, changes: Partial<FargateServiceArgs> = {}) =>
    previewProgram(() => {
        new FargateService("shop-orders", { ...goodFargate, ...changes, scaling }, inTestAccount());
    });
const metricOf = (policy: { inputs: unknown }) =>
    at(policy.inputs, "targetTrackingScalingPolicyConfiguration");

describe("the scaling of services", () => {
    it("follows CPU and memory between two sizes", async () => {
        const preview = await make({});
        const service = one(preview, SERVICE);
        expect(one(preview, TARGET).inputs).to.deep.include({
            minCapacity: 2,
            maxCapacity: 8,
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: `service/shop/${String(service.inputs["name"])}`,
        });
        expect(
            ofType(preview, POLICY).map((policy) => [
                at(metricOf(policy), "predefinedMetricSpecification.predefinedMetricType"),
                at(metricOf(policy), "targetValue"),
            ]),
        ).to.have.deep.members([
            ["ECSServiceAverageCPUUtilization", 60],
            ["ECSServiceAverageMemoryUtilization", 80],
        ]);
    });

    it("is none where there is one size, which an update then restores", async () => {
        const preview = await make({ minTasks: 3, maxTasks: 3 });
        expect([...ofType(preview, TARGET), ...ofType(preview, POLICY)]).to.deep.equal([]);
        const service = one(preview, SERVICE);
        expect(service.inputs["desiredCount"]).to.equal(3);
        expect(service.ignoreChanges).to.deep.equal([]);
    });

    it("follows the requests of each balancer", async () => {
        const preview = await make({ requestsPerTarget: 500 });
        const { outputs } = one(preview, "aws:lb/targetGroup:TargetGroup");
        const policy = one(preview, POLICY, "shop-orders-scaling-requests-edge");
        expect(metricOf(policy)).to.deep.include({
            targetValue: 500,
            predefinedMetricSpecification: {
                predefinedMetricType: "ALBRequestCountPerTarget",
                resourceLabel: `app/shop-edge/0123456789abcdef/${String(outputs["arnSuffix"])}`,
            },
        });
    });

    it("follows requests wherever traffic was shifted to", async () => {
        const preview = await make(
            { requestsPerTarget: 500 },
            { deployment: { strategy: DeploymentStrategy.Canary } },
        );
        const policy = one(preview, POLICY, "shop-orders-scaling-requests-edge");
        const metrics = at(metricOf(policy), "customizedMetricSpecification.metrics") as unknown[];
        expect(
            metrics.slice(0, 2).map((metric) => at(metric, "metricStat.metric.dimensions[0].value")),
        ).to.deep.equal(
            ofType(preview, "aws:lb/targetGroup:TargetGroup").map(({ outputs }) => outputs["arnSuffix"]),
        );
        expect(metrics[2]).to.deep.include({
            expression: "FILL(requests0, 0) + FILL(requests1, 0)",
            returnData: true,
        });
    });

    it("keeps up with a queue", async () => {
        const preview = await make({ backlog: { queueName: "shop-orders.fifo", messagesPerTask: 20 } });
        const policy = one(preview, POLICY, "shop-orders-scaling-backlog");
        expect(at(metricOf(policy), "targetValue")).to.equal(20);
        const metrics = at(metricOf(policy), "customizedMetricSpecification.metrics") as unknown[];
        expect(metrics.map((metric) => at(metric, "metricStat.metric.metricName"))).to.deep.equal([
            "ApproximateNumberOfMessagesVisible",
            "RunningTaskCount",
            undefined,
        ]);
        expect(metrics.filter((metric) => at(metric, "returnData") === true)).to.have.lengthOf(1);
    });
});
