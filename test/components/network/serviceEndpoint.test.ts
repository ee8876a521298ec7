import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";

import { ServiceEndpoint, type ServiceEndpointArgs } from "../../../components/network/serviceEndpoint";
import { pathsOf, problemsIn } from "../../support/components/problems";
import { ofType, one, previewProgram, type ProgramPreview, testProvider } from "../../support/preview";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";
const OTHERS = "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0";
const KINESIS = "com.amazonaws.eu-central-1.kinesis-streams";

const GOOD: ServiceEndpointArgs = {
    region: "eu-central-1",
    accountId: "111122223333",
    serviceName: OTHERS,
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b"],
};

function preview(args: ServiceEndpointArgs = GOOD, name = "orders"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const { endpointId, securityGroupId, dnsName, dnsHostedZoneId } = new ServiceEndpoint(name, args, {
            providers: [testProvider()],
        });
        return { endpointId, securityGroupId, dnsName, dnsHostedZoneId };
    });
}

async function problemsOf(args: unknown, name?: string): Promise<string[]> {
    return problemsIn(await preview(args as ServiceEndpointArgs, name));
}

describe("ServiceEndpoint", () => {
    let plain: ProgramPreview;
    before(async () => {
        plain = await preview();
    });

    it("gives the network an address of the service's in each subnet, behind a group that lets nobody in", () => {
        const endpoint = one(plain, ENDPOINT);
        const group = one(plain, GROUP);
        expect(endpoint.inputs).to.deep.include({
            region: "eu-central-1",
            vpcId: "vpc-0a",
            vpcEndpointType: "Interface",
            serviceName: OTHERS,
            subnetIds: ["subnet-0a", "subnet-0b"],
            securityGroupIds: [group.id],
            privateDnsEnabled: false,
        });
        expect(endpoint.inputs).not.to.have.any.keys("policy", "autoAccept", "serviceRegion");
        expect(group.inputs).to.deep.include({ region: "eu-central-1", vpcId: "vpc-0a" });
        expect(plain.resources.filter(({ type }) => /SecurityGroup(In|E)gressRule/.test(type))).to.deep.equal(
            [],
        );
        const [entry] = endpoint.outputs["dnsEntries"] as { dnsName: string; hostedZoneId: string }[];
        expect(plain.outputs).to.deep.equal({
            endpointId: endpoint.id,
            securityGroupId: group.id,
            dnsName: entry?.dnsName,
            dnsHostedZoneId: entry?.hostedZoneId,
        });
    });

    it("lets through one of AWS's own services the account's principals alone", async () => {
        const kinesis = await preview({ ...GOOD, serviceName: KINESIS, privateDnsEnabled: true });
        const { inputs } = one(kinesis, ENDPOINT);
        expect(inputs["privateDnsEnabled"]).to.equal(true);
        expect(JSON.parse(String(inputs["policy"]))).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "OwnAccount",
                    Effect: "Allow",
                    Principal: "*",
                    Action: "*",
                    Resource: "*",
                    Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
                },
            ],
        });
        const own = await preview({ ...GOOD, serviceName: KINESIS, policy: '{"Statement":[]}' });
        expect(one(own, ENDPOINT).inputs["policy"]).to.equal('{"Statement":[]}');
    });

    it("takes the name of a service that is made in the same program, and accepts for it", async () => {
        const accepted = await preview({ ...GOOD, serviceName: pulumi.output(OTHERS), autoAccept: true });
        expect(one(accepted, ENDPOINT).inputs).to.deep.include({ serviceName: OTHERS, autoAccept: true });
    });

    it("rings for dropped packets, which AWS counts inside a region alone", async () => {
        expect(one(plain, ALARM).inputs).to.deep.include({
            namespace: "AWS/PrivateLinkEndpoints",
            metricName: "PacketsDropped",
            dimensions: {
                "Endpoint Type": "Interface",
                "Service Name": OTHERS,
                "VPC Endpoint Id": one(plain, ENDPOINT).id,
                "VPC Id": "vpc-0a",
            },
            threshold: 100,
        });
        const told = await preview({
            ...GOOD,
            serviceRegion: "eu-central-1",
            alarmTopicArns: [TOPIC],
            alarmThresholds: { droppedPacketsPerFiveMinutes: 0 },
        });
        expect(one(told, ALARM).inputs).to.deep.include({ threshold: 0, alarmActions: [TOPIC] });
        const abroad = await preview({ ...GOOD, serviceRegion: "us-east-1" });
        expect(one(abroad, ENDPOINT).inputs["serviceRegion"]).to.equal("us-east-1");
        expect(ofType(abroad, ALARM)).to.deep.equal([]);
    });

    it("refuses what AWS would, and says why", async () => {
        expect(await problemsOf({ ...GOOD, policy: "{}" })).to.deep.equal([
            `policy is "{}"; allowed: nothing with a service that is not one of AWS's own. Only they take policies`,
        ]);
        expect(await problemsOf({ ...GOOD, serviceName: KINESIS, autoAccept: true })).to.deep.equal([
            "autoAccept is true; allowed: false or nothing with one of AWS's own services. AWS accepts by itself",
        ]);
        expect(
            pathsOf(
                await problemsOf({
                    ...GOOD,
                    serviceRegion: "us-east-1",
                    alarmThresholds: { droppedPacketsPerFiveMinutes: 1 },
                }),
            ),
        ).to.deep.equal(["alarmThresholds"]);
        expect(
            pathsOf(
                await problemsOf(
                    {
                        region: "x",
                        accountId: "1",
                        serviceName: "kinesis",
                        vpcId: "a",
                        subnetIds: [],
                        alarmThresholds: { droppedPacketsPerFiveMinutes: -1 },
                    },
                    "1a",
                ),
            ),
        ).to.have.members([
            "name",
            "region",
            "accountId",
            "serviceName",
            "vpcId",
            "subnetIds",
            "alarmThresholds.droppedPacketsPerFiveMinutes",
        ]);
    });
});
