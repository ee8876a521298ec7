import { expect } from "chai";
import { type PendingOperation } from "../../../tools/deploy/stackRunner";
import { cleanUp, testWorld } from "./deployments";

const VPC = "urn:pulumi:prod-us::meridian::aws:ec2/vpc:Vpc::shop-vpc";
const KEY = "urn:pulumi:prod-us::meridian::aws:kms/key:Key::shop-key";

const NETWORK = "urn:pulumi:prod-us::meridian::meridian:network:Vpc3Tier::shop-vpc";
const STACK = "urn:pulumi:prod-us::meridian::pulumi:pulumi:Stack::meridian-prod-us";
const ACCOUNT = "urn:pulumi:prod-us::meridian::pulumi:providers:aws::us-east-1";

function operation(urn: string, kind: string, more: Partial<PendingOperation> = {}): PendingOperation {
    return { urn, kind, parent: STACK, provider: ACCOUNT, ...more };
}

const CREATIONS = [
    operation(VPC, "creating", { parent: NETWORK }),
    operation(KEY, "creating", { provider: "" }),
];

const REFUSAL =
    "refused: an update was killed while it created what AWS may have made or not; going on would make it twice:\n" +
    "  prod-us, once it is certain that no update of it is running:\n" +
    "    pulumi cancel --yes --stack prod-us\n" +
    "  for each of these that AWS has, with its id:\n" +
    "    pulumi import --yes --stack prod-us --generate-code=false --protect=false " +
    `--parent 'parent=${NETWORK}' --provider 'provider=${ACCOUNT}' aws:ec2/vpc:Vpc 'shop-vpc' <id>\n` +
    "    pulumi import --yes --stack prod-us --generate-code=false --protect=false aws:kms/key:Key 'shop-key' <id>\n" +
    "  and then:\n" +
    "    pulumi refresh --yes --stack prod-us --clear-pending-creates\n";

describe("what an update that was killed had begun", () => {
    afterEach(cleanUp);

    it("is not created a second time, and the way out is told", async () => {
        const world = testWorld({ "prod-us": { pending: CREATIONS } });
        expect(await world.run("up", "--yes")).to.equal(1);
        expect(world.complained).to.equal(REFUSAL);
        expect(world.runner.calls).to.deep.equal([]);
    });

    it("is told in commands that a shell takes, whatever its name is", async () => {
        const world = testWorld({ "prod-us": { pending: [operation(`${KEY}'s; rm -r`, "creating")] } });
        expect(await world.run("up", "--yes")).to.equal(1);
        expect(world.complained).to.contain("aws:kms/key:Key 'shop-key'\\''s; rm -r' <id>\n");
    });

    it("is not left behind when all is destroyed", async () => {
        const world = testWorld({ "prod-us": { pending: CREATIONS } }, { deletionProtection: "false" });
        expect(await world.run("destroy", "--yes")).to.equal(1);
        expect(world.complained).to.equal(REFUSAL);
        expect(world.runner.calls).to.deep.equal([]);
    });

    it("is no matter of stacks that were not asked for", async () => {
        const world = testWorld({ "prod-us": { pending: CREATIONS } });
        expect(await world.run("up", "--yes", "eu")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["up prod-eu"]);
    });

    it("is done again where it only changed or deleted something, and told", async () => {
        const world = testWorld({
            "prod-us": {
                pending: [operation(KEY, "updating"), operation(VPC, "deleting")],
            },
        });
        expect(await world.run("up", "--yes")).to.equal(0);
        expect(world.printed).to.contain(
            "prod-us      updating aws:kms/key:Key shop-key was interrupted, and is begun again\n",
        );
        expect(world.printed).to.contain(
            "prod-us      deleting aws:ec2/vpc:Vpc shop-vpc was interrupted, and is begun again\n",
        );
        expect(world.runner.calls).to.contain("up prod-us");
    });

    it("keeps a global stack from being updated that was not asked for itself", async () => {
        const world = testWorld({
            "prod-us": { next: { url: "another" } },
            "prod-global": {
                pending: [operation(VPC.replace("prod-us", "prod-global"), "creating")],
            },
        });
        expect(await world.run("up", "--yes", "us")).to.equal(1);
        expect(world.complained).to.contain(
            "  prod-global, once it is certain that no update of it is running:\n",
        );
        expect(world.runner.calls).to.deep.equal(["up prod-us"]);
    });
});
