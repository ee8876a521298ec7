import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
    GitHubDeliveryRole,
    type GitHubDeliveryRoleArgs,
} from "../../../components/delivery/gitHubDeliveryRole";
import { ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { goodGitHubRole as good, TASK_ROLES } from "../../support/components/deliveryArguments";
import { inTestAccount, refusal, statements } from "../../support/surroundings";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const ISSUER = "token.actions.githubusercontent.com";

const make = (changes: Partial<GitHubDeliveryRoleArgs> = {}) =>
    previewProgram(() => {
        const { roleArn, roleName, identityProviderArn } = new GitHubDeliveryRole(
            "shop-github",
            { ...good, ...changes },
            inTestAccount(),
        );
        return { roleArn, roleName, identityProviderArn };
    });

const refused = (changes: Partial<GitHubDeliveryRoleArgs>) =>
    refusal(() => new GitHubDeliveryRole("shop-github", { ...good, ...changes }, inTestAccount()));

describe("GitHubDeliveryRole", () => {
    it("is for tokens of the repository's branches and environments, written out", async () => {
        const preview = await make({ environments: ["production"] });
        expect(statements(one(preview, ROLE), "assumeRolePolicy")).to.deep.equal({
            WorkflowsAssumeRole: {
                Sid: "WorkflowsAssumeRole",
                Effect: "Allow",
                Principal: { Federated: `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/${ISSUER}` },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: {
                    StringEquals: {
                        [`${ISSUER}:aud`]: "sts.amazonaws.com",
                        // GitHub Docs, "OpenID Connect reference": how subjects are written.
                        [`${ISSUER}:sub`]: [
                            "repo:example/shop:ref:refs/heads/main",
                            "repo:example/shop:environment:production",
                        ],
                    },
                },
            },
        });
        expect(one(preview, ROLE).inputs["maxSessionDuration"]).to.equal(3600);
    });

    it("pushes to its repositories, deploys to its services, and does nothing else", async () => {
        const found = statements(one(await make(), POLICY));
        expect(Object.keys(found)).to.have.members([
            "SignInToRegistry",
            "PushImages",
            "ReviseTaskDefinitions",
            "TagTaskDefinitions",
            "UpdateServices",
            "PassTaskRoles",
        ]);
        expect(found["PushImages"]?.["Resource"]).to.deep.equal([
            `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop-prod/front`,
        ]);
        expect(found["UpdateServices"]?.["Resource"]).to.deep.equal([
            `arn:aws:ecs:${TEST_REGION}:${TEST_ACCOUNT}:service/shop/front`,
        ]);
        expect(found["PassTaskRoles"]?.["Resource"]).to.deep.equal(TASK_ROLES);
    });

    it("does what it is given beside that", async () => {
        const permissions = [
            [{ sid: "ReadAlarms", actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] }],
        ];
        const found = statements(one(await make({ permissions }), POLICY));
        expect(found).to.have.property("ReadAlarms");
    });

    it("trusts the account's identity provider, and makes it where it is told to", async () => {
        expect(ofType(await make(), PROVIDER)).to.deep.equal([]);
        const preview = await make({ createIdentityProvider: true });
        expect(one(preview, PROVIDER).inputs).to.deep.include({
            url: `https://${ISSUER}`,
            clientIdLists: ["sts.amazonaws.com"],
        });
        expect(preview.outputs["identityProviderArn"]).to.equal(
            `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/${ISSUER}`,
        );
    });

    it("fails the deployment for an address that is no ECR repository's, once it is known", async () => {
        const preview = await make({ repositoryUrls: [pulumi.output("ghcr.io/example/shop")] });
        expect(preview.error?.message).to.include(
            '"ghcr.io/example/shop" is not the address of an ECR repository',
        );
    });

    it("names all problems at once", async () => {
        const message = await refused({
            repository: "example/*",
            branches: ["release/*"],
            repositoryUrls: ["ghcr.io/example/shop"],
            services: [{ clusterName: "shop!", serviceName: "front" }],
            taskRoleArns: undefined,
            maxSessionSeconds: 60,
        });
        for (const problem of [
            'repository is "example/*"',
            "branches[0] is",
            "repositoryUrls[0] is",
            "services[0].clusterName is",
            "taskRoleArns is not given",
            "maxSessionSeconds is 60",
        ]) {
            expect(message).to.include(problem);
        }
        expect(message).to.match(/has 6 problems/);
    });

    for (const [title, changes, problem] of [
        [
            "neither branches nor environments",
            { branches: undefined },
            "branches where environments are left out",
        ],
        ["no branches", { branches: [] }, "1 to 10 branches"],
        [
            "a provider beside one that is made",
            {
                createIdentityProvider: true,
                identityProviderArn: "arn:aws:iam::111122223333:oidc-provider/x",
            },
            "nothing while createIdentityProvider is true",
        ],
    ] as const) {
        it(`refuses ${title}`, async () => {
            expect(await refused(changes as unknown as Partial<GitHubDeliveryRoleArgs>)).to.include(problem);
        });
    }
});
