import { expect } from "chai";

import { EndpointService, type EndpointServiceArgs } from "../../../components/network/endpointService";
import { pathsOf, problemsIn } from "../../support/components/problems";
import { at, ofType, one, previewProgram, type ProgramPreview, testProvider } from "../../support/preview";

const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";
const ACCEPTER = "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter";
const VERIFICATION = "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification";
const RECORD = "aws:route53/record:Record";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";

const balancer = (region: string, kind = "net"): string =>
    `arn:aws:elasticloadbalancing:${region}:111122223333:loadbalancer/${kind}/orders/0123456789abcdef`;

const GOOD: EndpointServiceArgs = {
    region: "eu-central-1",
    networkLoadBalancerArns: [balancer("eu-central-1")],
    allowedPrincipals: ["arn:aws:iam::444455556666:root"],
};

function preview(args: EndpointServiceArgs = GOOD, name = "orders"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const service = new EndpointService(name, args, { providers: [testProvider()] });
        return { id: service.serviceId, arn: service.serviceArn, serviceName: service.serviceName };
    });
}

async function problemsOf(args: unknown, name?: string): Promise<string[]> {
    return problemsIn(await preview(args as EndpointServiceArgs, name));
}

describe("EndpointService", () => {
    let plain: ProgramPreview;
    let full: ProgramPreview;
    before(async () => {
        plain = await preview();
        full = await preview({
            ...GOOD,
            acceptanceRequired: false,
            acceptedEndpointIds: { billing: "vpce-0a" },
            privateDnsName: "orders.example.com",
            hostedZoneId: "Z0123456789EXAMPLE0AB",
            supportedRegions: ["us-east-1"],
            alarmTopicArns: [TOPIC],
            alarmThresholds: { resetPacketsPerFiveMinutes: 7 },
        });
    });

    it("offers the balancers to the principals named, each connection waiting for a yes", () => {
        const { inputs, id } = one(plain, SERVICE);
        expect(inputs).to.deep.include({
            region: "eu-central-1",
            acceptanceRequired: true,
            allowedPrincipals: ["arn:aws:iam::444455556666:root"],
            networkLoadBalancerArns: [balancer("eu-central-1")],
        });
        expect(inputs).not.to.have.any.keys("privateDnsName", "supportedRegions");
        for (const type of [ACCEPTER, VERIFICATION, RECORD]) {
            expect(ofType(plain, type), type).to.deep.equal([]);
        }
        expect(plain.outputs).to.deep.equal({
            id,
            arn: one(plain, SERVICE).outputs["arn"],
            serviceName: `com.amazonaws.vpce.eu-central-1.${id}`,
        });
    });

    it("proves whose the private name is before anybody learns the service's name", () => {
        const proof = at(one(full, SERVICE).outputs, "privateDnsNameConfigurations[0]") as {
            name: string;
            value: string;
        };
        const record = one(full, RECORD);
        expect(record.inputs).to.deep.include({
            zoneId: "Z0123456789EXAMPLE0AB",
            name: proof.name,
            type: "TXT",
            records: [proof.value],
        });
        const verification = one(full, VERIFICATION);
        expect(verification.inputs).to.deep.include({
            region: "eu-central-1",
            serviceId: one(full, SERVICE).id,
            waitForVerification: true,
        });
        expect(verification.dependencies).to.include(record.urn);
    });

    it("accepts the connections named, and names the other regions beside its own", () => {
        expect(one(full, ACCEPTER).inputs).to.deep.include({
            region: "eu-central-1",
            vpcEndpointServiceId: one(full, SERVICE).id,
            vpcEndpointId: "vpce-0a",
        });
        expect(one(full, SERVICE).inputs).to.deep.include({
            acceptanceRequired: false,
            supportedRegions: ["eu-central-1", "us-east-1"],
            privateDnsName: "orders.example.com",
        });
    });

    it("rings when the service breaks connections off", () => {
        expect(one(plain, ALARM).inputs).to.deep.include({
            namespace: "AWS/PrivateLinkServices",
            metricName: "RstPacketsSent",
            dimensions: { "Service Id": one(plain, SERVICE).id },
            threshold: 100,
            alarmActions: [],
        });
        expect(one(full, ALARM).inputs).to.deep.include({ threshold: 7, alarmActions: [TOPIC] });
    });

    it("refuses balancers that cannot be offered", async () => {
        for (const arn of [balancer("eu-central-1", "app"), balancer("us-east-1"), "orders"]) {
            expect(await problemsOf({ ...GOOD, networkLoadBalancerArns: [arn] })).to.deep.equal([
                `networkLoadBalancerArns[0] is "${arn}"; allowed: the ARN of a Network Load Balancer in the service's ` +
                    "region. An Application Load Balancer goes behind one, in a target group of type alb",
            ]);
        }
        expect(await problemsOf({ ...GOOD, networkLoadBalancerArns: [] })).to.have.length(1);
    });

    it("refuses everybody, and principals that are none", async () => {
        for (const principal of ["*", "444455556666", "arn:aws:iam::444455556666:group/a"]) {
            expect(pathsOf(await problemsOf({ ...GOOD, allowedPrincipals: [principal] }))).to.deep.equal([
                "allowedPrincipals[0]",
            ]);
        }
        expect(
            await problemsOf({
                ...GOOD,
                allowedPrincipals: ["arn:aws:iam::444455556666:role/a/b", "arn:aws:iam::444455556666:user/c"],
            }),
        ).to.deep.equal([]);
        expect(await problemsOf({ ...GOOD, allowedPrincipals: [] })).to.have.length(1);
    });

    it("wants the zone of a private name, and none without one", async () => {
        const zone = { hostedZoneId: "Z0123456789EXAMPLE0AB" };
        expect(await problemsOf({ ...GOOD, privateDnsName: "orders.example.com" })).to.deep.equal([
            "hostedZoneId is not given; allowed: the id of the public Route 53 zone of privateDnsName",
        ]);
        expect(pathsOf(await problemsOf({ ...GOOD, ...zone }))).to.deep.equal(["hostedZoneId"]);
        expect(await problemsOf({ ...GOOD, ...zone, privateDnsName: "*.orders.example.com" })).to.deep.equal(
            [],
        );
        expect(pathsOf(await problemsOf({ ...GOOD, ...zone, privateDnsName: "orders" }))).to.deep.equal([
            "privateDnsName",
        ]);
    });

    it("reports all that is wrong at once", async () => {
        const problems = await problemsOf(
            {
                ...GOOD,
                supportedRegions: ["eu-central-1", "us-east-1", "us-east-1", "nowhere"],
                acceptedEndpointIds: { A: "vpce-0a" },
                alarmThresholds: { resetPacketsPerFiveMinutes: -1 },
            },
            "1orders",
        );
        expect(pathsOf(problems)).to.have.members([
            "name",
            "supportedRegions[0]",
            "supportedRegions[2]",
            "supportedRegions[3]",
            "acceptedEndpointIds",
            "alarmThresholds.resetPacketsPerFiveMinutes",
        ]);
        expect(
            await problemsOf({ ...GOOD, alarmThresholds: { resetPacketsPerFiveMinutes: 0 } }),
        ).to.deep.equal([]);
    });
});
