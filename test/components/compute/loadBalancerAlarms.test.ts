import { expect } from "chai";

import { WebTier, type WebTierArgs } from "../../../components/compute/webTier/webTier";
import { ofType, one, previewProgram } from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";
import { goodWeb, TOPIC, waitsFor } from "../../support/components/tierArguments";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const make = (changes: Partial<WebTierArgs> = {}) =>
    previewProgram(() => {
        const web = new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount());
        return {
            loadBalancerArn: web.loadBalancerArn,
            loadBalancerArnSuffix: web.loadBalancerArnSuffix,
            targetGroupArnSuffix: web.targetGroupArnSuffix,
            webAclArn: web.webAclArn,
        };
    });

describe("the alarms of an Application Load Balancer", () => {
    it("tell of errors, slowness, ill instances and refused connections", async () => {
        const preview = await make();
        const alarms = ofType(preview, ALARM);
        expect(alarms.map(({ name }) => name).toSorted()).to.deep.equal([
            "shop-web-alarm-5xx-rate",
            "shop-web-alarm-latency-p99",
            "shop-web-alarm-no-healthy-host",
            "shop-web-alarm-rejected",
            "shop-web-alarm-unhealthy-hosts",
        ]);
        for (const { inputs } of alarms) {
            expect(inputs).to.deep.include({
                alarmActions: [TOPIC],
                okActions: [TOPIC],
                actionsEnabled: true,
            });
        }
    });

    it("count the balancer's errors with the instances', over the balancer's requests", async () => {
        const preview = await make();
        const suffix = preview.outputs["loadBalancerArnSuffix"];
        const { inputs } = one(preview, ALARM, "shop-web-alarm-5xx-rate");
        const metric = (metricName: string) => ({
            namespace: "AWS/ApplicationELB",
            metricName,
            dimensions: { LoadBalancer: suffix },
            stat: "Sum",
            period: 60,
        });
        expect(inputs["metricQueries"]).to.deep.equal([
            { id: "errors0", returnData: false, metric: metric("HTTPCode_Target_5XX_Count") },
            { id: "errors1", returnData: false, metric: metric("HTTPCode_ELB_5XX_Count") },
            { id: "requests", returnData: false, metric: metric("RequestCount") },
            {
                id: "rate",
                label: "Failed requests (%)",
                returnData: true,
                expression:
                    "IF(FILL(requests, 0) > 20, 100 * (FILL(errors0, 0) + FILL(errors1, 0)) / requests, 0)",
            },
        ]);
        expect(inputs).to.include({ threshold: 5, comparisonOperator: "GreaterThanThreshold" });
    });

    it("look at the slowest hundredth of requests", async () => {
        expect(one(await make(), ALARM, "shop-web-alarm-latency-p99").inputs).to.include({
            metricName: "TargetResponseTime",
            extendedStatistic: "p99",
            threshold: 2,
        });
    });

    it("look at the target group's health once there are instances, and take silence for death", async () => {
        const preview = await make();
        const alarm = one(preview, ALARM, "shop-web-alarm-no-healthy-host");
        expect(alarm.inputs).to.deep.include({
            metricName: "HealthyHostCount",
            dimensions: {
                LoadBalancer: preview.outputs["loadBalancerArnSuffix"],
                TargetGroup: preview.outputs["targetGroupArnSuffix"],
            },
            comparisonOperator: "LessThanThreshold",
            threshold: 1,
            treatMissingData: "breaching",
        });
        expect(waitsFor(preview, alarm)).to.include("shop-web-fleet-group");
    });

    it("are not made for nobody", async () => {
        expect(ofType(await make({ alarmTopicArns: undefined }), ALARM)).to.deep.equal([]);
    });
});
