import { expect } from "chai";
import {
    FaultExperiments,
    type FaultExperimentsArgs,
} from "../../../components/operations/faultExperiments/faultExperiments";
import { at, json, ofType, one, previewProgram, TEST_REGION } from "../../support/preview";
import { arnIn, fullFaults as FULL } from "../../support/components/recoveryArguments";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";

const TEMPLATE = "aws:fis/experimentTemplate:ExperimentTemplate";
const arn = (service: string, rest: string): string => arnIn(TEST_REGION, service, rest);
const [ALARM = ""] = FULL.stopAlarmArns;

const make = (args: FaultExperimentsArgs = FULL) =>
    previewProgram(() => {
        const { templateIds } = new FaultExperiments("shop-faults", args, inTestAccount());
        return { templateIds };
    });

interface Action {
    actionId: string;
    parameters?: { key: string; value: string }[];
    target: { key: string; value: string };
}

const template = async (name: string) => one(await make(), TEMPLATE, `shop-faults-${name}-template`).inputs;
const actionsOf = (inputs: Record<string, unknown>) =>
    (inputs.actions as Action[]).map(({ actionId, parameters = [], target }) => [
        actionId,
        Object.fromEntries(parameters.map(({ key, value }) => [key, value])),
        target.key,
    ]);

/** Source: AWS FIS User Guide, "AWS FIS Actions reference": what each action must be given, and what it is done to. */
const REFERENCE: Record<string, { needs: string[]; target: string; type: string }> = {
    "aws:network:route-table-disrupt-cross-region-connectivity": {
        needs: ["region", "duration"],
        target: "Subnets",
        type: "aws:ec2:subnet",
    },
    "aws:ec2:send-spot-instance-interruptions": {
        needs: ["durationBeforeInterruption"],
        target: "SpotInstances",
        type: "aws:ec2:spot-instance",
    },
    "aws:ec2:stop-instances": { needs: [], target: "Instances", type: "aws:ec2:instance" },
    "aws:ec2:asg-insufficient-instance-capacity-error": {
        needs: ["availabilityZoneIdentifiers", "duration", "percentage"],
        target: "AutoScalingGroups",
        type: "aws:ec2:autoscaling-group",
    },
    "aws:network:disrupt-connectivity": {
        needs: ["scope", "duration"],
        target: "Subnets",
        type: "aws:ec2:subnet",
    },
    "aws:rds:failover-db-cluster": { needs: [], target: "Clusters", type: "aws:rds:cluster" },
};

describe("FaultExperiments", () => {
    it("gives every action what AWS's reference demands, and a target of its type", async () => {
        const templates = ofType(await make(), TEMPLATE);
        expect(templates).to.have.lengthOf(3);
        for (const { inputs } of templates) {
            for (const { actionId, parameters = [], target } of inputs.actions as Action[]) {
                const demanded = REFERENCE[actionId];
                expect(
                    parameters.map(({ key }) => key),
                    actionId,
                ).to.have.members(demanded?.needs ?? ["?"]);
                expect(target.key, actionId).to.equal(demanded?.target);
                const aimed = (inputs.targets as { name: string; resourceType: string }[]).find(
                    ({ name }) => name === target.value,
                );
                expect(aimed?.resourceType, actionId).to.equal(demanded?.type);
            }
        }
        expectRegion(await make(), TEST_REGION);
    });

    it("cuts off the region that it is told, takes back as many instances as told, for as long as told", async () => {
        expect(actionsOf(await template("cross-region"))).to.deep.equal([
            [
                "aws:network:route-table-disrupt-cross-region-connectivity",
                { region: "us-east-1", duration: "PT10M" },
                "Subnets",
            ],
        ]);
        expect(at(await template("spot"), "targets[0]")).to.deep.include({
            selectionMode: "COUNT(2)",
            resourceTags: [{ key: "stack", value: "prod-eu" }],
        });
        const power = await template("zone-power");
        expect(actionsOf(power)[1]).to.deep.equal([
            "aws:ec2:asg-insufficient-instance-capacity-error",
            { availabilityZoneIdentifiers: `${TEST_REGION}a`, duration: "PT20M", percentage: "100" },
            "AutoScalingGroups",
        ]);
        expect(at(power, "targets[3].parameters")).to.deep.equal({
            writerAvailabilityZoneIdentifiers: `${TEST_REGION}a`,
        });
    });

    it("ends each by the alarms, writes each down, and leaves out in a zone what is not there", async () => {
        for (const [name, mode] of [
            ["cross-region", "fail"],
            ["spot", "fail"],
            ["zone-power", "skip"],
        ] as const) {
            const inputs = await template(name);
            expect(inputs.stopConditions, name).to.deep.equal([
                { source: "aws:cloudwatch:alarm", value: ALARM },
            ]);
            expect(at(inputs, "experimentOptions.emptyTargetResolutionMode"), name).to.equal(mode);
            expect(at(inputs, "logConfiguration.logSchemaVersion"), name).to.equal(2);
            expect(at(inputs, "logConfiguration.cloudwatchLogsConfiguration.logGroupArn"), name).to.match(
                /:log-group:\/aws\/vendedlogs\/fis\/shop-faults-[^:]*:\*$/,
            );
        }
    });

    it("runs each as a role that changes nothing but what it is about", async () => {
        const preview = await make();
        for (const { inputs, name } of ofType(preview, "aws:iam/rolePolicy:RolePolicy")) {
            const { Statement } = json(inputs.policy) as {
                Statement: { Action: string[]; Resource: unknown; Condition?: object }[];
            };
            for (const { Action, Condition, Resource } of Statement) {
                const looks = Action.every((action) => /:(?:Describe|Get|List)|^logs:/.test(action));
                // The one call without a resource is bound to the action and the groups by conditions.
                const bound = Action.join() === "ec2:InjectApiError" && Condition !== undefined;
                expect(Resource !== "*" || looks || bound, `${name}: ${Action.join()}`).to.equal(true);
            }
        }
        const spot = json(
            one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-faults-spot-policy").inputs.policy,
        );
        expect(at(spot, "Statement[1]")).to.deep.include({
            Action: ["ec2:SendSpotInstanceInterruptions"],
            Condition: { StringEquals: { "aws:ResourceTag/stack": "prod-eu" } },
        });
        const trust = json(
            one(preview, "aws:iam/role:Role", "shop-faults-spot-role").inputs.assumeRolePolicy,
        );
        expect(at(trust, "Statement[0].Condition.ArnLike")).to.deep.equal({
            "aws:SourceArn": arn("fis", "experiment/*"),
        });
    });

    it("makes only what is asked for, and gives out the ids by fault", async () => {
        const { crossRegion: _, zonePower: __, ...one_ } = FULL;
        const preview = await make(one_);
        expect(Object.keys(preview.outputs.templateIds as object)).to.deep.equal(["spotInterruption"]);
    });

    for (const [what, changes, problem] of [
        [
            "no experiment",
            { crossRegion: undefined, spotInterruption: undefined, zonePower: undefined },
            "one of crossRegion",
        ],
        [
            "its own region as the other one",
            { crossRegion: { ...FULL.crossRegion, peerRegion: TEST_REGION } },
            "another AWS region",
        ],
        [
            "six subnets",
            {
                crossRegion: {
                    ...FULL.crossRegion,
                    subnetArns: Array<string>(6).fill(FULL.crossRegion.subnetArns[0] ?? ""),
                },
            },
            "1 to 5 of them",
        ],
        [
            "no tag, which would mean every instance",
            { spotInterruption: { instanceTags: {} } },
            "one tag at least",
        ],
        ["no alarm", { stopAlarmArns: [] }, "1 to 5 of them"],
        [
            "a zone of another region",
            { zonePower: { ...FULL.zonePower, availabilityZone: "us-east-1a" } },
            `a zone of ${TEST_REGION}`,
        ],
    ] as const) {
        it(`refuses ${what}`, async () => {
            const args = { ...FULL, ...changes } as unknown as FaultExperimentsArgs;
            expect(
                await refusal(() => new FaultExperiments("shop-faults", args, inTestAccount())),
            ).to.contain(problem);
        });
    }
});
