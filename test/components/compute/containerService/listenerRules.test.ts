import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    ClaimFormat,
    type ServiceListenerRule,
} from "../../../../components/compute/containerService/balancerArgs";
import {
    FargateService,
    type FargateServiceArgs,
} from "../../../../components/compute/fargateService/fargateService";
import { goodAttachment, goodFargate } from "../../../support/components/containerArguments";
import { at, ofType, one, previewProgram } from "../../../support/preview";
import { inTestAccount, refusal } from "../../../support/surroundings";

const RULE = "aws:lb/listenerRule:ListenerRule";
const ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_shop";
const TOKENS = { issuer: ISSUER, jwksEndpoint: `${ISSUER}/.well-known/jwks.json` };

const behind = (rules: unknown, changes: Record<string, unknown> = {}): FargateServiceArgs =>
    ({
        ...goodFargate,
        balancers: { edge: { ...goodAttachment, rules, ...changes } },
    }) as FargateServiceArgs;
const make = (...rules: ServiceListenerRule[]) =>
    previewProgram(() => {
        new FargateService("shop-orders", behind(rules), inTestAccount());
    });
const refused = (rule: Record<string, unknown>) =>
    refusal(() => new FargateService("shop-orders", behind([{ priority: 10, ...rule }]), inTestAccount()));

describe("a service's listener rules", () => {
    it("take all paths where none is named", async () => {
        const rule = one(await make({ priority: 1 }), RULE);
        expect(rule.inputs["conditions"]).to.deep.equal([{ pathPattern: { values: ["/*"] } }]);
        expect(rule.inputs).to.not.have.property("transforms");
    });

    it("are known by their priorities, whatever stands before them", async () => {
        const names = async (...priorities: number[]) =>
            ofType(await make(...priorities.map((priority) => ({ priority }))), RULE).map(({ name }) => name);
        expect(await names(20)).to.deep.equal(["shop-orders-edge-rule-20"]);
        expect(await names(10, 20)).to.include("shop-orders-edge-rule-20");
    });

    it("match path, host and header together, and rewrite what they hand on", async () => {
        const preview = await make({
            priority: 7,
            pathPatterns: ["/v1/orders", "/v1/orders/*"],
            hostHeaders: ["shop.example.com"],
            requiredHeader: { name: "x-origin", values: ["0123456789abcdefghij"] },
            rewrite: { regex: "^/v1/(.*)$", replace: "/$1" },
            hostRewrite: { regex: "^shop\\.", replace: "orders." },
        });
        const rule = one(preview, RULE);
        expect(rule.inputs).to.deep.include({
            priority: 7,
            conditions: [
                { pathPattern: { values: ["/v1/orders", "/v1/orders/*"] } },
                { hostHeader: { values: ["shop.example.com"] } },
                { httpHeader: { httpHeaderName: "x-origin", values: ["0123456789abcdefghij"] } },
            ],
            transforms: [
                {
                    type: "url-rewrite",
                    urlRewriteConfig: { rewrite: { regex: "^/v1/(.*)$", replace: "/$1" } },
                },
                {
                    type: "host-header-rewrite",
                    hostHeaderRewriteConfig: { rewrite: { regex: "^shop\\.", replace: "orders." } },
                },
            ],
        });
    });

    it("keep the header's value a secret", async () => {
        let isSecret: Promise<boolean> | undefined;
        await previewProgram(() => {
            const service = new FargateService(
                "shop-orders",
                behind([
                    { priority: 1, requiredHeader: { name: "x-origin", values: ["0123456789abcdefghij"] } },
                ]),
                {
                    ...inTestAccount(),
                    transforms: [
                        ({ type, props, opts }) => {
                            if (type === RULE) {
                                isSecret = pulumi.isSecret(pulumi.output(props["conditions"]));
                            }
                            return { props, opts };
                        },
                    ],
                },
            );
            return { name: service.serviceName };
        });
        expect(await isSecret).to.equal(true);
    });

    it("check tokens before they hand a request on", async () => {
        const rule = one(
            await make({
                priority: 1,
                tokenValidation: {
                    ...TOKENS,
                    additionalClaims: [
                        { name: "scope", format: ClaimFormat.SpaceSeparatedValues, values: ["orders"] },
                    ],
                },
            }),
            RULE,
        );
        expect(at(rule.inputs, "actions[0]")).to.deep.equal({
            type: "jwt-validation",
            order: 1,
            jwtValidation: {
                ...TOKENS,
                additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["orders"] }],
            },
        });
        expect(at(rule.inputs, "actions[1]")).to.include({ type: "forward", order: 2 });
    });

    const at5 = ["/a", "/b", "/c", "/d", "/e"];
    it("take five values together, and no more", async () => {
        expect((await make({ priority: 1, pathPatterns: at5 })).error).to.equal(undefined);
        expect(await refused({ pathPatterns: at5, hostHeaders: ["a.example.com"] })).to.contain(
            'is "6 paths, hosts and header values"; allowed: 5 together',
        );
        // All paths are one.
        expect(
            await refused({
                hostHeaders: ["a.example.com"],
                requiredHeader: {
                    name: "x",
                    values: Array.from({ length: 4 }, (_, n) => `0123456789abcdef${n}`),
                },
            }),
        ).to.contain("6 paths, hosts and header values");
    });

    it("have priorities of their own", async () => {
        const message = await refusal(
            () =>
                new FargateService(
                    "shop-orders",
                    behind([{ priority: 1 }, { priority: 1 }]),
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("rules with priorities of their own");
        for (const priority of [1, 50_000]) {
            expect((await make({ priority })).error).to.equal(undefined);
        }
        for (const priority of [0, 50_001, 1.5]) {
            expect(await refused({ priority })).to.contain(`priority is ${priority}`);
        }
    });

    const problems: [what: string, rule: Record<string, unknown>, path: string][] = [
        ["a path without a slash", { pathPatterns: ["orders"] }, "pathPatterns[0]"],
        ["no path at all", { pathPatterns: [] }, "pathPatterns"],
        ["a host without a dot", { hostHeaders: ["shop"] }, "hostHeaders[0]"],
        [
            "a lookahead, which balancers do not know",
            { rewrite: { regex: "^/(?=v1)", replace: "/" } },
            "rewrite.regex",
        ],
        ["a group that is not closed", { rewrite: { regex: "^/(v1", replace: "/" } }, "rewrite.regex"],
        ["a long expression", { rewrite: { regex: "a".repeat(1025), replace: "/" } }, "rewrite.regex"],
        [
            "a header that anybody guesses",
            { requiredHeader: { name: "x", values: ["short"] } },
            "requiredHeader.values[0]",
        ],
        [
            "an issuer without TLS",
            { tokenValidation: { ...TOKENS, issuer: "http://a" } },
            "tokenValidation.issuer",
        ],
        [
            "a claim that is checked anyway",
            {
                tokenValidation: {
                    ...TOKENS,
                    additionalClaims: [{ name: "iss", format: "single-string", values: ["a"] }],
                },
            },
            "tokenValidation.additionalClaims[0].name",
        ],
        [
            "a word with a space",
            {
                tokenValidation: {
                    ...TOKENS,
                    additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["a b"] }],
                },
            },
            "tokenValidation.additionalClaims[0].values[0]",
        ],
    ];
    for (const [what, rule, path] of problems) {
        it(`are refused with ${what}`, async () => {
            const message = await refused(rule);
            expect(message).to.match(/has 1 problem in its arguments/);
            expect(message).to.contain(`  - balancers["edge"].rules[0].${path} is `);
        });
    }

    it("belong to balancers that are Application Load Balancers, at most five", async () => {
        const many = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [name, goodAttachment]));
        const attempt = (balancers: Record<string, unknown>) =>
            refusal(
                () =>
                    new FargateService(
                        "shop-orders",
                        { ...goodFargate, balancers } as FargateServiceArgs,
                        inTestAccount(),
                    ),
            );
        expect(await attempt(many)).to.contain("  - balancers is");
        expect(await attempt({ Edge: goodAttachment })).to.contain("  - balancers is");
        expect(
            await attempt({ edge: { ...goodAttachment, loadBalancerArnSuffix: "net/shop/1" } }),
        ).to.contain('  - balancers["edge"].loadBalancerArnSuffix is');
        expect(await attempt({ edge: { ...goodAttachment, healthCheckMatcher: "500" } })).to.contain(
            '  - balancers["edge"].healthCheckMatcher is',
        );
    });
});
