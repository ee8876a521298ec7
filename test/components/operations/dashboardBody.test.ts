import { expect } from "chai";
import fc from "fast-check";
import {
    dashboardBody,
    type DashboardSubject,
    type DashboardWidget,
} from "../../../components/operations/dashboardBody";

const fleet = (tier: string, kind: string) => ({
    loadBalancerArnSuffix: `${kind}/shop-${tier}/0123456789abcdef`,
    targetGroupArnSuffix: `targetgroup/shop-${tier}/0123456789abcdef`,
    autoScalingGroupName: `shop-${tier}-group`,
});

const least: DashboardSubject = {
    title: "prod in eu-central-1",
    region: "eu-central-1",
    web: fleet("web", "app"),
    webAclMetricName: "shop-web",
    api: fleet("api", "net"),
};
const full = {
    ...least,
    database: { clusterIdentifier: "meridian-prod-eu" },
    edge: { distributionId: "E0123456789ABC", webAclMetricName: "shop-edge" },
    spotInterruptionRuleName: "shop-spot-interruptions",
};

function charts(subject: DashboardSubject): DashboardWidget[] {
    return dashboardBody(subject).widgets.filter((widget) => widget.type === "metric");
}

function headings(subject: DashboardSubject): unknown[] {
    return dashboardBody(subject)
        .widgets.filter((widget) => widget.type === "text")
        .map((widget) => widget.properties.markdown);
}

function chart(subject: DashboardSubject, title: string): DashboardWidget {
    const found = charts(subject).filter((widget) => widget.properties.title === title);
    expect(found, title).to.have.lengthOf(1);
    return found[0]!;
}

describe("a dashboard's body", () => {
    it("has a section for each thing there is", () => {
        expect(headings(full)).to.deep.equal([
            "# prod in eu-central-1",
            "## CloudFront",
            "## Web tier (ALB)",
            "## API tier (NLB)",
            "## Auto Scaling groups",
            "## Aurora",
            "## NAT gateways",
        ]);
        expect(headings(least)).to.not.include.members(["## CloudFront"]);
        expect(headings(least)).to.not.include.members(["## Aurora"]);
        expect(charts(least).map((widget) => widget.properties.title)).to.not.include("Spot interruptions");
    });

    it("shows the region's own metrics, and CloudFront's from us-east-1", () => {
        for (const widget of charts(full)) {
            const metrics = widget.properties.metrics as unknown[][];
            const names = metrics.map(([namespace]) => namespace);
            const edge = names.includes("AWS/CloudFront") || JSON.stringify(metrics).includes("shop-edge");
            expect(widget.properties.region, String(widget.properties.title)).to.equal(
                edge ? "us-east-1" : "eu-central-1",
            );
        }
    });

    it("asks for each metric under the dimensions that it has", () => {
        expect(chart(full, "Requests and errors").properties.metrics).to.deep.equal(
            ["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"].map((name) => [
                "AWS/ApplicationELB",
                name,
                "LoadBalancer",
                "app/shop-web/0123456789abcdef",
                { stat: "Sum", label: name },
            ]),
        );
        expect(chart(full, "Viewers' requests").properties.metrics).to.deep.equal([
            [
                "AWS/CloudFront",
                "Requests",
                "Region",
                "Global",
                "DistributionId",
                "E0123456789ABC",
                { stat: "Sum" },
            ],
        ]);
        expect(chart(full, "Firewall on the balancer").properties.metrics).to.deep.include([
            "AWS/WAFV2",
            "BlockedRequests",
            "WebACL",
            "shop-web",
            "Region",
            "eu-central-1",
            "Rule",
            "ALL",
            { stat: "Sum" },
        ]);
        // The web ACL of a distribution has no region.
        expect(chart(full, "Firewall at the edge").properties.metrics).to.deep.include([
            "AWS/WAFV2",
            "BlockedRequests",
            "WebACL",
            "shop-edge",
            "Rule",
            "ALL",
            { stat: "Sum" },
        ]);
        expect(chart(full, "Connections refused for want of ports").properties.metrics).to.deep.equal([
            [
                {
                    expression: `SEARCH('{AWS/NATGateway,NatGatewayId} MetricName="ErrorPortAllocation"', 'Sum', 300)`,
                },
            ],
        ]);
    });

    it("shows hosts of both tiers, each behind its own balancer", () => {
        const hosts = charts(full).filter((widget) => widget.properties.title === "Hosts");
        const shown = hosts.map((widget) => (widget.properties.metrics as unknown[][])[1]);
        expect(shown).to.deep.equal([
            [
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                "TargetGroup",
                "targetgroup/shop-web/0123456789abcdef",
                "LoadBalancer",
                "app/shop-web/0123456789abcdef",
                { stat: "Maximum" },
            ],
            [
                "AWS/NetworkELB",
                "UnHealthyHostCount",
                "TargetGroup",
                "targetgroup/shop-api/0123456789abcdef",
                "LoadBalancer",
                "net/shop-api/0123456789abcdef",
                { stat: "Maximum" },
            ],
        ]);
    });

    it("puts no widget over another and none over the edge, whatever there is", () => {
        const subject = fc.record(
            {
                database: fc.constant(full.database),
                edge: fc.constant(full.edge),
                spotInterruptionRuleName: fc.string(),
            },
            { requiredKeys: [] },
        );
        fc.assert(
            fc.property(subject, (parts) => {
                const taken = new Set<string>();
                for (const { x, y, width, height } of dashboardBody({ ...least, ...parts }).widgets) {
                    expect(x + width).to.be.at.most(24);
                    expect([x, width].every(Number.isInteger)).to.equal(true);
                    for (let column = x; column < x + width; column++) {
                        for (let row = y; row < y + height; row++) {
                            expect(taken.has(`${column},${row}`), `${column},${row}`).to.equal(false);
                            taken.add(`${column},${row}`);
                        }
                    }
                }
            }),
        );
    });
});
