import { expect } from "chai";

import { NatGatewayStrategy, TierType } from "../../../../components/network/vpc3Tier/vpc3Tier";
import { json, ofType, one, type ProgramPreview, TEST_ACCOUNT } from "../../../support/preview";
import {
    EGRESS,
    ENDPOINT,
    GROUP,
    idsOfRouteTables,
    idsOfSubnets,
    INGRESS,
    preview,
    rules,
    shortName,
} from "./networks";

describe("Vpc3Tier", () => {
    let plain: ProgramPreview;

    before(async () => {
        plain = await preview();
    });

    describe("endpoints", () => {
        const OWN_ACCOUNT = {
            Sid: "OwnAccount",
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": TEST_ACCOUNT } },
        };

        it("serve S3 and DynamoDB through routes, in the tiers that run programs", async () => {
            const result = await preview({
                additionalTiers: [
                    { name: "bastion", type: TierType.Public },
                    { name: "batch", type: TierType.Private },
                    { name: "cache", type: TierType.Isolated },
                ],
            });
            for (const service of ["s3", "dynamodb"]) {
                const endpoint = one(result, ENDPOINT, `shop-vpc-${service}-endpoint`);
                expect(endpoint.inputs).to.deep.include({
                    vpcEndpointType: "Gateway",
                    serviceName: `com.amazonaws.eu-central-1.${service}`,
                });
                expect(endpoint.inputs["routeTableIds"]).to.have.members(
                    idsOfRouteTables(result, "web", "api", "batch", "cache"),
                );
                expect(endpoint.inputs).not.to.have.any.keys(
                    "subnetIds",
                    "securityGroupIds",
                    "privateDnsEnabled",
                );
            }
        });

        it("let the own account through to DynamoDB", () => {
            expect(json(one(plain, ENDPOINT, "shop-vpc-dynamodb-endpoint").inputs["policy"])).to.deep.equal({
                Version: "2012-10-17",
                Statement: [OWN_ACCOUNT],
            });
        });

        it("let the own account through to S3, and everybody read what AWS keeps there for instances", () => {
            expect(json(one(plain, ENDPOINT, "shop-vpc-s3-endpoint").inputs["policy"])).to.deep.equal({
                Version: "2012-10-17",
                Statement: [
                    OWN_ACCOUNT,
                    {
                        Sid: "ReadAwsOwnedBuckets",
                        Effect: "Allow",
                        Principal: "*",
                        Action: "s3:GetObject",
                        Resource: [
                            "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/*",
                            "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
                            "arn:aws:s3:::amazoncloudwatch-agent-eu-central-1/*",
                            "arn:aws:s3:::amazoncloudwatch-agent/*",
                            "arn:aws:s3:::amazon-ssm-eu-central-1/*",
                            "arn:aws:s3:::amazon-ssm-packages-eu-central-1/*",
                            "arn:aws:s3:::aws-ssm-eu-central-1/*",
                            "arn:aws:s3:::aws-ssm-distributor-file-eu-central-1/*",
                            "arn:aws:s3:::aws-ssm-document-attachments-eu-central-1/*",
                            "arn:aws:s3:::patch-baseline-snapshot-eu-central-1/*",
                            "arn:aws:s3:::eu-central-1-birdwatcher-prod/*",
                        ],
                    },
                ],
            });
        });

        const interfaceServices = (result: ProgramPreview): string[] =>
            ofType(result, ENDPOINT)
                .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface")
                .map(({ inputs }) =>
                    String(inputs["serviceName"]).replace("com.amazonaws.eu-central-1.", ""),
                );

        it("have no interfaces, and no group for them, where NAT gateways lead out", () => {
            expect(interfaceServices(plain)).to.deep.equal([]);
            expect(ofType(plain, GROUP).map(shortName)).not.to.include("endpoints");
        });

        it("have the interfaces asked for, behind a group that hears from web and api", async () => {
            const result = await preview({ interfaceEndpoints: ["ecr.api", "ssm"] });
            expect(interfaceServices(result)).to.deep.equal(["ecr.api", "ssm"]);
            const endpoint = one(result, ENDPOINT, "shop-vpc-ecr-api-endpoint");
            expect(endpoint.inputs).to.deep.include({
                vpcEndpointType: "Interface",
                serviceName: "com.amazonaws.eu-central-1.ecr.api",
                subnetIds: idsOfSubnets(result, "api"),
                securityGroupIds: [one(result, GROUP, "shop-vpc-endpoints").id],
                privateDnsEnabled: true,
            });
            expect(json(endpoint.inputs["policy"])).to.deep.equal({
                Version: "2012-10-17",
                Statement: [OWN_ACCOUNT],
            });
            expect(one(result, "aws:ec2/vpc:Vpc").inputs).to.deep.include({
                enableDnsSupport: true,
                enableDnsHostnames: true,
            });
            expect(rules(result, INGRESS)).to.include.members([
                "endpoints <- api tcp/443",
                "endpoints <- web tcp/443",
            ]);
            expect(rules(result, EGRESS).filter((rule) => rule.includes("endpoints"))).to.deep.equal([
                "api -> endpoints tcp/443",
                "web -> endpoints tcp/443",
            ]);
            expect(result.outputs["endpointSecurityGroupId"]).to.equal(
                one(result, GROUP, "shop-vpc-endpoints").id,
            );
        });

        it("have the interfaces that an instance cannot start without, where nothing leads out", async () => {
            const none = await preview({ natGateways: NatGatewayStrategy.None });
            expect(interfaceServices(none)).to.deep.equal([
                "autoscaling",
                "ec2",
                "ecr.api",
                "ecr.dkr",
                "kms",
                "logs",
                "monitoring",
                "secretsmanager",
                "ssm",
                "ssmmessages",
                "sts",
                "xray",
            ]);
        });
    });
});
