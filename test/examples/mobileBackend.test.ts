import { expect } from "chai";

import { decide, type Decision } from "../support/iam/evaluator";
import { at, only, type RegisteredResource } from "../support/preview";
import { ExampleSystem, isType, type Part } from "../support/systems/system";

const system = new ExampleSystem("mobile-backend");

const ONE_REGION = "prod";
const TWO_REGIONS = ["prod-us", "prod-eu"];
const STACKS = [ONE_REGION, ...TWO_REGIONS];

const POOL = "aws:cognito/userPool:UserPool";
const NATIVE_POOL = "aws-native:cognito:UserPool";
const TABLE = "aws:dynamodb/table:Table";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

/** As the system is described; what is in the region where people register. */
const HOME: readonly Part[] = [
    {
        part: "a user pool with registration and a second factor",
        is: (resource) =>
            [POOL, NATIVE_POOL].includes(resource.type) &&
            at(resource.inputs, "adminCreateUserConfig.allowAdminCreateUserOnly") === false &&
            ["ON", "OPTIONAL"].includes(String(resource.inputs["mfaConfiguration"])),
    },
    {
        part: "OAuth 2.0 and OpenID Connect",
        is: isType(
            CLIENT,
            ({ allowedOauthFlows, allowedOauthScopes }) =>
                (allowedOauthFlows as string[])[0] === "code" &&
                (allowedOauthScopes as string[]).includes("openid"),
        ),
    },
    {
        part: "SAML",
        is: isType(
            "aws:cognito/identityProvider:IdentityProvider",
            ({ providerType }) => providerType === "SAML",
        ),
    },
    {
        part: "an identity pool without guests",
        is: isType(
            "aws:cognito/identityPool:IdentityPool",
            ({ allowUnauthenticatedIdentities }) => allowUnauthenticatedIdentities === false,
        ),
    },
    {
        part: "temporary credentials by a role",
        is: isType("aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment"),
    },
    {
        part: "a table partitioned by user",
        is: isType(TABLE, ({ hashKey, rangeKey }) => hashKey === "userId" && rangeKey === "todoId"),
    },
    { part: "a bucket for folders", is: isType("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration") },
];

/** What is in every region. */
const EVERYWHERE: readonly Part[] = [
    {
        part: "a REST API with the to-do endpoints, which looks at Cognito's tokens",
        is: isType("aws:apigateway/restApi:RestApi", ({ body }) =>
            ["/todos", "/todos/{todoId}", "cognito_user_pools"].every((text) => String(body).includes(text)),
        ),
    },
    { part: "a web ACL before it", is: isType("aws:wafv2/webAcl:WebAcl") },
    {
        part: "a function",
        is: isType("aws:lambda/function:Function", (_, name) => name === "mobile-todos-function"),
    },
    { part: "an alias that moves by steps", is: isType("aws:codedeploy/deploymentGroup:DeploymentGroup") },
    {
        part: "DAX with TLS",
        is: isType(
            "aws:dax/cluster:Cluster",
            ({ clusterEndpointEncryptionType }) => clusterEndpointEncryptionType === "TLS",
        ),
    },
    { part: "alarms", is: isType("aws:cloudwatch/metricAlarm:MetricAlarm"), atLeast: 10 },
];

const ANN = "eu-central-1:11111111-1111-4111-8111-111111111111";
const BOB = "eu-central-1:22222222-2222-4222-8222-222222222222";

/** What the policies of a stack's users say of requests for objects. */
function judging(resources: readonly RegisteredResource[]) {
    const name = String(
        only(resources, "aws:s3/bucket:Bucket", "mobile-folders-files-bucket").outputs["bucket"],
    );
    const role = only(resources, "aws:iam/rolePolicy:RolePolicy", "mobile-users-users-policy");
    const bound = only(resources, "aws:iam/policy:Policy", "mobile-users-boundary");
    const bucket = only(resources, "aws:s3/bucketPolicy:BucketPolicy", "mobile-folders-files-policy");
    const bucketArn = `arn:aws:s3:::${name}`;
    return (identity: string, action: string, path: string, prefix?: string): Decision => {
        const request = {
            action,
            resource: `${bucketArn}${path}`,
            context: {
                "cognito-identity.amazonaws.com:sub": identity,
                "aws:securetransport": "true",
                "s3:tlsversion": "1.3",
                ...(prefix === undefined ? {} : { "s3:prefix": prefix }),
            },
        };
        const own = decide(
            { role: [String(role.inputs["policy"])], resource: [String(bucket.inputs["policy"])] },
            request,
        );
        // What the boundary does not allow, no policy of the role does.
        const bounded = decide({ role: [String(bound.inputs["policy"])] }, request);
        return own === "allowed" ? bounded : own;
    };
}

describe("the mobile backend", () => {
    it("is previewed without a warning for one region and for two", async () => {
        expect(await system.messages()).to.deep.equal([]);
        for (const stack of STACKS) {
            expect(await system.resources(stack), stack).not.to.have.length(0);
        }
    });

    it("has every part that its description names", async () => {
        for (const stack of [ONE_REGION, "prod-us"]) {
            expect(await system.missing(stack, HOME), stack).to.deep.equal([]);
        }
        for (const stack of STACKS) {
            expect(await system.missing(stack, EVERYWHERE), stack).to.deep.equal([]);
        }
    });

    it("lets through what its README says, and nothing else", async () => {
        for (const stack of STACKS) {
            expect(await system.ways(stack), stack).to.have.members(system.table("ways"));
        }
    });

    it("gives every role what its README says, and nothing else", async () => {
        expect(await system.access(ONE_REGION)).to.have.members(system.table("access"));
        expect(await system.access("prod-us")).to.have.members(system.table("access"));
        expect(await system.access("prod-eu")).to.have.members(system.table("access in the second region"));
    });

    it("lets a user at the own folder, and at nobody else's, as IAM reads the policies", async () => {
        for (const stack of [ONE_REGION, "prod-us"]) {
            const judge = judging(await system.resources(stack));
            for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
                expect(judge(ANN, action, `/${ANN}/plan.txt`), `${stack} ${action}`).to.equal("allowed");
                expect(judge(BOB, action, `/${ANN}/plan.txt`), `${stack} ${action}`).to.equal("not allowed");
                expect(judge(ANN, action, "/plan.txt"), `${stack} ${action}`).to.equal("not allowed");
            }
            expect(judge(ANN, "s3:ListBucket", "", `${ANN}/`)).to.equal("allowed");
            expect(judge(BOB, "s3:ListBucket", "", `${ANN}/`)).to.equal("not allowed");
            expect(judge(ANN, "s3:ListBucket", "", "")).to.equal("not allowed");
            expect(judge(ANN, "s3:GetObjectVersion", `/${ANN}/plan.txt`)).to.equal("not allowed");
        }
    });

    it("keeps answers in the cache for the user who asked, where there is one", async () => {
        const operations = (resources: readonly RegisteredResource[]) => {
            const { paths } = JSON.parse(
                String(only(resources, "aws:apigateway/restApi:RestApi").inputs["body"]),
            ) as { paths: Record<string, Record<string, Record<string, unknown>>> };
            return ["/todos", "/todos/{todoId}"].map((path) =>
                at(paths[path]?.["get"], "x-amazon-apigateway-integration.cacheKeyParameters"),
            );
        };
        for (const keys of operations(await system.resources(ONE_REGION))) {
            expect(keys).to.include("method.request.header.Authorization");
        }
        const stage = (resources: readonly RegisteredResource[]) =>
            only(resources, "aws:apigateway/stage:Stage").inputs["cacheClusterEnabled"] ?? false;
        expect(stage(await system.resources(ONE_REGION))).to.equal(true);
        expect(stage(await system.resources("prod-us"))).to.equal(false);
    });

    it("pays for its table by the hour in one region, by request in two", async () => {
        const mode = async (stack: string) =>
            only(await system.resources(stack), TABLE).inputs["billingMode"];
        expect([await mode(ONE_REGION), await mode("prod-us")]).to.deep.equal([
            "PROVISIONED",
            "PAY_PER_REQUEST",
        ]);
        const replicas = at(only(await system.resources("prod-us"), TABLE).inputs, "replicas") as {
            regionName: string;
        }[];
        expect(replicas.map(({ regionName }) => regionName)).to.deep.equal(["eu-central-1"]);
    });

    it("has the second region sign in the first one's users, and its API take the tokens of both", async () => {
        const us = await system.resources("prod-us");
        const eu = await system.resources("prod-eu");
        expect(only(us, NATIVE_POOL).inputs["issuerConfiguration"]).to.deep.equal({ type: "ORIGINAL" });
        expect(only(us, "aws-native:cognito:UserPoolReplica").inputs["regionName"]).to.equal("eu-central-1");
        expect(eu.some(({ type }) => type.includes("cognito"))).to.equal(false);
        const id = String(only(us, NATIVE_POOL).outputs["userPoolId"]);
        for (const resources of [us, eu]) {
            const body = String(only(resources, "aws:apigateway/restApi:RestApi").inputs["body"]);
            for (const region of ["us-east-1", "eu-central-1"]) {
                expect(body).to.include(`arn:aws:cognito-idp:${region}:111122223333:userpool/${id}`);
            }
        }
        // Codes of authenticator apps are none that the second region takes: passkeys are.
        expect(at(only(us, NATIVE_POOL).inputs, "policies.signInPolicy.allowedFirstAuthFactors")).to.include(
            "WEB_AUTHN",
        );
    });

    it("is watched from outside, and tried out, as its README says", async () => {
        expect(await system.recovery()).to.deep.equal(system.table("recovery"));
    });
});

describe("what the mobile backend costs", () => {
    it("is known of every type of resource, or why it is not", async () => {
        expect(await system.typesOfUnknownCost()).to.deep.equal([]);
    });
});
