import { expect } from "chai";
import { ImageRepository, type ImageRepositoryArgs } from "../../../components/compute/imageRepository";
import { at, json, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { goodRepository as good } from "../../support/components/deliveryArguments";
import { LOG_KEY } from "../../support/components/tierArguments";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const REPOSITORY = "aws:ecr/repository:Repository";
const POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const ARN = `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop-prod/front`;

const make = (changes: Partial<ImageRepositoryArgs> = {}) =>
    previewProgram(() => {
        const { repositoryUrl, repositoryArn, repositoryName, pullPermissions, pushPermissions } =
            new ImageRepository("shop-front", { ...good, ...changes }, inTestAccount());
        return { repositoryUrl, repositoryArn, repositoryName, pullPermissions, pushPermissions };
    });

const refused = (changes: Partial<ImageRepositoryArgs>) =>
    refusal(() => new ImageRepository("shop-front", { ...good, ...changes }, inTestAccount()));

describe("ImageRepository", () => {
    it("never moves a tag, scans what is pushed, encrypts under the key given, and is kept", async () => {
        const preview = await make();
        const repository = one(preview, REPOSITORY, "shop-front-repository");
        expect(repository.inputs).to.deep.include({
            name: "shop-prod/front",
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: LOG_KEY }],
            forceDelete: false,
        });
        expect(repository.inputs).not.to.have.property("imageTagMutabilityExclusionFilters");
        expect(repository.protect).to.equal(true);
        expectRegion(preview, TEST_REGION);
    });

    it("moves the tags that are named, and no others", async () => {
        const { inputs } = one(await make({ mutableTagPatterns: ["latest", "cache-*"] }), REPOSITORY);
        expect(inputs).to.deep.include({
            imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters: [
                { filter: "latest", filterType: "WILDCARD" },
                { filter: "cache-*", filterType: "WILDCARD" },
            ],
        });
    });

    it("lets its own account pull, or those who are named in its place", async () => {
        expect(Object.keys(statements(one(await make(), POLICY)))).to.deep.equal(["OwnAccountPulls"]);
        const other = "arn:aws:iam::444455556666:role/deployer";
        const named = statements(one(await make({ pullPrincipalArns: [other] }), POLICY));
        expect(Object.keys(named)).to.deep.equal(["NamedPrincipalsPull"]);
        expect(named["NamedPrincipalsPull"]?.["Principal"]).to.deep.equal({ AWS: [other] });
    });

    it("lets functions of the account be made of images, and of no other account", async () => {
        const { LambdaPulls } = statements(one(await make({ pulledByLambda: true }), POLICY));
        expect(LambdaPulls).to.deep.include({
            Principal: { Service: "lambda.amazonaws.com" },
            Condition: {
                ArnLike: { "aws:SourceArn": `arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:*` },
            },
        });
    });

    it("drops what no tag names, and keeps the newest", async () => {
        const preview = await make({ keepImages: 5, untaggedDays: 1 });
        const document = json(one(preview, "aws:ecr/lifecyclePolicy:LifecyclePolicy").inputs.policy);
        expect(at(document, "rules[0].selection")).to.include({ tagStatus: "untagged", countNumber: 1 });
        expect(at(document, "rules[1].selection")).to.include({ tagStatus: "any", countNumber: 5 });
    });

    it("gives out what pulling takes, and what pushing takes beside it, on itself alone", async () => {
        const { outputs } = await make();
        expect(outputs["repositoryArn"]).to.equal(ARN);
        const given = [outputs["pullPermissions"], outputs["pushPermissions"]] as {
            actions: string[];
            resources: string[];
        }[][];
        expect(given.flat().map(({ resources }) => resources)).to.deep.equal([["*"], [ARN], [ARN]]);
        // Amazon ECR User Guide, "IAM permissions for pushing an image".
        expect(given.flat().flatMap(({ actions }) => actions)).to.have.members([
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
        ]);
    });

    it("names all problems at once", async () => {
        const message = await refused({
            region: "eu",
            repositoryName: "Shop//front",
            mutableTagPatterns: ["*", "a*b*c*", "latest!"],
            pullPrincipalArns: ["arn:aws:iam::444455556666:policy/x"],
            keepImages: 0,
        });
        for (const problem of [
            "region is",
            "repositoryName is",
            "mutableTagPatterns[0] is",
            "mutableTagPatterns[1] is",
            "mutableTagPatterns[2] is",
            "pullPrincipalArns[0] is",
            "keepImages is",
        ]) {
            expect(message).to.include(problem);
        }
        expect(message).to.match(/has 7 problems/);
    });

    // Amazon ECR API Reference, CreateRepository: 2 to 256 characters; 5 filters at most.
    for (const [title, changes, problem] of [
        ["a name of one character", { repositoryName: "a" }, "2 to 256 characters"],
        ["a name of 257 characters", { repositoryName: "a".repeat(257) }, "2 to 256 characters"],
        ["six patterns", { mutableTagPatterns: ["a", "b", "c", "d", "e", "f"] }, "1 to 5 patterns"],
        ["no patterns", { mutableTagPatterns: [] }, "1 to 5 patterns"],
        ["nobody who may pull", { pullPrincipalArns: [] }, "1 to 100 ARNs"],
    ] as const) {
        it(`refuses ${title}`, async () => {
            expect(await refused(changes as Partial<ImageRepositoryArgs>)).to.include(problem);
        });
    }

    it("takes the shortest and the longest name, and five patterns", async () => {
        for (const changes of [
            { repositoryName: "ab" },
            { repositoryName: "a".repeat(256) },
            { mutableTagPatterns: ["a", "b", "c", "d", "e"] },
        ]) {
            expect((await make(changes)).error).to.equal(undefined);
        }
    });
});
