/** What viewers meet first: distributions and firewalls. */
import { inputOf } from "../../../../framework/items";
import { type Member } from "../../../../framework/stackView";
import { flag, list, text } from "../../../../framework/subject";
import { type Bill } from "../bill";
import { GLOBAL } from "../priceTable";
import { type Meters } from "./meter";

const CLOUDFRONT = "AmazonCloudFront";
const WAF = "AWSWAF";
const KB_OF_GB = 1024 * 1024;

function distribution(bill: Bill): void {
    const { usage } = bill;
    if (usage === undefined) {
        return;
    }
    const requests = bill.read("cloudfront.requests", "HTTPS requests");
    const gb = bill.read("cloudfront.gbOut", "data out to internet");
    for (const [area, share] of Object.entries(usage.viewers)) {
        bill.usedAs(CLOUDFRONT, `${area}: HTTPS requests`, (requests ?? 0) * share);
        bill.usedAs(CLOUDFRONT, `${area}: data out to internet`, (gb ?? 0) * share);
    }
    const hits = bill.read("cloudfront.hitRatio", "data out to origin");
    const kb = bill.read("cloudfront.kbToOrigin", "data out to origin");
    if (requests !== undefined && hits !== undefined && kb !== undefined) {
        for (const [area, share] of Object.entries(usage.viewers)) {
            bill.usedAs(
                CLOUDFRONT,
                `${area}: data out to origin`,
                (requests * share * (1 - hits) * kb) / KB_OF_GB,
            );
        }
    }
}

function webAcl(bill: Bill, member: Member): void {
    // Prices of a firewall before CloudFront are those of no region.
    const edge = text(inputOf(member, "scope")) === "CLOUDFRONT";
    const options = edge ? { region: GLOBAL } : {};
    bill.fixed(WAF, "web ACL", 1, options);
    bill.fixed(WAF, "rule", list(inputOf(member, "rules")).length, options);
    bill.used(WAF, "requests", edge ? "cloudfront.requests" : "waf.requests", options);
}

/** Metrics that a distribution has more of. Source: CloudFront developer guide, "View CloudFront and edge function metrics". */
const ADDITIONAL_METRICS = 8;

export const edgeMeters: Meters = {
    "aws:cloudfront/distribution:Distribution": distribution,
    "aws:cloudfront/function:Function": (bill) => {
        bill.used(CLOUDFRONT, "Functions invocations", "cloudfront.requests");
    },
    "aws:cloudfront/keyValueStore:KeyValueStore": (bill) => {
        bill.gap("reads of the key value store", "usage", "The table has no price for them.");
    },
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": (bill) => {
        // CloudFront's metrics are in N. Virginia.
        bill.fixed("AmazonCloudWatch", "custom metrics", ADDITIONAL_METRICS, { region: "us-east-1" });
    },
    "aws:shield/subscription:Subscription": (bill) => {
        bill.fixed("AWSShield", "Shield Advanced subscription", 1);
        bill.gap("data out under Shield Advanced", "usage", "The table has no price for it.");
    },
    "aws:wafv2/ruleGroup:RuleGroup": (bill, member) => {
        bill.fixed(WAF, "rule", list(inputOf(member, "rules")).length);
    },
    "aws:wafv2/webAcl:WebAcl": webAcl,
    "aws:apigateway/stage:Stage": (bill, member) => {
        if (flag(inputOf(member, "cacheClusterEnabled")) === true) {
            bill.hourly(
                "AmazonApiGateway",
                `REST cache ${text(inputOf(member, "cacheClusterSize")) ?? "0.5"} GB`,
            );
        }
    },
    "aws:apigateway/restApi:RestApi": (bill) => {
        bill.used("AmazonApiGateway", "REST requests", "apiGateway.requests");
    },
    "aws:apigatewayv2/api:Api": (bill, member) => {
        if (text(inputOf(member, "protocolType")) === "WEBSOCKET") {
            bill.used("AmazonApiGateway", "WebSocket messages", "apiGateway.requests");
        } else {
            bill.used("AmazonApiGateway", "HTTP API requests", "apiGateway.requests");
        }
    },
};
