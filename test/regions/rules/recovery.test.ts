import { describeKeys } from "../../support/regions/keyRules";
import { expect } from "chai";
import { line } from "../../support/regions/keyRules";
import { problemsOf } from "../../support/regions/stackConfigs";

describe("the rules of what watches regions and moves work between them", () => {
    describeKeys([
        ...(["trafficSwitch", "healthEvents", "regionSwitchPlan", "faultExperiments"] as const).map(
            (key) => ({
                key,
                good: [true, false],
                bad: [["yes", "true or false"]] as [string, string][],
            }),
        ),
        {
            key: "canaryIntervalMinutes",
            good: [0, 1, 60],
            bad: [
                [-1, "0 to 60"],
                [61, "0 to 60"],
            ],
        },
    ]);

    it("take a plan that moves viewers where there is a plan, and no continents that pass its records by", () => {
        const traffic = { regionSwitchTraffic: true };
        expect(problemsOf({ ...traffic, regionSwitchPlan: true })).to.deep.equal([]);
        expect(problemsOf(traffic)).to.deep.equal([
            line("regionSwitchTraffic", true, "false unless meridian:regionSwitchPlan is true"),
        ]);
        expect(problemsOf({ ...traffic, regionSwitchPlan: true, geolocationRouting: true })[0]).to.contain(
            "false while meridian:geolocationRouting is true",
        );
    });
});
