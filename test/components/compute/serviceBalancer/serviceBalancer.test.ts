import { expect } from "chai";
import {
    ServiceBalancer,
    type ServiceBalancerArgs,
} from "../../../../components/compute/serviceBalancer/serviceBalancer";
import { Exposure } from "../../../../components/shared/exposure";
import {
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../../support/preview";
import { goodBalancer as good } from "../../../support/components/deliveryArguments";
import { waitsFor } from "../../../support/components/tierArguments";
import { expectRegion, inTestAccount, refusal } from "../../../support/surroundings";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const RECORD = "aws:route53/record:Record";
const CERTIFICATE = `arn:aws:acm:${TEST_REGION}:${TEST_ACCOUNT}:certificate/1`;
const HEADER = { originHeaderName: "X-Shop-Origin", originHeaderValue: "0123456789abcdefghij" };

const onInternet: Partial<ServiceBalancerArgs> = {
    exposure: Exposure.Internet,
    internalClientCidrBlocks: undefined,
};
const behindCloudFront: Partial<ServiceBalancerArgs> = {
    exposure: Exposure.CloudFront,
    internalClientCidrBlocks: undefined,
    ...HEADER,
};

const make = (changes: Partial<ServiceBalancerArgs> = {}) =>
    previewProgram(() => {
        const balancer = new ServiceBalancer("shop-services", { ...good, ...changes }, inTestAccount());
        return {
            listenerArn: balancer.listenerArn,
            testListenerArn: balancer.testListenerArn,
            loadBalancerArnSuffix: balancer.loadBalancerArnSuffix,
            securityGroupId: balancer.securityGroupId,
            securityGroupIds: balancer.securityGroupIds,
            dnsName: balancer.dnsName,
            zoneId: balancer.zoneId,
            webAclArn: balancer.webAclArn,
            rollbackAlarmNames: balancer.rollbackAlarmNames,
        };
    });

const refused = (changes: Partial<ServiceBalancerArgs>, name = "shop-services") =>
    refusal(() => new ServiceBalancer(name, { ...good, ...changes }, inTestAccount()));

/** Who is let in where: the group, the port, and the peer. */
function openings(preview: ProgramPreview): string[] {
    const groups = new Map(
        ofType(preview, "aws:ec2/securityGroup:SecurityGroup").map(({ id, name }) => [id, name]),
    );
    const lists = new Map(
        preview.invokes.map(({ args, result }) => [String(result["id"]), String(args["name"])]),
    );
    const text = (value: unknown): string => (typeof value === "string" ? value : "");
    return ofType(preview, INGRESS)
        .map(({ inputs }) => {
            expect(inputs.fromPort).to.equal(inputs.toPort);
            const peers = [
                text(inputs.cidrIpv4),
                text(inputs.referencedSecurityGroupId),
                lists.get(text(inputs.prefixListId)) ?? "",
            ];
            return `${groups.get(text(inputs.securityGroupId)) ?? "?"} ${String(inputs.toPort)} ${peers.join("")}`;
        })
        .sort();
}

describe("ServiceBalancer", () => {
    it("is private, shows its certificate with TLS 1.3, and answers 404 to what no service takes", async () => {
        const preview = await make();
        expect(one(preview, BALANCER).inputs).to.deep.include({
            internal: true,
            subnets: ["subnet-0a", "subnet-0b"],
            enableDeletionProtection: true,
            dropInvalidHeaderFields: true,
            idleTimeout: 60,
        });
        expect(one(preview, BALANCER).protect).to.equal(true);
        const https = one(preview, LISTENER, "shop-services-https");
        expect(https.inputs).to.deep.include({
            port: 443,
            protocol: "HTTPS",
            sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            defaultActions: [
                {
                    type: "fixed-response",
                    fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "Not found" },
                },
            ],
        });
        expect(waitsFor(preview, https)).to.include("shop-services-certificate-validation");
        expectRegion(
            { ...preview, resources: preview.resources.filter(({ type }) => type !== RECORD) },
            TEST_REGION,
        );
    });

    it("opens to the blocks of its clients, and sends port 80 to 443", async () => {
        const preview = await make();
        expect(openings(preview)).to.deep.equal([
            "shop-services-security-group 443 10.20.0.0/16",
            "shop-services-security-group 80 10.20.0.0/16",
        ]);
        expect(one(preview, LISTENER, "shop-services-http").inputs["defaultActions"]).to.deep.equal([
            { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ]);
    });

    it("opens to nobody, and has no port 80, where no clients are named", async () => {
        const preview = await make({ internalClientCidrBlocks: undefined });
        expect(openings(preview)).to.deep.equal([]);
        expect(ofType(preview, LISTENER).map(({ name }) => name)).to.deep.equal(["shop-services-https"]);
    });

    it("opens to everybody on the internet, behind a firewall", async () => {
        const preview = await make(onInternet);
        expect(one(preview, BALANCER).inputs["internal"]).to.equal(false);
        expect(openings(preview)).to.deep.equal([
            "shop-services-security-group 443 0.0.0.0/0",
            "shop-services-security-group 80 0.0.0.0/0",
        ]);
        expect(one(preview, ASSOCIATION).inputs["webAclArn"]).to.equal(preview.outputs["webAclArn"]);
    });

    // Amazon VPC User Guide, "AWS-managed prefix list weight": 55 and 25 rules, and a group takes 60.
    it("hears from CloudFront and Route 53 alone behind CloudFront, in a group for each list", async () => {
        const preview = await make(behindCloudFront);
        expect(openings(preview)).to.deep.equal([
            "shop-services-cloudfront-security-group 443 com.amazonaws.global.cloudfront.origin-facing",
            `shop-services-health-checks-security-group 443 com.amazonaws.${TEST_REGION}.route53-healthchecks`,
        ]);
        expect(one(preview, BALANCER).inputs["securityGroups"]).to.deep.equal(
            preview.outputs["securityGroupIds"],
        );
        expect(preview.outputs["securityGroupIds"]).to.have.lengthOf(3);
        expect((preview.outputs["securityGroupIds"] as string[])[0]).to.equal(
            preview.outputs["securityGroupId"],
        );
        expect(ofType(preview, LISTENER).map(({ name }) => name)).to.deep.equal(["shop-services-https"]);
    });

    it("refuses requests without the header before anything else, save health checks", async () => {
        const preview = await make({
            ...behindCloudFront,
            additionalOriginHeaderValues: ["the-one-before-it"],
        });
        const acl = one(preview, "aws:wafv2/webAcl:WebAcl");
        const [exempt, without, ...others] = acl.inputs["rules"] as {
            name: string;
            action?: object;
            statement: unknown;
        }[];
        expect(exempt).to.deep.include({
            action: { count: {} },
            ruleLabels: [{ name: "exempt-from-header" }],
        });
        const match = (fieldToMatch: object, searchString: string) => ({
            byteMatchStatement: {
                fieldToMatch,
                positionalConstraint: "EXACTLY",
                searchString,
                textTransformations: [{ priority: 0, type: "NONE" }],
            },
        });
        expect(exempt?.statement).to.deep.equal({
            andStatement: {
                statements: [
                    match({ uriPath: {} }, "/healthz"),
                    {
                        orStatement: {
                            statements: [match({ method: {} }, "GET"), match({ method: {} }, "HEAD")],
                        },
                    },
                ],
            },
        });
        expect(without).to.deep.include({ name: "WithoutHeader", action: { block: {} } });
        const header = { singleHeader: { name: "x-shop-origin" } };
        expect(without?.statement).to.deep.equal({
            andStatement: {
                statements: [
                    { notStatement: { statement: match(header, "0123456789abcdefghij") } },
                    { notStatement: { statement: match(header, "the-one-before-it") } },
                    {
                        notStatement: {
                            statement: { labelMatchStatement: { scope: "LABEL", key: "exempt-from-header" } },
                        },
                    },
                ],
            },
        });
        expect(others.map(({ name }) => name)).to.have.lengthOf(3);
        // Neither in the open in the state, nor in the firewall's log.
        expect(JSON.stringify(acl.state.inputs)).not.to.include("0123456789abcdefghij");
        const logging = one(preview, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
        expect(JSON.stringify(logging.inputs["redactedFields"])).to.include("x-shop-origin");
    });

    it("demands the header of every path where none is exempt", async () => {
        const preview = await make({ ...behindCloudFront, healthCheckPaths: [] });
        const rules = one(preview, "aws:wafv2/webAcl:WebAcl").inputs["rules"] as {
            name: string;
            statement: object;
        }[];
        expect(rules[0]?.name).to.equal("WithoutHeader");
        expect(rules[0]?.statement).to.have.property("notStatement");
    });

    it("leaves the header to a web ACL of the caller's", async () => {
        const webAclArn = `arn:aws:wafv2:${TEST_REGION}:${TEST_ACCOUNT}:regional/webacl/shop/1`;
        const preview = await make({
            exposure: Exposure.CloudFront,
            internalClientCidrBlocks: undefined,
            webAclArn,
        });
        expect(one(preview, ASSOCIATION, "shop-services-web-acl").inputs["webAclArn"]).to.equal(webAclArn);
        expect(ofType(preview, "aws:wafv2/webAcl:WebAcl")).to.deep.equal([]);
    });

    it("lets CloudFront in as the client of a VPC origin, first by its list and then by its group", async () => {
        const list =
            "shop-services-vpc-origin-security-group 443 com.amazonaws.global.cloudfront.origin-facing";
        const group = "shop-services-security-group 443 sg-0origins";
        const alone = { internalClientCidrBlocks: undefined };
        expect(openings(await make({ ...alone, vpcOrigin: true }))).to.deep.equal([list]);
        const both = await make({ ...alone, vpcOrigin: true, vpcOriginSecurityGroupId: "sg-0origins" });
        expect(openings(both)).to.deep.equal([group, list]);
        expect(openings(await make({ ...alone, vpcOriginSecurityGroupId: "sg-0origins" }))).to.deep.equal([
            group,
        ]);
    });

    it("has a second listener for test traffic, for those who test", async () => {
        const preview = await make({
            ...onInternet,
            blueGreenTestPort: 8443,
            testClientCidrBlocks: ["203.0.113.0/24"],
        });
        const test = one(preview, LISTENER, "shop-services-test");
        expect(test.inputs).to.deep.include({ port: 8443, protocol: "HTTPS" });
        expect(preview.outputs["testListenerArn"]).to.equal(test.id);
        expect(openings(preview)).to.include("shop-services-security-group 8443 203.0.113.0/24");
        const inside = await make({ blueGreenTestPort: 8443 });
        expect(openings(inside)).to.include("shop-services-security-group 8443 10.20.0.0/16");
    });

    it("is found by its names", async () => {
        const preview = await make({ additionalDomainNames: ["api.shop.example.com"] });
        const aliases = ofType(preview, RECORD).filter(({ inputs }) => inputs["type"] === "A");
        expect(aliases.map(({ inputs }) => inputs["name"])).to.deep.equal([
            "services.shop.example.com",
            "api.shop.example.com",
        ]);
        expect(aliases[0]?.inputs["aliases"]).to.deep.equal([
            {
                name: preview.outputs["dnsName"],
                zoneId: preview.outputs["zoneId"],
                evaluateTargetHealth: false,
            },
        ]);
        expect(one(preview, "aws:acm/certificate:Certificate").inputs).to.deep.include({
            domainName: "services.shop.example.com",
            subjectAlternativeNames: ["api.shop.example.com"],
        });
        const without = await make({ createDnsRecords: false });
        expect(ofType(without, RECORD).filter(({ inputs }) => inputs["type"] === "A")).to.deep.equal([]);
    });

    it("needs no name where it is given a certificate", async () => {
        const preview = await make({
            domainName: undefined,
            hostedZoneId: undefined,
            certificateArn: CERTIFICATE,
        });
        expect(ofType(preview, RECORD)).to.deep.equal([]);
        expect(one(preview, LISTENER, "shop-services-https").inputs["certificateArn"]).to.equal(CERTIFICATE);
    });

    it("rings for its requests, and not without topics", async () => {
        const preview = await make();
        expect(
            ofType(preview, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name),
        ).to.have.members([
            "shop-services-alarm-5xx-rate",
            "shop-services-alarm-latency-p99",
            "shop-services-alarm-rejected",
        ]);
        expect(preview.outputs["rollbackAlarmNames"]).to.have.lengthOf(2);
        const silent = await make({ alarmTopicArns: undefined });
        expect(ofType(silent, "aws:cloudwatch/metricAlarm:MetricAlarm")).to.deep.equal([]);
        expect(silent.outputs["rollbackAlarmNames"]).to.deep.equal([]);
    });

    it("names all problems at once", async () => {
        const message = await refused({
            region: "eu",
            exposure: Exposure.CloudFront,
            internalClientCidrBlocks: ["10.20.0.0/16"],
            vpcOrigin: true,
            firewall: false,
            blueGreenTestPort: 443,
            idleTimeoutSeconds: 4001,
        });
        for (const problem of [
            "region is",
            "internalClientCidrBlocks is",
            "vpcOrigin is",
            "originHeaderName is not given",
            "originHeaderValue is not given",
            "firewall is false",
            "blueGreenTestPort is 443",
            "testClientCidrBlocks is not given",
            "idleTimeoutSeconds is 4001",
        ]) {
            expect(message).to.include(problem);
        }
        expect(message).to.match(/has 9 problems/);
    });

    for (const [title, changes, problem] of [
        ["one subnet", { subnetIds: ["subnet-0a"] }, "two or more subnets"],
        [
            "neither name nor certificate",
            { domainName: undefined, hostedZoneId: undefined },
            "domainName is not given",
        ],
        ["a name without its zone", { hostedZoneId: undefined }, "hostedZoneId is not given"],
        ["its own name twice", { additionalDomainNames: [good.domainName ?? ""] }, "other than domainName"],
        [
            "a certificate of another region",
            { certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" },
            "where the balancer is",
        ],
        ["everybody as an internal client", { internalClientCidrBlocks: ["0.0.0.0/0"] }, "not everybody"],
        ["the header on the internet", { ...onInternet, ...HEADER }, "nothing while exposure is Internet"],
        [
            "the header beside a web ACL",
            {
                ...behindCloudFront,
                webAclArn: `arn:aws:wafv2:${TEST_REGION}:${TEST_ACCOUNT}:regional/webacl/shop/1`,
            },
            "nothing beside webAclArn",
        ],
        ["a limit without a firewall", { rateLimitPerFiveMinutes: 100 }, "nothing where no firewall is made"],
        [
            "testers without a port",
            { testClientCidrBlocks: ["10.20.0.0/16"] },
            "nothing while blueGreenTestPort is left out",
        ],
        [
            "twenty blocks of clients",
            { internalClientCidrBlocks: Array.from({ length: 20 }, (_, index) => `10.${index}.0.0/16`) },
            "1 to 19 blocks",
        ],
    ] as const) {
        it(`refuses ${title}`, async () => {
            const message = await refused(changes as Partial<ServiceBalancerArgs>);
            expect(message).to.include(problem);
            expect(message).to.include(" problem");
        });
    }

    it("keeps within a security group's sixty rules at its largest", async () => {
        const preview = await make({
            internalClientCidrBlocks: Array.from({ length: 19 }, (_, index) => `10.${index}.0.0/16`),
            blueGreenTestPort: 8443,
            vpcOrigin: true,
            vpcOriginSecurityGroupId: "sg-0origins",
        });
        const own = openings(preview).filter((line) => line.startsWith("shop-services-security-group "));
        expect(own).to.have.lengthOf(58);
    });

    it("refuses names that balancers and buckets cannot have", async () => {
        expect(await refused({}, "internal-shop")).to.include("not with internal-");
        expect(await refused({}, "a".repeat(21))).to.include("Shorten the component's name by 1");
    });
});
