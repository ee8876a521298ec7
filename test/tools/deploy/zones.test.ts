import { expect } from "chai";
import { type StateResource } from "../../../tools/deploy/stackRunner";
import { zoneProblems } from "../../../tools/deploy/zones";
import { cleanUp, resource, testWorld } from "./deployments";

const ARN = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/shop-api-nlb-1/2";
const URN = "urn:pulumi:prod-us::meridian::meridian:index:ApiTier$aws:lb/loadBalancer:LoadBalancer::api-nlb";
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

const subnets = ZONES.map((zone, index) =>
    resource("aws:ec2/subnet:Subnet", {
        id: `subnet-${zone.slice(-1)}`,
        urn: `urn:pulumi:prod-us::meridian::aws:ec2/subnet:Subnet::shop-vpc-network-api-${index + 1}`,
        outputs: { availabilityZone: zone },
    }),
);

function balancer(loadBalancerType: string, ...ids: readonly string[]): StateResource {
    return resource("aws:lb/loadBalancer:LoadBalancer", {
        id: ARN,
        urn: URN,
        inputs: { loadBalancerType, subnets: ["subnet-a", "subnet-b", "subnet-c"] },
        outputs: { loadBalancerType, subnets: ids },
    });
}

function instance(number: number, zone: string): StateResource {
    return resource("aws:rds/clusterInstance:ClusterInstance", {
        id: `meridian-prod-us-${number}${zone.slice(-1)}`,
        outputs: { availabilityZone: zone },
    });
}

const inAll = balancer("network", "subnet-a", "subnet-b", "subnet-c");

describe("a zone that is taken away", () => {
    afterEach(cleanUp);

    it("is refused by npm run up before anything is begun, with what to do first", async () => {
        const world = testWorld(
            { "prod-us": { resources: [...subnets, inAll, instance(1, "us-east-1a")] } },
            { availabilityZones: "[us-east-1a, us-east-1b]" },
        );
        // The other region's stack has zones of its own in the same file here, and nothing in it yet.
        expect(await world.run("up", "--yes")).to.equal(1);
        expect(world.runner.calls).to.deep.equal([]);
        expect(world.complained).to.contain(
            "availabilityZones cannot be changed so yet:\n  prod-us: the network balancer",
        );
        expect(world.complained).to.contain(
            `    aws elbv2 set-subnets --region us-east-1 --load-balancer-arn ${ARN} --subnets subnet-a subnet-b\n` +
                `    pulumi refresh --stack prod-us --target '${URN}'`,
        );
    });

    it("is refused by npm run preview:live too", async () => {
        const world = testWorld(
            { "prod-us": { resources: [...subnets, inAll] } },
            { availabilityZones: "[us-east-1a, us-east-1b]" },
        );
        expect(await world.run("preview")).to.equal(1);
        expect(world.runner.calls).to.deep.equal([]);
    });

    it("goes ahead once the balancer is out of it", async () => {
        const world = testWorld(
            {
                "prod-us": {
                    resources: [...subnets, balancer("network", "subnet-a", "subnet-b")],
                },
            },
            { availabilityZones: "[us-east-1a, us-east-1b]" },
        );
        expect(await world.run("up", "--yes")).to.equal(0);
    });

    it("goes ahead where all zones stay, by the catalogue", async () => {
        const world = testWorld({ "prod-us": { resources: [...subnets, inAll] } });
        expect(await world.run("up", "--yes")).to.equal(0);
    });

    it("does not trouble an application balancer, which loses subnets in place", () => {
        const application = balancer("application", "subnet-a", "subnet-b", "subnet-c");
        expect(zoneProblems("prod-us", ZONES.slice(0, 2), [...subnets, application])).to.deep.equal([]);
    });

    it("is refused while the database has an instance in it", () => {
        const resources = [...subnets, ...ZONES.map((zone, index) => instance(index + 1, zone))];
        expect(zoneProblems("prod-us", ZONES.slice(0, 2), resources)).to.deep.equal([
            "  prod-us: RDS keeps the subnets of meridian-prod-us-3c (us-east-1c). Update with the zone in its place and " +
                "databaseInstanceCount 2 first.",
        ]);
        expect(zoneProblems("prod-us", ZONES, resources)).to.deep.equal([]);
    });

    it("is taken away at the end of the list alone", () => {
        const out = balancer("network", "subnet-a", "subnet-c");
        expect(zoneProblems("prod-us", ["us-east-1a", "us-east-1c"], [...subnets, out])).to.deep.equal([
            "  prod-us: us-east-1c would get another place in availabilityZones, which decides the addresses of its " +
                "subnets: all that is in them would be replaced. Keep the order, and add and take away at the end.",
        ]);
        expect(zoneProblems("prod-us", [...ZONES, "us-east-1d"], [...subnets, inAll])).to.deep.equal([]);
    });

    it("is known by the inputs where a state has no outputs", () => {
        const bare = { ...inAll, outputs: {} };
        expect(zoneProblems("prod-us", ["us-east-1a", "us-east-1b"], [...subnets, bare])).to.have.length(3);
    });
});
