import { expect } from "chai";
import { ENDPOINTS_WITHOUT_NAT } from "../../../components/network/vpc3Tier/settings";
import { loadStackConfig } from "../../../regions/config";
import { isKnownService } from "../../../regions/endpointServices";
import { previewProgram } from "../../support/preview";
import { declaredKeys, goodValues, problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, line } from "../../support/regions/keyRules";

const ecr = (region: string): string => `111122223333.dkr.ecr.${region}.amazonaws.com/shop:1.0.0`;
const vpcBlock =
    "a private IPv4 block (RFC 1918) of /16 to /20 without host bits, such as 10.30.0.0/16, or nothing";
const docker =
    "a block apart from 172.17.0.0/16, where Docker has its own network on every instance, so that instances would " +
    "not reach what is there";
const endpoint =
    "the end of a service name, such as ecr.api for com.amazonaws.<region>.ecr.api; s3 and dynamodb have gateway " +
    "endpoints in any case";

describe("the rules of the network", () => {
    describeKeys([
        {
            key: "cidrBlock",
            good: ["", "10.11.0.0/16", "172.16.0.0/20", "10.10.0.0/20"],
            bad: [
                ["10.11.0.0", vpcBlock],
                ["10.11.0.0/15", vpcBlock],
                ["10.11.0.0/21", vpcBlock],
                ["10.11.0.1/16", vpcBlock],
                ["10.256.0.0/16", vpcBlock],
                ["11.0.0.0/16", vpcBlock],
                ["10.20.0.0/16", "a block apart from eu's 10.20.0.0/16 in regions/catalogue.ts"],
                ["10.20.240.0/20", "a block apart from eu's 10.20.0.0/16 in regions/catalogue.ts"],
                ["172.17.0.0/16", docker],
                ["172.17.240.0/20", docker],
            ],
        },
        {
            key: "natGateways",
            good: ["OnePerAz", "Single"],
            bad: [["none", "one of OnePerAz, Single, None"]],
        },
        {
            key: "cidrBlock",
            good: [""],
            bad: [["10.30.0.0/16", "nothing in the global stack's file, because it has no network"]],
            options: { stack: "prod-global" },
        },
        {
            key: "availabilityZones",
            good: [[]],
            bad: [
                [
                    ["us-east-1a", "us-east-1b"],
                    "nothing in the global stack's file, because it has no network",
                ],
            ],
            options: { stack: "prod-global" },
        },
    ]);

    describe("zones", () => {
        const key = "availabilityZones";
        const orNone = "; or an empty list for the catalogue's zones";

        for (const zones of [
            ["us-east-1a", "us-east-1f"],
            ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"],
        ]) {
            it(`takes ${zones.join(", ")}`, () => {
                expect(problemsOf({ [key]: zones })).to.deep.equal([]);
            });
        }

        it("are the catalogue's and more, where the global stack makes the database's instances", () => {
            const options = { stack: "prod-eu" };
            const three = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
            expect(problemsOf({ [key]: three }, options)).to.deep.equal([]);
            const two = three.slice(0, 2);
            expect(problemsOf({ [key]: two }, options)).to.deep.equal([
                line(
                    key,
                    two,
                    "zones with eu-central-1c among them, which regions/catalogue.ts has: the database's instances would have " +
                        "no subnet there. Change both, or give an empty list for the catalogue's zones",
                    "prod-eu",
                ),
            ]);
            expect(problemsOf({ [key]: two, foundingRegion: "eu" }, options)).to.deep.equal([]);
        });

        it("refuses one zone, and five", () => {
            const five = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e"];
            for (const zones of [["us-east-1a"], five]) {
                expect(problemsOf({ [key]: zones })).to.deep.equal([
                    line(key, zones, "2 to 4 zones") + orNone,
                ]);
            }
        });

        it("refuses the same zone twice", () => {
            const zones = ["us-east-1a", "us-east-1a"];
            expect(problemsOf({ [key]: zones })).to.deep.equal([line(key, zones, "each zone once") + orNone]);
        });

        it("refuses another region's zones and zones that the region has not", () => {
            for (const stranger of ["eu-central-1a", "us-east-1g", "us-east-1"]) {
                const zones = ["us-east-1a", stranger];
                expect(problemsOf({ [key]: zones })).to.deep.equal([
                    line(
                        key,
                        zones,
                        "zones of us-east-1, which are us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, " +
                            "us-east-1f",
                    ) + orNone,
                ]);
            }
        });
    });

    describe("images without NAT gateways", () => {
        const allowed =
            "an image in this region's ECR, <account>.dkr.ecr.us-east-1.amazonaws.com/<repository>:<tag>, because " +
            "meridian:natGateways is None. Push the image to ECR, or give the region NAT gateways";

        it("may come from ECR in the region", () => {
            const images = { webImage: ecr("us-east-1"), apiImage: ecr("us-east-1") };
            expect(problemsOf({ natGateways: "None", ...images })).to.deep.equal([]);
        });

        it("may not come from elsewhere, ECR in another region included", () => {
            const images = { webImage: ecr("eu-central-1"), apiImage: "ghcr.io/example/shop:1" };
            expect(problemsOf({ natGateways: "None", ...images })).to.deep.equal([
                line("webImage", images.webImage, allowed),
                line("apiImage", images.apiImage, allowed),
            ]);
        });

        it("do not matter to the global stack", () => {
            expect(problemsOf({ natGateways: "None" }, { stack: "prod-global" })).to.deep.equal([]);
        });
    });

    describe("what instances may call", () => {
        const key = "internetEgressCidrBlocks";

        it("is IPv4 blocks", () => {
            expect(problemsOf({ [key]: ["203.0.113.0/24", "198.51.100.7/32"] })).to.deep.equal([]);
            expect(problemsOf({ [key]: ["203.0.113.0"] })).to.deep.equal([
                line(`${key}[0]`, "203.0.113.0", "an IPv4 block, such as 203.0.113.0/24"),
            ]);
        });

        it("is blocks whose host bits are zero, as EC2 takes them", () => {
            expect(problemsOf({ [key]: ["203.0.113.0/24", "198.51.100.7/24"] })).to.deep.equal([
                line(
                    `${key}[1]`,
                    "198.51.100.7/24",
                    "a block whose host bits are zero. Write 198.51.100.0/24",
                ),
            ]);
        });

        it("that are wrong by the hundred have a line for five, and one for the rest", () => {
            const problems = problemsOf({ [key]: Array.from({ length: 56 }, (_, index) => `host-${index}`) });
            expect(problems).to.have.length(6);
            expect(problems[5]).to.equal(
                `meridian:${key} in Pulumi.prod-us.yaml has 51 more that are wrong in the same ways`,
            );
        });

        it("fits a security group", () => {
            const blocks = Array.from({ length: 57 }, (_, index) => `203.0.113.${index}/32`);
            expect(problemsOf({ [key]: blocks.slice(1) })).to.deep.equal([]);
            expect(problemsOf({ [key]: blocks })).to.deep.equal([
                line(key, blocks, "at most 56 blocks, which is what a security group has room for"),
            ]);
        });
    });

    describe("endpoints of services that are not known", () => {
        const warningsFor = async (service: string): Promise<readonly string[]> => {
            const preview = await previewProgram(() => ({ stack: loadStackConfig().stack }), {
                stack: "prod-us",
                config: goodValues({ interfaceEndpoints: ["ecr.api", service] }),
            });
            expect(preview.error).to.equal(undefined);
            return preview.messages;
        };

        it("are warned of, with the nearest known one", async () => {
            expect(await warningsFor("secretmanager")).to.deep.equal([
                'meridian:interfaceEndpoints in Pulumi.prod-us.yaml has "secretmanager", which is none of the services ' +
                    "that this program knows to have an interface endpoint. Did you mean secretsmanager? AWS refuses a " +
                    "service that it does not offer in the region: aws ec2 describe-vpc-endpoint-services",
            ]);
        });

        it("are not for one that is, nor for its variant for FIPS 140", async () => {
            expect(await warningsFor("sqs")).to.deep.equal([]);
            expect(await warningsFor("kms-fips")).to.deep.equal([]);
        });

        it("are not for what the tiers need and what the project starts with", () => {
            const { default: services } = declaredKeys()["interfaceEndpoints"] as { default: string[] };
            expect(
                [...services, ...ENDPOINTS_WITHOUT_NAT].filter((each) => !isKnownService(each)),
            ).to.deep.equal([]);
        });
    });

    it("takes endpoints by the end of their name", () => {
        expect(problemsOf({ interfaceEndpoints: ["ecr.api", "kinesis-streams"] })).to.deep.equal([]);
        const names = [
            "com.amazonaws.us-east-1.SSM",
            "com.amazonaws.us-east-1.ssm",
            "ecr--api",
            "ecr.",
            "logs-",
        ];
        for (const wrong of [...names, "s3", "dynamodb", ""]) {
            expect(problemsOf({ interfaceEndpoints: [wrong] })).to.deep.equal([
                line("interfaceEndpoints[0]", wrong, endpoint),
            ]);
        }
    });
});
