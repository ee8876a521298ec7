import { expect } from "chai";
import { StackView, type Member } from "../../../policies/framework";
import { rule as clusterMembers } from "../../../policies/security-baseline/rules/rds-cluster-members";
import { isAnywhere } from "../../../policies/security-baseline/shared/cidr";
import { judge } from "../../../policies/security-baseline/shared/judging";
import {
    isEverything,
    portsWithin,
    trafficOf,
    trafficText,
} from "../../../policies/security-baseline/shared/ports";
import { leadsToInternet } from "../../../policies/security-baseline/shared/routing";
import { logSourcesOf } from "../../../policies/security-baseline/shared/s3";
import { secretsIn } from "../../../policies/security-baseline/shared/secrets";

describe("Shared pieces of the security baseline", () => {
    describe("blocks of addresses", () => {
        for (const block of ["0.0.0.0/0", "128.0.0.0/1", "::/0", "0:0:0:0:0:0:0:0/0", "2000::/3"]) {
            it(`knows ${block} as the internet`, () => {
                expect(isAnywhere(block)).to.equal(true);
            });
        }
        for (const block of [
            "10.0.0.0/8",
            "203.0.113.7/32",
            "fc00::/7",
            "fd12::/8",
            "2001:db8::/32",
            "",
            "::/",
        ]) {
            it(`does not take "${block}" for the internet`, () => {
                expect(isAnywhere(block)).to.equal(false);
            });
        }
    });

    describe("traffic", () => {
        it("is read from names and numbers of protocols", () => {
            expect(trafficOf("6", 22, 25)).to.deep.equal({ protocol: "tcp", from: 22, to: 25 });
            expect(trafficOf(17, "53", "53")).to.deep.equal({ protocol: "udp", from: 53, to: 53 });
            expect(trafficOf("all", 0, 0)).to.deep.equal({ protocol: "all", from: 0, to: 65535 });
            expect(trafficOf("-1", undefined, undefined)).to.deep.equal({
                protocol: "all",
                from: 0,
                to: 65535,
            });
        });

        it("is of every port where none is named", () => {
            expect(isEverything(trafficOf("tcp", undefined, undefined))).to.equal(true);
            expect(isEverything(trafficOf("udp", -1, -1))).to.equal(true);
            expect(isEverything(trafficOf("tcp", 1024, 65535))).to.equal(false);
            expect(isEverything(trafficOf("icmp", -1, -1))).to.equal(false);
        });

        it("includes the ports within its range", () => {
            expect(portsWithin(trafficOf("tcp", 20, 25), [19, 20, 22, 25, 26])).to.deep.equal([20, 22, 25]);
            expect(trafficText(trafficOf("tcp", 443, 443))).to.equal("tcp 443");
        });
    });

    describe("secrets", () => {
        const found: readonly (readonly [string, string])[] = [
            [`key=ASIA${"Z9Y8".repeat(4)}`, "an AWS access key id"],
            [`AWS_SECRET_ACCESS_KEY="${"aB3/".repeat(10)}"`, "an AWS secret access key"],
            ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
            ["-----BEGIN PRIVATE KEY-----", "a private key"],
            [`token ghp_${"a1B2".repeat(9)}`, "a GitHub token"],
            [`xoxb-123456789012-abcdef`, "a Slack token"],
            ["postgres://shop:s3cretword@db.example.com/shop", "a password in a URL"],
            ['db_password: "correct-horse"', "a password"],
        ];
        for (const [text, name] of found) {
            it(`finds ${name} in ${text.slice(0, 12)}…`, () => {
                expect(secretsIn(`line\n${text}\nline`)).to.deep.equal([name]);
            });
        }
        for (const text of [
            "docker login --username AWS --password-stdin",
            'password="$DB_PASSWORD"',
            'password="$(aws secretsmanager get-secret-value)"',
            "PasswordAuthentication no",
            "https://shop.example.com:8443/path@2x.png",
            "readonly secret_arn='arn:aws:secretsmanager:us-east-1:111122223333:secret:shop'",
        ]) {
            it(`finds nothing in ${text}`, () => {
                expect(secretsIn(text)).to.deep.equal([]);
            });
        }
    });

    describe("judging", () => {
        it("lets an unknown value hide nothing, and then says that it is unknown", () => {
            const unknown = Object.assign(new Error("string value at .a can't be known"), {
                unknownTypeSentinel: "unknown",
            });
            const reported: string[] = [];
            const judging = (): void => {
                judge(
                    () => {
                        throw unknown;
                    },
                    () => {
                        reported.push("wrong");
                    },
                );
            };
            expect(judging).to.throw(unknown);
            expect(reported).to.deep.equal(["wrong"]);
        });

        it("does not swallow other errors", () => {
            expect(() => {
                judge(() => {
                    throw new TypeError("broken");
                });
            }).to.throw(TypeError, "broken");
        });
    });

    describe("routes", () => {
        const subnet = member("aws:ec2/subnet:Subnet", { id: "subnet-1", vpcId: "vpc-1" });
        const table = (routes: readonly object[]): Member =>
            member("aws:ec2/routeTable:RouteTable", { id: "rtb-1", routes });
        const association = member("aws:ec2/routeTableAssociation:RouteTableAssociation", {
            subnetId: "subnet-1",
            routeTableId: "rtb-1",
        });

        it("lead to the internet inline, by the id of a gateway of another stack", () => {
            const open = table([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }]);
            expect(leadsToInternet(new StackView([subnet, open, association]), subnet)).to.equal(true);
        });

        it("do not through a NAT gateway or a VPN", () => {
            const closed = table([
                { cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
                { cidrBlock: "192.168.0.0/16", gatewayId: "vgw-1" },
            ]);
            expect(leadsToInternet(new StackView([subnet, closed, association]), subnet)).to.equal(false);
        });

        it("lead to the internet by the VPC's main table where the subnet has none", () => {
            const vpc = member("aws:ec2/vpc:Vpc", { id: "vpc-1" });
            const main = member("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", {
                vpcId: "vpc-1",
                routeTableId: "rtb-1",
            });
            const route = member("aws:ec2/route:Route", { routeTableId: "rtb-1", gatewayId: "igw-1" });
            const stack = new StackView([vpc, subnet, table([]), main, route]);
            expect(leadsToInternet(stack, subnet)).to.equal(true);
        });
    });

    describe("access logs", () => {
        const target = member("aws:s3/bucket:Bucket", { bucket: "logs" });
        const source = (balancer: object): readonly string[] =>
            logSourcesOf(
                new StackView([target, member("aws:lb/loadBalancer:LoadBalancer", { ...balancer })]),
                target,
            );

        it("come from load balancers, told by kind", () => {
            expect(source({ accessLogs: { bucket: "logs" } })).to.deep.equal(["load balancers"]);
            expect(source({ loadBalancerType: "network", accessLogs: { bucket: "logs" } })).to.deep.equal([
                "network load balancers",
            ]);
            expect(source({ connectionLogs: { bucket: "logs" } })).to.deep.equal(["load balancers"]);
            expect(source({ accessLogs: { bucket: "others" } })).to.deep.equal([]);
        });

        it("come from buckets, inline or by a resource", () => {
            const inline = member("aws:s3/bucket:Bucket", { bucket: "a", logging: { targetBucket: "logs" } });
            const logging = member("aws:s3/bucketLogging:BucketLogging", {
                bucket: "b",
                targetBucket: "logs",
            });
            expect(logSourcesOf(new StackView([target, inline]), target)).to.deep.equal(["buckets"]);
            expect(logSourcesOf(new StackView([target, logging]), target)).to.deep.equal(["buckets"]);
        });
    });

    describe("zones of a cluster's instances", () => {
        const cluster = member("aws:rds/cluster:Cluster", { id: "shop", engine: "aurora-postgresql" });
        const reasons = (...zones: readonly (string | undefined)[]): string[] => {
            const members = zones.map((availabilityZone, index) =>
                member("aws:rds/clusterInstance:ClusterInstance", {
                    identifier: `shop-${"i".repeat(index)}`,
                    clusterIdentifier: "shop",
                    ...(availabilityZone === undefined ? {} : { availabilityZone }),
                }),
            );
            const found: string[] = [];
            clusterMembers.checkStack(
                new StackView([cluster, ...members]),
                (reason) => {
                    found.push(reason);
                },
                { minMembers: 2 },
            );
            return found;
        };

        it("must differ where the program chooses them", () => {
            expect(reasons("us-east-1a", "us-east-1a")).to.deep.equal([
                "has all its instances in us-east-1a.",
            ]);
            expect(reasons("us-east-1a", "us-east-1b")).to.deep.equal([]);
        });

        it("are AWS's business where the program leaves them out", () => {
            expect(reasons(undefined, undefined)).to.deep.equal([]);
            expect(reasons("us-east-1a", undefined)).to.deep.equal([]);
        });
    });
});

function member(type: string, props: Readonly<Record<string, unknown>>): Member {
    const name = `${type}-${JSON.stringify(props).length}`;
    return {
        type,
        name,
        urn: `urn:pulumi:test::meridian::${type}::${name}`,
        props,
        opts: { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
        dependencies: [],
        propertyDependencies: {},
    };
}
