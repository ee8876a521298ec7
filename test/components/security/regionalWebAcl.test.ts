import { expect } from "chai";

import { Exposure } from "../../../components/shared/exposure";
import { WebTier, type WebTierArgs } from "../../../components/compute/webTier/webTier";
import { at, one, previewProgram } from "../../support/preview";
import { inTestAccount } from "../../support/surroundings";
import { goodWeb, LOG_KEY } from "../../support/components/tierArguments";

const ACL = "aws:wafv2/webAcl:WebAcl";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const onInternet: Partial<WebTierArgs> = {
    exposure: Exposure.Internet,
    originHeaderName: undefined,
    originHeaderValue: undefined,
};

const make = (changes: Partial<WebTierArgs> = {}) =>
    previewProgram(() => {
        const web = new WebTier("shop-web", { ...goodWeb, ...changes }, inTestAccount());
        return {
            loadBalancerArn: web.loadBalancerArn,
            loadBalancerArnSuffix: web.loadBalancerArnSuffix,
            targetGroupArnSuffix: web.targetGroupArnSuffix,
            webAclArn: web.webAclArn,
        };
    });

describe("RegionalWebAcl", () => {
    it("is the balancer's, and its rules are either groups or actions, in an order of their own", async () => {
        for (const changes of [{}, onInternet]) {
            const preview = await make(changes);
            expect(one(preview, "aws:wafv2/webAclAssociation:WebAclAssociation").inputs).to.include({
                resourceArn: preview.outputs["loadBalancerArn"],
                webAclArn: preview.outputs["webAclArn"],
            });
            const acl = one(preview, ACL);
            expect(acl.inputs).to.deep.include({ scope: "REGIONAL", defaultAction: { allow: {} } });
            const rules = acl.inputs["rules"] as Record<string, unknown>[];
            expect(rules.map((rule) => rule["priority"])).to.deep.equal(rules.map((_, index) => index));
            for (const rule of rules) {
                const group = at(rule, "statement.managedRuleGroupStatement") !== undefined;
                expect(rule["action"] === undefined).to.equal(group);
                expect(rule["overrideAction"] === undefined).to.equal(!group);
                expect(at(rule, "visibilityConfig.metricName")).to.match(/^[\w-]{1,128}$/);
            }
        }
    });

    it("logs under a name that WAF accepts, without credentials", async () => {
        const preview = await make();
        const log = one(preview, LOG_GROUP, "shop-web-firewall-log");
        expect(log.inputs).to.include({
            namePrefix: "aws-waf-logs-shop-web-firewall-",
            retentionInDays: 365,
            kmsKeyId: LOG_KEY,
        });
        expect(
            one(preview, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs,
        ).to.deep.include({
            resourceArn: preview.outputs["webAclArn"],
            logDestinationConfigs: [log.outputs["arn"]],
            redactedFields: [
                { singleHeader: { name: "authorization" } },
                { singleHeader: { name: "cookie" } },
                { singleHeader: { name: "x-meridian-origin-eu" } },
            ],
        });
    });
});
