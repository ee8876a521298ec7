import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { DeploymentStrategy } from "../../../../components/compute/containerService/deploymentArgs";
import {
    Ec2ContainerService,
    type Ec2ContainerServiceArgs,
} from "../../../../components/compute/ec2ContainerService/ec2ContainerService";
import { fullEc2, goodEc2 } from "../../../support/components/containerArguments";
import { one, previewProgram, TEST_REGION } from "../../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../../support/surroundings";

const make = (changes: Partial<Ec2ContainerServiceArgs> = {}) =>
    previewProgram(() => {
        new Ec2ContainerService("shop-search", { ...goodEc2, ...changes }, inTestAccount());
    });
const refused = (changes: Partial<Ec2ContainerServiceArgs>) =>
    refusal(() => new Ec2ContainerService("shop-search", { ...goodEc2, ...changes }, inTestAccount()));

describe("Ec2ContainerService", () => {
    it("is in one region, with all of its resources", async () => {
        for (const args of fullEc2) {
            expectRegion(await make(args), TEST_REGION);
        }
    });

    it("runs its tasks on the capacity provider, over zones first", async () => {
        const preview = await make();
        expect(one(preview, "aws:ecs/service:Service").inputs).to.deep.include({
            capacityProviderStrategies: [{ capacityProvider: "shop-instances", weight: 1 }],
            orderedPlacementStrategies: [
                { type: "spread", field: "attribute:ecs.availability-zone" },
                { type: "binpack", field: "memory" },
            ],
            availabilityZoneRebalancing: "ENABLED",
        });
        expect(one(preview, "aws:ecs/service:Service").inputs).to.not.have.any.keys(
            "platformVersion",
            "launchType",
        );
        expect(one(preview, "aws:ecs/taskDefinition:TaskDefinition").inputs).to.deep.include({
            requiresCompatibilities: ["EC2"],
            networkMode: "awsvpc",
            cpu: "256",
            memory: "512",
        });
    });

    it("has network interfaces for all its tasks and for one more, which a deployment needs", async () => {
        expect((await make({ taskCeiling: 9, scaling: { maxTasks: 8 } })).error).to.equal(undefined);
        const message = await refused({ taskCeiling: 8, scaling: { maxTasks: 8 } });
        expect(message).to.contain(
            "  - taskCeiling is 8; allowed: 9 or more: scaling.maxTasks, and one while",
        );
        // The default is eight.
        expect(await refused({ taskCeiling: 8 })).to.contain("taskCeiling is 8");
    });

    it("has them twice where traffic is shifted", async () => {
        const deployment = { strategy: DeploymentStrategy.Canary };
        expect((await make({ taskCeiling: 16, deployment })).error).to.equal(undefined);
        expect(await refused({ taskCeiling: 15, deployment })).to.contain("and as many again while");
    });

    it("is refused when the ceiling is known, where that is only later", async () => {
        const { error } = await make({ taskCeiling: pulumi.output(Promise.resolve(4)) });
        expect(error?.message).to.contain("taskCeiling is 4; allowed: 9 or more");
    });

    it("is refused on a cluster without instances, and on Fargate", async () => {
        for (const capacityProviderName of ["", "FARGATE", "FARGATE_SPOT"]) {
            expect(await refused({ capacityProviderName })).to.contain(
                "a cluster has one with instanceCapacity",
            );
        }
        const { error } = await make({ capacityProviderName: pulumi.output("") });
        expect(error?.message).to.contain("a cluster has one with instanceCapacity");
    });
});
