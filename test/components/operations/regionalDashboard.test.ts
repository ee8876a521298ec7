import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
    RegionalDashboard,
    type RegionalDashboardArgs,
} from "../../../components/operations/regionalDashboard";
import { at, json, one, previewProgram, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";

const fleet = (tier: string) => ({
    loadBalancerArnSuffix: pulumi.output(`app/shop-${tier}/0123456789abcdef`),
    targetGroupArnSuffix: `targetgroup/shop-${tier}/0123456789abcdef`,
    autoScalingGroupName: `shop-${tier}-group`,
});
const good: RegionalDashboardArgs = {
    region: TEST_REGION,
    environment: "prod",
    regionKey: "eu",
    web: fleet("web"),
    webAclMetricName: "shop-web",
    api: fleet("api"),
};

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

function make(changes: Partial<RegionalDashboardArgs> = {}) {
    return previewProgram(() => {
        const dashboard = new RegionalDashboard("shop", { ...good, ...changes }, inTestAccount());
        return { name: dashboard.dashboardName, arn: dashboard.dashboardArn };
    });
}

describe("RegionalDashboard", () => {
    it("is called after environment and region, because an account's dashboards share one set of names", async () => {
        const preview = await make();
        expect(preview.outputs.name).to.equal("shop-prod-eu");
        expect(one(preview, DASHBOARD, "shop-dashboard").inputs.dashboardName).to.equal("shop-prod-eu");
        expectRegion(preview, TEST_REGION);
        const other = await make({ regionKey: "us" });
        expect(other.outputs.name).to.equal("shop-prod-us");
    });

    it("has a body with every value filled in", async () => {
        const body = json(one(await make(), DASHBOARD).inputs.dashboardBody);
        expect(at(body, "widgets[0].properties.markdown")).to.equal("# prod in eu-central-1");
        const text = JSON.stringify(body);
        expect(text).to.contain("app/shop-web/0123456789abcdef");
        expect(text).to.not.match(/undefined|\[object|toString/);
    });

    it("takes an environment of several words, and keys without hyphens, so that no two make one name", async () => {
        expect((await make({ environment: "load-test" })).outputs.name).to.equal("shop-load-test-eu");
        const message = await refusal(
            () =>
                new RegionalDashboard(
                    "shop board",
                    { ...good, region: "eu", environment: "Prod", regionKey: "eu-2" },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 4 problems");
        expect(message).to.contain(
            'environment is "Prod"; allowed: lower-case letters and digits, with single hyphens between them',
        );
        expect(message).to.contain('regionKey is "eu-2"; allowed: lower-case letters and digits');
        expect(message).to.contain('name is "shop board"; allowed: letters, digits, _ and -');
    });

    it("takes a name of 255 characters in all and refuses 256", async () => {
        const longest = "d".repeat(255 - "-prod-eu".length);
        const preview = await previewProgram(() => new RegionalDashboard(longest, good, inTestAccount()));
        expect(preview.error).to.equal(undefined);
        expect(await refusal(() => new RegionalDashboard(`${longest}d`, good, inTestAccount()))).to.contain(
            "at most 255 characters",
        );
    });
});
