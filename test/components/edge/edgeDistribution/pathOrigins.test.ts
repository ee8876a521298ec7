import { expect } from "chai";

import { previewEdge, shopArgs } from "../../../support/components/distributionArguments";
import { pathsOf, problemsIn } from "../../../support/components/problems";
import { one } from "../../../support/preview";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const api = {
    paths: ["/api/*"],
    domainName: "abc.execute-api.eu-central-1.amazonaws.com",
    originPath: "/live",
};

const refused = async (pathOrigins: object, more: object = {}) =>
    pathsOf(problemsIn(await previewEdge({ ...shopArgs, pathOrigins, ...more } as typeof shopArgs)));

describe("EdgeDistribution's origins by path", () => {
    it("answer their paths before the static site does, by their own name, and nothing is kept", async () => {
        const { inputs } = one(
            await previewEdge({
                ...shopArgs,
                pathOrigins: { api: { ...api, headers: [{ name: "x-shop", value: "open-sesame" }] } },
            }),
            DISTRIBUTION,
        );
        const origins = inputs.origins as Record<string, unknown>[];
        expect(origins.find(({ originId }) => originId === "path-api")).to.deep.include({
            domainName: api.domainName,
            originPath: "/live",
            customHeaders: [{ name: "x-shop", value: "open-sesame" }],
        });
        const behaviours = inputs.orderedCacheBehaviors as Record<string, unknown>[];
        expect(behaviours.map(({ pathPattern }) => pathPattern)).to.deep.equal([
            "/maintenance/*",
            "/api/*",
            "/static/*",
            "/assets/*",
        ]);
        expect(behaviours[1]).to.deep.include({
            targetOriginId: "path-api",
            viewerProtocolPolicy: "https-only",
            // CachingDisabled and AllViewerExceptHostHeader.
            cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        });
        expect(behaviours[1]?.allowedMethods).to.include.members(["PUT", "POST", "PATCH", "DELETE"]);
    });

    it("have patterns that no other has, and not more than there are behaviours", async () => {
        const many = (count: number) => Array.from({ length: count }, (_, index) => `/v${index}/*`);
        expect(await refused({ api: { ...api, paths: many(21) } })).to.deep.equal([]);
        expect(await refused({ api: { ...api, paths: many(22) } })).to.deep.equal(["pathOrigins"]);
        expect(await refused({ api, other: api })).to.deep.equal(["pathOrigins"]);
        expect(await refused({ api: { ...api, paths: ["/static/*"] } })).to.deep.equal(["pathOrigins"]);
        expect(await refused({ api: { ...api, paths: [] } })).to.deep.equal(['pathOrigins["api"].paths']);
        expect(await refused({ api: { ...api, originPath: "live" } })).to.deep.equal([
            'pathOrigins["api"].originPath',
        ]);
        expect(await refused({ api: { ...api, domainName: "eu.shop.example.com" } })).to.deep.equal([
            'pathOrigins["api"].domainName',
        ]);
        expect(
            await refused({ api }, { dynamicOrigin: undefined, domainNames: ["dl.example.com"] }),
        ).to.deep.equal(["pathOrigins"]);
    });
});
