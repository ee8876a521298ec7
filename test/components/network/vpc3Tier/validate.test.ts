import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    type AdditionalTier,
    Exposure,
    NatGatewayStrategy,
    TierType,
    type Vpc3TierArgs,
} from "../../../../components/network/vpc3Tier/vpc3Tier";
import { show } from "../../../../components/shared/validation";
import { validate } from "../../../../components/network/vpc3Tier/validate";

const good: Vpc3TierArgs = {
    region: "eu-central-1",
    accountId: "111122223333",
    cidrBlock: "10.20.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
};

/** What validation has to say, one `path reason` per problem. */
function problemsOf(change: Partial<Vpc3TierArgs>, name = "shop-vpc"): string[] {
    const args = { ...good, ...change };
    try {
        validate(name, args);
    } catch (error) {
        if (!pulumi.InputPropertiesError.isInstance(error)) {
            throw error;
        }
        const { message, errors } = error;
        const problems = errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
        for (const problem of problems) {
            expect(message, "the message lists every problem").to.include(problem);
        }
        return problems;
    }
    return [];
}

function accepts(change: Partial<Vpc3TierArgs>, name?: string): void {
    expect(problemsOf(change, name)).to.deep.equal([]);
}

function refuses(change: Partial<Vpc3TierArgs>, ...problems: string[]): void {
    expect(problemsOf(change)).to.deep.equal(problems);
}

/** Arguments as a program in another language hands them over: nothing checked their types. */
function untyped(text: string): Partial<Vpc3TierArgs> {
    return JSON.parse(text) as Partial<Vpc3TierArgs>;
}

const tier = (name: string, change: Partial<AdditionalTier> = {}): AdditionalTier => ({
    name,
    type: TierType.Private,
    ...change,
});

describe("the arguments of Vpc3Tier", () => {
    it("are fine as given in the fixture", () => {
        accepts({});
    });

    it("are reported all at once", () => {
        const args: Vpc3TierArgs = {
            ...good,
            region: "europe",
            cidrBlock: "8.8.0.1/24",
            availabilityZones: ["eu-central-1a"],
            webPort: 0,
        };
        expect(() => {
            validate("shop-vpc", args);
        }).to.throw(
            [
                'meridian:index:Vpc3Tier "shop-vpc" has 6 problems in its arguments:',
                '  - region is "europe"; allowed: an AWS region code, such as eu-central-1',
                '  - cidrBlock is "8.8.0.1/24"; allowed: a prefix from /16 to /20. AWS takes no larger VPC, and in a smaller one a balancer has no room to scale',
                '  - cidrBlock is "8.8.0.1/24"; allowed: a block whose host bits are zero. Write 8.8.0.0/24',
                '  - cidrBlock is "8.8.0.1/24"; allowed: a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. Other addresses belong to somebody on the internet, who would be out of reach from the VPC',
                '  - availabilityZones is ["eu-central-1a"]; allowed: 2 to 4 zones',
                "  - webPort is 0; allowed: an integer from 1 to 65535",
            ].join("\n"),
        );
    });

    describe("databaseClientCidrBlocks and remoteDatabaseCidrBlocks", () => {
        const blocks = (count: number): string[] =>
            Array.from({ length: count }, (_, index) => `10.30.${index}.0/24`);

        for (const property of ["databaseClientCidrBlocks", "remoteDatabaseCidrBlocks"] as const) {
            it(`${property} take private blocks outside the VPC, each once`, () => {
                accepts({ [property]: ["10.30.64.0/19", "192.168.0.0/24"] });
                const form =
                    "an IPv4 block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 whose host bits are zero";
                refuses(
                    { [property]: ["10.30.64.1/19", "203.0.113.0/24", "10.20.64.0/24", "10.0.0.0/8"] },
                    `${property}[0] is "10.30.64.1/19"; allowed: ${form}`,
                    `${property}[1] is "203.0.113.0/24"; allowed: ${form}`,
                    `${property}[2] is "10.20.64.0/24"; allowed: a block that shares no address with the VPC's own`,
                    `${property}[3] is "10.0.0.0/8"; allowed: a block that shares no address with the VPC's own`,
                );
                refuses(
                    { [property]: ["10.30.64.0/19", "10.30.64.0/19"] },
                    `${property}[1] is "10.30.64.0/19"; allowed: each value once`,
                );
            });
        }

        it("take as many as a network ACL and a security group have room for", () => {
            accepts({ databaseClientCidrBlocks: blocks(14) });
            refuses(
                { databaseClientCidrBlocks: blocks(15) },
                "databaseClientCidrBlocks is 15; allowed: at most 14 blocks, because a network ACL takes 20 rules",
            );
            accepts({ remoteDatabaseCidrBlocks: blocks(55) });
            accepts({ remoteDatabaseCidrBlocks: blocks(56), internetEgressCidrBlocks: [] });
            refuses(
                { remoteDatabaseCidrBlocks: blocks(56) },
                "remoteDatabaseCidrBlocks is 56; allowed: at most 55 blocks beside internetEgressCidrBlocks, because a security group takes 60 rules",
            );
        });
    });

    describe("name", () => {
        it("may fill a role's name to the last character", () => {
            accepts({}, "v".repeat(42));
        });

        it("may not be one character longer", () => {
            const name = "v".repeat(43);
            expect(problemsOf({}, name)).to.deep.equal([
                `name is "${name}-flow-log-role"; allowed: at most 56 characters, because aws:iam/role:Role names end at 64 and auto-naming adds 8. Shorten the component's name by 1`,
            ]);
        });

        for (const name of ["sg", "sg-shop", "1shop", "shop vpc", "shöp", ""]) {
            it(`may not be "${name}"`, () => {
                expect(problemsOf({}, name)).to.deep.equal([
                    `name is "${name}"; allowed: letters, digits and hyphens, a letter first, and not sg, which EC2 keeps for the ids of security groups`,
                ]);
            });
        }

        it("may begin with letters that only look like sg", () => {
            accepts({}, "sgshop");
        });
    });

    describe("region and zones", () => {
        it("take 2 and 4 zones", () => {
            accepts({ availabilityZones: ["eu-central-1a", "eu-central-1b"] });
            accepts({ availabilityZones: ["a", "b", "c", "d"].map((letter) => `eu-central-1${letter}`) });
        });

        it("take neither 1 nor 5", () => {
            refuses(
                { availabilityZones: ["eu-central-1a"] },
                'availabilityZones is ["eu-central-1a"]; allowed: 2 to 4 zones',
            );
            const five = ["a", "b", "c", "d", "e"].map((letter) => `eu-central-1${letter}`);
            refuses(
                { availabilityZones: five },
                `availabilityZones is ${JSON.stringify(five)}; allowed: 2 to 4 zones`,
            );
        });

        it("take no zone of another region", () => {
            refuses(
                { availabilityZones: ["eu-central-1a", "us-east-1b"] },
                'availabilityZones[1] is "us-east-1b"; allowed: a zone of eu-central-1, such as eu-central-1a. Name zones of the region, or change region',
            );
        });

        it("take no region for a zone", () => {
            refuses(
                { availabilityZones: ["eu-central-1a", "eu-central-1"] },
                'availabilityZones[1] is "eu-central-1"; allowed: a zone of eu-central-1, such as eu-central-1a. Name zones of the region, or change region',
            );
        });

        it("take no zone twice", () => {
            refuses(
                { availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] },
                'availabilityZones[2] is "eu-central-1a"; allowed: each zone once',
            );
        });

        it("blame the region alone when that is what is wrong", () => {
            refuses(
                { region: "eu-central" },
                'region is "eu-central"; allowed: an AWS region code, such as eu-central-1',
            );
        });
    });

    describe("accountId", () => {
        it("may be known later", () => {
            accepts({ accountId: pulumi.output("111122223333") });
        });

        for (const accountId of ["11112222333", "1111222233334", "1111-2222-333"]) {
            it(`may not be ${accountId}`, () => {
                refuses(
                    { accountId },
                    `accountId is "${accountId}"; allowed: an AWS account id of 12 digits`,
                );
            });
        }
    });

    describe("cidrBlock", () => {
        for (const cidrBlock of [
            "10.20.0.0/16",
            "10.20.240.0/20",
            "172.16.0.0/16",
            "172.31.0.0/16",
            "192.168.0.0/16",
        ]) {
            it(`may be ${cidrBlock}`, () => {
                accepts({ cidrBlock });
            });
        }

        for (const cidrBlock of ["10.20.0.0/15", "10.20.0.0/21"]) {
            it(`may not be ${cidrBlock}`, () => {
                refuses(
                    { cidrBlock },
                    `cidrBlock is "${cidrBlock}"; allowed: a prefix from /16 to /20. AWS takes no larger VPC, and in a smaller one a balancer has no room to scale`,
                );
            });
        }

        it("has its host bits zero", () => {
            refuses(
                { cidrBlock: "10.20.8.0/20" },
                'cidrBlock is "10.20.8.0/20"; allowed: a block whose host bits are zero. Write 10.20.0.0/20',
            );
        });

        it("is private", () => {
            refuses(
                { cidrBlock: "172.32.0.0/16" },
                'cidrBlock is "172.32.0.0/16"; allowed: a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. Other addresses belong to somebody on the internet, who would be out of reach from the VPC',
            );
        });

        for (const cidrBlock of ["10.20.0.0", "10.20.0/16", "fd00::/16"]) {
            it(`may not read ${cidrBlock}`, () => {
                refuses(
                    { cidrBlock },
                    `cidrBlock is "${cidrBlock}"; allowed: an IPv4 block, such as 10.20.0.0/16`,
                );
            });
        }
    });

    describe("choices", () => {
        it("take all their values", () => {
            for (const natGateways of Object.values(NatGatewayStrategy)) {
                accepts({ natGateways });
            }
            for (const exposure of Object.values(Exposure)) {
                accepts({ exposure });
            }
        });

        it("take nothing else from programs without types", () => {
            refuses(
                untyped('{ "natGateways": "perAz" }'),
                'natGateways is "perAz"; allowed: OnePerAz, Single, None',
            );
            refuses(
                untyped('{ "exposure": "World" }'),
                'exposure is "World"; allowed: CloudFront, Internet, Internal',
            );
        });
    });

    describe("the clients of an internal edge", () => {
        const internal = { exposure: Exposure.Internal };
        const blocks = (count: number): string[] =>
            Array.from({ length: count }, (_, index) => `10.99.${index}.0/24`);

        it("are 1 to 30 private blocks", () => {
            accepts({ ...internal, internalClientCidrBlocks: blocks(1) });
            accepts({ ...internal, internalClientCidrBlocks: blocks(30) });
            for (const wrong of [[], blocks(31)]) {
                refuses(
                    { ...internal, internalClientCidrBlocks: wrong },
                    `internalClientCidrBlocks is ${show(wrong)}; allowed: 1 to 30 blocks, because a security group takes 60 rules and a block has two`,
                );
            }
        });

        for (const block of ["0.0.0.0/0", "8.8.8.0/24", "10.99.0.1/24", "world", "10.0.0.0/7"]) {
            it(`are not ${block}`, () => {
                refuses(
                    { ...internal, internalClientCidrBlocks: [block] },
                    `internalClientCidrBlocks[0] is "${block}"; allowed: an IPv4 block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 whose host bits are zero`,
                );
            });
        }

        it("mean nothing to another edge", () => {
            for (const exposure of [undefined, Exposure.CloudFront, Exposure.Internet]) {
                refuses(
                    { exposure, internalClientCidrBlocks: blocks(1) },
                    `internalClientCidrBlocks is ["10.99.0.0/24"]; allowed: nothing while exposure is ${exposure ?? "CloudFront"}. Remove them, or set exposure to Internal`,
                );
            }
        });
    });

    describe("ports", () => {
        for (const port of ["webPort", "apiPort", "databasePort"] as const) {
            it(`let ${port} be 1 and 65535`, () => {
                accepts({ [port]: 1 });
                accepts({ [port]: 65535 });
            });

            for (const value of [0, 65536, 443.5, -1]) {
                it(`do not let ${port} be ${value}`, () => {
                    refuses({ [port]: value }, `${port} is ${value}; allowed: an integer from 1 to 65535`);
                });
            }
        }

        it("keep the database's apart from the others", () => {
            for (const other of ["webPort", "apiPort"] as const) {
                refuses(
                    { [other]: 5432 },
                    "databasePort is 5432; allowed: another port than webPort and apiPort",
                );
            }
        });
    });

    describe("internetEgressCidrBlocks", () => {
        const blocks = (count: number): string[] =>
            Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);

        it("fill a security group at 56", () => {
            accepts({ internetEgressCidrBlocks: blocks(56) });
        });

        it("overflow a security group at 57", () => {
            refuses(
                { internetEgressCidrBlocks: blocks(57) },
                "internetEgressCidrBlocks is 57; allowed: at most 56 blocks, because a security group takes 60 rules",
            );
        });

        it("may be empty", () => {
            accepts({ internetEgressCidrBlocks: [] });
        });

        it("have their host bits zero", () => {
            refuses(
                { internetEgressCidrBlocks: ["203.0.113.0/24", "203.0.113.7/24"] },
                'internetEgressCidrBlocks[1] is "203.0.113.7/24"; allowed: an IPv4 block whose host bits are zero',
            );
        });

        it("name each block once", () => {
            refuses(
                { internetEgressCidrBlocks: ["203.0.113.0/24", "203.0.113.0/24"] },
                'internetEgressCidrBlocks[1] is "203.0.113.0/24"; allowed: each value once',
            );
        });

        it("are for IPv4, as the others are for IPv6", () => {
            refuses(
                {
                    internetEgressCidrBlocks: ["2001:db8::/32"],
                    internetEgressIpv6CidrBlocks: ["203.0.113.0/24"],
                },
                'internetEgressCidrBlocks[0] is "2001:db8::/32"; allowed: an IPv4 block whose host bits are zero',
                'internetEgressIpv6CidrBlocks[0] is "203.0.113.0/24"; allowed: an IPv6 block whose host bits are zero',
            );
            accepts({ internetEgressIpv6CidrBlocks: ["2001:db8::/32"] });
        });
    });

    describe("interfaceEndpoints", () => {
        it("are ends of services' names", () => {
            accepts({ interfaceEndpoints: ["ssm", "ecr.api", "kinesis-streams", "s3express"] });
        });

        for (const service of [
            "com.amazonaws.eu-central-1.ssm",
            "SSM",
            "ecr.",
            ".api",
            "ecr..api",
            "e/c",
            "",
        ]) {
            it(`are not "${service}"`, () => {
                refuses(
                    { interfaceEndpoints: ["sts", service] },
                    `interfaceEndpoints[1] is "${service}"; allowed: the end of a service's name, such as ecr.api for com.amazonaws.eu-central-1.ecr.api`,
                );
            });
        }

        for (const service of ["s3", "dynamodb"]) {
            it(`leave ${service} to its gateway endpoint`, () => {
                refuses(
                    { interfaceEndpoints: [service] },
                    `interfaceEndpoints[0] is "${service}"; allowed: a service other than s3 and dynamodb. Leave it out: these two have gateway endpoints, which cost nothing`,
                );
            });
        }

        it("name each service once", () => {
            refuses(
                { interfaceEndpoints: ["ssm", "ssm"] },
                'interfaceEndpoints[1] is "ssm"; allowed: each value once',
            );
        });
    });

    describe("flowLogRetentionDays", () => {
        it("is a period that CloudWatch Logs knows", () => {
            accepts({ flowLogRetentionDays: 1 });
            accepts({ flowLogRetentionDays: 3653 });
        });

        for (const flowLogRetentionDays of [0, 2, 364, 366, 3654]) {
            it(`is not ${flowLogRetentionDays}`, () => {
                const [problem, ...rest] = problemsOf({ flowLogRetentionDays });
                expect(rest).to.deep.equal([]);
                expect(problem).to.match(
                    new RegExp(
                        `^flowLogRetentionDays is ${flowLogRetentionDays}; allowed: one of 1, 3, 5, .*3653 \\(days\\)$`,
                    ),
                );
            });
        }
    });

    describe("additionalTiers", () => {
        const tiers = (count: number): AdditionalTier[] =>
            Array.from({ length: count }, (_, index) => tier(`tier-${index}`));

        it("fill the VPC at 4", () => {
            accepts({ additionalTiers: tiers(4) });
        });

        it("overflow the VPC at 5", () => {
            refuses({ additionalTiers: tiers(5) }, "additionalTiers is 5; allowed: at most 4 tiers");
        });

        it("have names of 1 to 20 characters", () => {
            accepts({ additionalTiers: [tier("a"), tier(`a${"b".repeat(19)}`)] });
        });

        for (const name of [
            "",
            "a".repeat(21),
            "Cache",
            "1cache",
            "cache-",
            "ca_che",
            "edge",
            "web",
            "api",
            "data",
        ]) {
            it(`are not called "${name}"`, () => {
                refuses(
                    { additionalTiers: [tier(name)] },
                    `additionalTiers[0].name is "${name}"; allowed: 1 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last, and none of edge, web, api, data`,
                );
            });
        }

        it("have a name each", () => {
            refuses(
                { additionalTiers: [tier("cache"), tier("cache")] },
                'additionalTiers[1].name is "cache"; allowed: each name once',
            );
        });

        it("take slots 4 and 7", () => {
            accepts({ additionalTiers: [tier("cache", { slot: 7 }), tier("batch", { slot: 4 })] });
        });

        for (const slot of [3, 8, 4.5]) {
            it(`do not take slot ${slot}`, () => {
                refuses(
                    { additionalTiers: [tier("cache", { slot })] },
                    `additionalTiers[0].slot is ${slot}; allowed: an integer from 4 to 7`,
                );
            });
        }

        it("do not share a slot, given or not", () => {
            refuses(
                { additionalTiers: [tier("cache", { slot: 5 }), tier("batch")] },
                "additionalTiers[1].slot is 5; allowed: each slot once. Give every additional tier a slot",
            );
        });

        it("take no type of their own making", () => {
            refuses(
                untyped('{ "additionalTiers": [{ "name": "cache", "type": "Secret" }] }'),
                'additionalTiers[0].type is "Secret"; allowed: Public, Private, Isolated',
            );
        });
    });
});
