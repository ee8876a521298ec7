import { expect } from "chai";
import { cachedOperations } from "../support/components/apiCache";
import { at } from "../support/preview";
import { type PreviewedStack, projectStacks, type PreviewedStacks, stackOf } from "../support/stacks";

const API = "aws:apigateway/restApi:RestApi";
const DOMAIN = "aws:apigateway/domainName:DomainName";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const RECORD = "aws:route53/record:Record";
const POOL = "aws:cognito/userPool:UserPool";
const FUNCTION = "aws:lambda/function:Function";
const ACCOUNT = "aws:apigateway/account:Account";

const REGIONS = [
    ["prod-us", "us", "us-east-1"],
    ["prod-eu", "eu", "eu-central-1"],
] as const;

/** How a distribution's requests under a path are sent on: the behaviour and its origin. */
function eventsPathOf(stack: PreviewedStack): { behaviour: unknown; origin: unknown } {
    const { inputs } = stack.one(DISTRIBUTION);
    const behaviour = (at(inputs, "orderedCacheBehaviors") as Record<string, unknown>[]).find(
        ({ pathPattern }) => pathPattern === "/events/*",
    );
    const origin = (at(inputs, "origins") as Record<string, unknown>[]).find(
        ({ originId }) => originId === behaviour?.targetOriginId,
    );
    return { behaviour, origin };
}

describe("events of clients", () => {
    let off: PreviewedStacks;
    let open: PreviewedStacks;
    let both: PreviewedStacks;
    before(async () => {
        off = await projectStacks();
        open = await projectStacks({ configOverrides: { eventsApi: "true" } });
        both = await projectStacks({
            configOverrides: { eventsApi: "true", userDirectory: "true", eventsConcurrency: "25" },
        });
    });

    it("have nothing that takes them unless the configuration asks for it", () => {
        for (const name of ["prod-us", "prod-eu", "prod-global"]) {
            const stack = stackOf(off, name);
            const found = stack.resources.filter(({ type }) => /^aws:(apigateway|cognito)/.test(type));
            expect(
                found.map(({ urn }) => urn),
                name,
            ).to.deep.equal([]);
            expect(eventsPathOf(stack).behaviour, name).to.equal(undefined);
            expect(stack.outputs, name).to.not.have.any.keys("eventsApi", "users");
        }
    });

    for (const [name, key, region] of REGIONS) {
        it(`come to ${name}'s API by its own host and by the world-wide one`, () => {
            const stack = stackOf(open, name);
            const api = stack.one(API);
            expect(api.region).to.equal(region);
            expect(api.inputs["disableExecuteApiEndpoint"]).to.equal(true);
            expect(stack.ofType(DOMAIN).map(({ inputs }) => inputs["domainName"])).to.have.members([
                `events-${key}.shop.example.com`,
                "events.origin.shop.example.com",
            ]);
            const { behaviour, origin } = eventsPathOf(stack);
            expect(behaviour).to.deep.include({
                viewerProtocolPolicy: "https-only",
                // Neither kept at the edge nor sent with the viewer's Host, by which API Gateway would not know the API.
                cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            });
            expect(behaviour).to.have.property("allowedMethods").that.includes("POST");
            expect(origin).to.deep.include({ domainName: `events-${key}.shop.example.com` });
            expect(at(origin, "customHeaders")).to.have.nested.property(
                "[0].name",
                `x-meridian-origin-${key}`,
            );
        });

        it(`are let in by ${name}'s firewall with the distributions' header alone`, () => {
            const stack = stackOf(open, name);
            const acl = stack.one("aws:wafv2/webAcl:WebAcl", "shop-events-firewall-acl").inputs;
            const [first] = acl["rules"] as { name: string; action: unknown; statement: unknown }[];
            expect(first).to.deep.include({ action: { block: {} } });
            expect(JSON.stringify(first)).to.include(`x-meridian-origin-${key}`);
            const association = stack.one(
                "aws:wafv2/webAclAssociation:WebAclAssociation",
                "shop-events-firewall-association",
            );
            expect(association.inputs["resourceArn"]).to.equal(
                stack.one("aws:apigateway/stage:Stage").outputs["arn"],
            );
        });

        it(`go to ${name}'s bus by a function that may do nothing else, and are watched`, () => {
            const stack = stackOf(open, name);
            const collector = stack.one(FUNCTION, "shop-events-collector-function");
            const bus = stack.one("aws:cloudwatch/eventBus:EventBus");
            expect(at(collector.inputs, "environment.variables")).to.deep.include({
                EVENT_BUS_NAME: bus.outputs["name"],
            });
            const watching = stack
                .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
                .map((each) => each.name)
                .filter((each) => each.startsWith("shop-events"));
            expect(watching).to.include.members([
                "shop-events-server-errors",
                "shop-events-client-errors",
                "shop-events-latency",
            ]);
            const body = String(stack.one("aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]);
            expect(body)
                .to.include("Events of clients")
                .and.to.include(String(stack.one(API).inputs["name"]));
            // An account's role for logs, where this stack answers for the account.
            expect(stack.ofType(ACCOUNT)).to.have.lengthOf(1);
        });

        it(`are of signed-in users alone where ${name} has a directory, whose users stay in its jurisdiction`, () => {
            const anybody = JSON.parse(String(stackOf(open, name).one(API).inputs["body"])) as object;
            expect(at(anybody, "paths")).to.have.nested.property("/events/batch.post.security").that.is.empty;
            const stack = stackOf(both, name);
            const pool = stack.one(POOL);
            const body = String(stack.one(API).inputs["body"]);
            const document = JSON.parse(body) as object;
            expect(at(document, "paths")).to.have.deep.nested.property("/events/batch.post.security", [
                { users: [] },
            ]);
            expect(body).to.include(String(pool.outputs["arn"]));
            expect(cachedOperations(body, ["~1events~1batch/POST"])[0]?.credentials).to.deep.equal([
                "Authorization",
            ]);
            expect(pool.region).to.equal(region);
            expect(pool.inputs["tags"]).to.include({
                "data-classification": "pii",
                jurisdiction: key === "eu" ? "EU" : "US",
            });
            expect(at(stack.outputs, "users.userPoolArn")).to.equal(pool.outputs["arn"]);
        });
    }

    it("are taken as often as the function may be called, and no oftener", () => {
        const stack = stackOf(both, "prod-us");
        const collector = stack.one(FUNCTION, "shop-events-collector-function");
        expect(collector.inputs["reservedConcurrentExecutions"]).to.equal(25);
        const settings = stack.one("aws:apigateway/methodSettings:MethodSettings").inputs["settings"];
        expect(settings).to.include({ throttlingRateLimit: 500, throttlingBurstLimit: 25 });
    });

    it("find the nearest region by a name that the world-wide distribution asks", () => {
        const global = stackOf(open, "prod-global");
        const { origin } = eventsPathOf(global);
        expect(origin).to.deep.include({ domainName: "events.origin.shop.example.com" });
        expect((at(origin, "customHeaders") as { name: string }[]).map((each) => each.name)).to.deep.equal([
            "x-meridian-origin-us",
            "x-meridian-origin-eu",
        ]);
        const records = global
            .ofType(RECORD)
            .filter(({ inputs }) => inputs["name"] === "events.origin.shop.example.com");
        expect(records).to.have.lengthOf(4);
        for (const [name, key, region] of REGIONS) {
            const target = stackOf(open, name)
                .ofType(DOMAIN)
                .find(({ inputs }) => inputs["domainName"] === "events.origin.shop.example.com");
            const own = records.filter(({ inputs }) => inputs["setIdentifier"] === key);
            expect(own.map(({ inputs }) => inputs["type"])).to.have.members(["A", "AAAA"]);
            for (const { inputs } of own) {
                expect(inputs["latencyRoutingPolicies"]).to.deep.equal([{ region }]);
                expect(at(inputs, "aliases[0].name")).to.equal(target?.outputs["regionalDomainName"]);
                expect(inputs["healthCheckId"]).to.equal(
                    (global.outputs["healthCheckIds"] as Record<string, string>)[key],
                );
            }
        }
    });

    it("come in an environment of one region by its own host alone", async () => {
        const stacks = await projectStacks({ environment: "dev", configOverrides: { eventsApi: "true" } });
        const stack = stackOf(stacks, "dev-us");
        expect(stack.ofType(DOMAIN)).to.have.lengthOf(1);
        expect(eventsPathOf(stack).origin)
            .to.have.property("domainName")
            .that.matches(/^events-us\./);
    });

    it("are let in from other regions' directories that are named", async () => {
        const other = "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_Abc123";
        const stacks = await projectStacks({
            stacks: ["prod-us"],
            configOverrides: {
                eventsApi: "true",
                userDirectory: "true",
                eventsUserPoolArns: JSON.stringify([other]),
            },
        });
        const body = JSON.parse(String(stackOf(stacks, "prod-us").one(API).inputs["body"])) as object;
        const arns = at(body, "components.securitySchemes.users.x-amazon-apigateway-authorizer.providerARNs");
        expect(arns).to.deep.equal([stackOf(stacks, "prod-us").one(POOL).outputs["arn"], other]);
    });
});
