import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import {
    CHECKER_REGIONS,
    EndpointHealth,
    type EndpointHealthArgs,
} from "../../../components/edge/endpointHealth";
import {
    childrenOf,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    testProvider,
} from "../../support/preview";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";

const good: EndpointHealthArgs = {
    endpoints: [
        { key: "us", host: "origin-us.shop.example.com" },
        { key: "eu", host: "origin-eu.shop.example.com" },
    ],
    alarmTopicArns: [TOPIC],
};

async function preview(change: Partial<EndpointHealthArgs> = {}): Promise<ProgramPreview> {
    return previewProgram(() => {
        // The metrics are in us-east-1 wherever the provider is.
        const health = new EndpointHealth(
            "shop-health",
            { ...good, ...change },
            { providers: [testProvider()] },
        );
        return { ids: health.healthCheckIds, any: health.anyHealthCheckId };
    });
}

async function problemsOf(change: Partial<EndpointHealthArgs>): Promise<readonly string[]> {
    const { cause, resources } = await preview(change);
    expect(cause).to.be.instanceOf(pulumi.InputPropertiesError);
    expect(resources.filter(({ type }) => type === CHECK)).to.deep.equal([]);
    const { errors } = cause as pulumi.InputPropertiesError;
    return errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

describe("EndpointHealth", () => {
    it("asks each region by its own name, over HTTPS with the name in the handshake", async () => {
        const check = one(await preview(), CHECK, "shop-health-eu");
        expect(check.inputs).to.deep.equal({
            type: "HTTPS",
            fqdn: "origin-eu.shop.example.com",
            port: 443,
            resourcePath: "/healthz",
            enableSni: true,
            requestInterval: 10,
            failureThreshold: 3,
            regions: [...CHECKER_REGIONS],
            measureLatency: true,
            tags: { Name: "shop-health-eu" },
        });
    });

    it("asks as it is told to", async () => {
        const result = await preview({
            path: "/ready?deep=1",
            port: 8443,
            intervalSeconds: 30,
            failureThreshold: 1,
            checkerRegions: ["us-west-2", "eu-west-1", "sa-east-1"],
            tags: { team: "a" },
        });
        expect(one(result, CHECK, "shop-health-us").inputs).to.deep.include({
            resourcePath: "/ready?deep=1",
            port: 8443,
            requestInterval: 30,
            failureThreshold: 1,
            regions: ["us-west-2", "eu-west-1", "sa-east-1"],
            tags: { team: "a", Name: "shop-health-us" },
        });
    });

    it("calls the shop well as long as one region is", async () => {
        const result = await preview();
        const ids = ["us", "eu"].map((key) => one(result, CHECK, `shop-health-${key}`).id);
        expect(new Set(ids).size).to.equal(2);
        expect(one(result, CHECK, "shop-health-any").inputs).to.deep.equal({
            type: "CALCULATED",
            childHealthchecks: ids,
            childHealthThreshold: 1,
            tags: { Name: "shop-health-any" },
        });
    });

    it("has an alarm for each check, in us-east-1, that rings on silence as well", async () => {
        const result = await preview();
        for (const key of ["us", "eu", "any"]) {
            const ring = one(result, ALARM, `shop-health-${key}-unhealthy`);
            expect(ring.inputs).to.deep.include({
                region: "us-east-1",
                namespace: "AWS/Route53",
                metricName: "HealthCheckStatus",
                dimensions: { HealthCheckId: one(result, CHECK, `shop-health-${key}`).id },
                statistic: "Minimum",
                comparisonOperator: "LessThanThreshold",
                threshold: 1,
                period: 60,
                evaluationPeriods: 1,
                treatMissingData: "breaching",
                alarmActions: [TOPIC],
                okActions: [TOPIC],
            });
        }
        expect(one(result, ALARM, "shop-health-us-unhealthy").inputs["alarmDescription"]).to.equal(
            "Region us does not answer at https://origin-us.shop.example.com. Its viewers are being sent to another " +
                "region. Look at the balancer's healthy targets and at the AWS Health Dashboard.",
        );
    });

    it("tells nobody where there is no topic", async () => {
        const result = await previewProgram(() => {
            const { endpoints } = good;
            new EndpointHealth("shop-health", { endpoints }, { providers: [testProvider()] });
        });
        expect(ofType(result, ALARM).map(({ inputs }) => inputs["alarmActions"])).to.deep.equal([[], [], []]);
    });

    it("gives out the checks' ids", async () => {
        const result = await preview();
        const id = (key: string) => one(result, CHECK, `shop-health-${key}`).id;
        expect(result.outputs).to.deep.equal({ ids: { us: id("us"), eu: id("eu") }, any: id("any") });
    });

    it("is the parent of all, with its provider", async () => {
        const result = await preview();
        const children = childrenOf(result, one(result, "meridian:index:EndpointHealth", "shop-health"));
        expect(children.map(({ name }) => name)).to.have.members([
            "shop-health-us",
            "shop-health-eu",
            "shop-health-any",
            "shop-health-us-unhealthy",
            "shop-health-eu-unhealthy",
            "shop-health-any-unhealthy",
        ]);
        const provider = one(result, "pulumi:providers:aws");
        expect(children.every((child) => child.provider.startsWith(`${provider.urn}::`))).to.equal(true);
    });

    describe("refuses", () => {
        const [us, eu] = good.endpoints as [{ key: string; host: string }, { key: string; host: string }];
        const checkers = `3 or more of ${CHECKER_REGIONS.join(", ")}, each once`;
        const cases: readonly (readonly [string, Partial<EndpointHealthArgs>, string])[] = [
            ["no endpoint", { endpoints: [] }, "endpoints is 0; allowed: 1 to 256 of them"],
            [
                "a key twice",
                { endpoints: [us, { ...eu, key: "us" }] },
                'endpoints[1].key is "us"; allowed: a name that no other endpoint has, and not any',
            ],
            [
                "the calculated check's key",
                { endpoints: [us, { ...eu, key: "any" }] },
                'endpoints[1].key is "any"; allowed: a name that no other endpoint has, and not any',
            ],
            [
                "a host that is none",
                { endpoints: [us, { ...eu, host: "https://shop.example.com" }] },
                'endpoints[1].host is "https://shop.example.com"; allowed: a host name in lower case',
            ],
            [
                "a path that is none",
                { path: "healthz" },
                'path is "healthz"; allowed: a path of at most 255 characters that begins with /',
            ],
            ["a port that is none", { port: 0 }, "port is 0; allowed: a port from 1 to 65535"],
            ["another interval", { intervalSeconds: 20 }, "intervalSeconds is 20; allowed: 10 or 30"],
            [
                "a threshold of 0",
                { failureThreshold: 0 },
                "failureThreshold is 0; allowed: an integer from 1 to 10",
            ],
            [
                "a threshold of 11",
                { failureThreshold: 11 },
                "failureThreshold is 11; allowed: an integer from 1 to 10",
            ],
            [
                "two checkers",
                { checkerRegions: ["us-east-1", "eu-west-1"] },
                `checkerRegions is ["us-east-1","eu-west-1"]; allowed: ${checkers}`,
            ],
            [
                "a region without checkers",
                { checkerRegions: ["us-east-1", "eu-west-1", "eu-central-1"] },
                `checkerRegions is ["us-east-1","eu-west-1","eu-central-1"]; allowed: ${checkers}`,
            ],
        ];
        for (const [what, change, message] of cases) {
            it(what, async () => {
                expect(await problemsOf(change)).to.deep.equal([message]);
            });
        }
    });

    describe("with switches", () => {
        const withSwitches: Partial<EndpointHealthArgs> = {
            endpoints: [
                {
                    key: "us",
                    host: "origin-us.shop.example.com",
                    switchRegion: "eu-central-1",
                    switchTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
                },
                { key: "eu", host: "origin-eu.shop.example.com" },
            ],
            switchNamespace: "shop/prod",
        };
        const make = () =>
            previewProgram(() => {
                const health = new EndpointHealth(
                    "shop-health",
                    { ...good, ...withSwitches },
                    { providers: [testProvider()] },
                );
                return { own: health.healthCheckIds, traffic: health.trafficHealthCheckIds };
            });

        it("has records go by health and switch together, and tells of health alone as before", async () => {
            const made = await make();
            const own = made.outputs.own as Record<string, string>;
            const traffic = made.outputs.traffic as Record<string, string>;
            const check = one(made, CHECK, "shop-health-us-traffic");
            expect(check.inputs).to.deep.include({ type: "CALCULATED", childHealthThreshold: 2 });
            expect(check.inputs.childHealthchecks).to.have.members([
                own["us"],
                one(made, CHECK, "shop-health-us-switch").id,
            ]);
            expect(traffic).to.deep.equal({ us: check.id, eu: own["eu"] });
            // Whoever turns traffic off does not make the region ill.
            expect(one(made, CHECK, "shop-health-any").inputs.childHealthchecks).to.have.members(
                Object.values(own),
            );
        });

        it("keeps each switch outside of its region, as it was last set, and on until then", async () => {
            const made = await make();
            const off = one(made, ALARM, "shop-health-us-switch-off");
            expect(off.inputs).to.deep.include({
                region: "eu-central-1",
                namespace: "shop/prod",
                metricName: "TrafficOff",
                dimensions: { Region: "us" },
                statistic: "Maximum",
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                threshold: 1,
                // Any other answer would be one, and flip the switch when its last value grows old.
                treatMissingData: "missing",
                alarmActions: ["arn:aws:sns:eu-central-1:111122223333:alarms"],
            });
            expect(one(made, CHECK, "shop-health-us-switch").inputs).to.deep.include({
                type: "CLOUDWATCH_METRIC",
                cloudwatchAlarmName: off.inputs.name,
                cloudwatchAlarmRegion: "eu-central-1",
                insufficientDataHealthStatus: "LastKnownStatus",
            });
        });

        it("has an alarm that Route 53 can follow: one metric, plain statistic, periods of a minute or more", async () => {
            // Amazon Route 53 Developer Guide, "Monitoring a CloudWatch alarm": no metric math, no percentiles, no
            // high-resolution metrics, no M out of N.
            const { inputs } = one(await make(), ALARM, "shop-health-us-switch-off");
            expect(inputs).to.not.have.any.keys("metricQueries", "extendedStatistic");
            expect(inputs.period).to.equal(60);
            expect(inputs.datapointsToAlarm).to.equal(inputs.evaluationPeriods);
        });

        it("refuses a switch without a namespace, and a topic without a switch", async () => {
            const [first] = withSwitches.endpoints ?? [];
            expect(await problemsOf({ ...withSwitches, switchNamespace: undefined })).to.have.lengthOf(1);
            expect(
                await problemsOf({
                    endpoints: [{ ...(first as object), switchRegion: undefined }] as never,
                }),
            ).to.deep.equal([
                'endpoints[0].switchTopicArn is "arn:aws:sns:eu-central-1:111122223333:alarms"; allowed: nothing where ' +
                    "switchRegion is left out",
            ]);
        });
    });
});
