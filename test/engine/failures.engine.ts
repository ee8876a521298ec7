/** A few resources on the real engine, with everything that may go wrong while they are made and deleted. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { deletedTooEarly, discrepancies, madeTwice, refusals } from "../support/engine/accounts";
import { OWN_PACKS } from "../../tools/preview/policies/choice";
import { type Fault, faultsHad, writeFaults } from "../support/engine/faults";
import {
    complaints,
    EngineWorkspace,
    type Outcome,
    outcomeOf,
    type State,
} from "../support/engine/workspace";

const ROLE = "aws:iam/role:Role";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Two that have a name, and two that AWS makes as often as it is asked to. */
function program(): object {
    const provider = new aws.Provider("account", { region: "us-east-1" });
    const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
    const subnet = new aws.ec2.Subnet("net-a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { provider });
    const role = new aws.iam.Role("worker", { name: "worker", assumeRolePolicy: "{}" }, { provider });
    const policy = new aws.iam.RolePolicy("worker-policy", { role: role.name, policy: "{}" }, { provider });
    return { subnet: subnet.id, policy: policy.id };
}

describe("a few resources on the real engine", () => {
    let workspace: EngineWorkspace;
    let stack: Stack;

    beforeEach(async () => {
        workspace = await EngineWorkspace.open();
        stack = await workspace.stack("dev-us", program);
    });
    afterEach(() => {
        workspace.close();
    });

    function fault(...faults: readonly Fault[]): void {
        writeFaults(workspace.world, faults);
    }

    const up = (): Promise<Outcome> => outcomeOf((onEvent) => stack.up({ onEvent }));
    const destroy = (): Promise<Outcome> => outcomeOf((onEvent) => stack.destroy({ onEvent }));
    const state = (): Promise<State> => workspace.state(stack);

    /** All is there, once, and the engine knows it. */
    async function expectAllMade(): Promise<void> {
        expect(complaints(await up())).to.equal("");
        expect(workspace.world.size).to.equal(4);
        expect(madeTwice(workspace.world)).to.deep.equal([]);
        const now = await state();
        expect(discrepancies(workspace.world, [now])).to.deep.equal([]);
        expect([...now.pending]).to.deep.equal([]);
        expect((await outcomeOf((onEvent) => stack.preview({ onEvent }))).changes).to.have.all.keys("same");
    }

    /** Nothing is there, and what depends on something went before it. */
    async function expectAllGone(before: State): Promise<void> {
        expect(complaints(await destroy())).to.equal("");
        expect(workspace.world.size).to.equal(0);
        expect(deletedTooEarly(workspace.world, before)).to.deep.equal([]);
        expect(refusals(workspace.world)).to.deep.equal([]);
        const { pending, resources } = await state();
        expect(resources).to.deep.equal([]);
        expect([...pending]).to.deep.equal([]);
    }

    it("go on after a refusal, and after one of half of what was to be made", async () => {
        fault({ operation: "create", type: ROLE, kind: "refuse" });
        expect(complaints(await up())).to.contain("AccessDenied");
        fault({ operation: "create", type: SUBNET, kind: "halfMade" });
        expect(complaints(await up())).to.contain("made, and not usable yet");
        // It is in the state, so that it can be mended or deleted.
        expect(discrepancies(workspace.world, [await state()])).to.deep.equal([]);
        await expectAllMade();
        // The whole of the way back, with the same troubles.
        const before = await state();
        fault({ operation: "delete", type: SUBNET, kind: "timeOut" });
        expect(complaints(await destroy())).to.contain("i/o timeout");
        fault({ operation: "delete", type: ROLE, kind: "refuse" });
        expect(complaints(await destroy())).to.contain("AccessDenied");
        await expectAllGone(before);
    });

    it("do not come to harm by throttling, unless it never ends", async () => {
        fault({ operation: "create", type: ROLE, kind: "throttle", times: 20 });
        await expectAllMade();
        expect(faultsHad(workspace.world)).to.equal(20);
        fault({ operation: "delete", type: ROLE, kind: "throttle", times: "always" });
        expect(complaints(await destroy())).to.contain("ThrottlingException");
        fault();
        expect(complaints(await destroy())).to.equal("");
    });

    it("are not made twice when an answer was lost, where AWS knows the name", async () => {
        fault({ operation: "create", type: ROLE, kind: "timeOut" });
        expect(complaints(await up())).to.contain("i/o timeout");
        expect(complaints(await up())).to.contain("EntityAlreadyExists: worker exists already");
        expect(workspace.world.existing(ROLE)).to.have.length(1);
    });

    it("are as they were said to be after an interrupt, and go on", async () => {
        fault({ operation: "create", type: ROLE, kind: "interruptEngine" });
        const stopped = await up();
        expect(stopped.failure).to.not.equal(undefined);
        const now = await state();
        expect([...now.pending]).to.deep.equal([]);
        expect(discrepancies(workspace.world, [now])).to.deep.equal([]);
        expect(workspace.world.size).to.be.within(1, 3);
        await expectAllMade();
        fault({ operation: "delete", type: "aws:iam/rolePolicy:RolePolicy", kind: "interruptEngine" });
        const before = await state();
        // The engine ends this well all the same, and says that all is deleted: `npm run destroy` looks for itself.
        await destroy();
        expect(workspace.world.size).to.be.within(1, 3);
        await expectAllGone(before);
    });

    it("are refused to be deleted in a wrong order, by AWS's own word, and go in the right one", async () => {
        // In a stack of its own, of which the first knows nothing.
        const inside = await workspace.stack("prod-us", () => {
            const provider = new aws.Provider("account", { region: "us-east-1" });
            const [vpc] = workspace.world.existing("aws:ec2/vpc:Vpc");
            const group = new aws.ec2.SecurityGroup("guest", { vpcId: vpc?.id ?? "" }, { provider });
            const attachment = new aws.iam.RolePolicyAttachment(
                "guest",
                { role: "worker", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
                { provider },
            );
            return { group: group.id, attachment: attachment.id };
        });
        await expectAllMade();
        expect(complaints(await outcomeOf((onEvent) => inside.up({ onEvent })))).to.equal("");
        const early = complaints(await destroy());
        expect(early).to.contain("DependencyViolation: The vpc has dependencies and cannot be deleted.");
        expect(early).to.contain("DeleteConflict: Cannot delete entity, must detach all policies first.");
        expect(complaints(await outcomeOf((onEvent) => inside.destroy({ onEvent })))).to.equal("");
        expect(complaints(await destroy())).to.equal("");
        expect(workspace.world.size).to.equal(0);
    });

    it("are refused by a pack whose configuration names what is no rule of it, as the engine does not", async () => {
        const [pack = ""] = OWN_PACKS;
        const config = path.join(workspace.folder, "misspelt.json");
        fs.writeFileSync(
            config,
            JSON.stringify({ all: "disabled", settings: "mandatory", "s3-no-such": "mandatory" }),
        );
        const judged = { policyPacks: [pack], policyPackConfigs: [config] };
        const outcome = await outcomeOf((onEvent) => stack.up({ ...judged, onEvent }));
        expect(complaints(outcome)).to.contain(
            'the configuration names "s3-no-such", which is no rule of this pack.',
        );
        expect(workspace.world.size).to.equal(0);
    });
});
